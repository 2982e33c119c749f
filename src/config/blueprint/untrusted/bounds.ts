import type { ImageName } from '../../../domain/image-reference.ts';
import type { Blueprint } from '../blueprint.ts';
import { createRefusals, type Refusals } from './refusals.ts';

/** What every part of an untrusted blueprint is held to. */
export interface Bounds {
  readonly base: Blueprint;
  /** The base's branch, as it stands in sentences. */
  readonly from: string;
  readonly refusals: Refusals;
  /** Whether an image may run that the base has no such container for. */
  offers(image: ImageName): boolean;
}

export function boundsOf(base: Blueprint, from: string): Bounds {
  const named = new Set(imagesNamedBy(base).map((image) => JSON.stringify(image)));
  return {
    base,
    from,
    refusals: createRefusals(from),
    // One that is made of the commit was pushed by somebody who may push images: it is found by the whole commit only.
    offers: (image) => isMadeHere(image) || named.has(JSON.stringify(image)),
  };
}

/** Whether its image is made of this repository's commits. */
export function isMadeHere(image: ImageName): boolean {
  return image.origin === 'registry' && image.tag === null;
}

function imagesNamedBy({ services, tasks }: Blueprint): ImageName[] {
  const containers = [
    ...Object.values(services).flatMap((service) => [service, ...Object.values(service.sidecars)]),
    ...Object.values(tasks),
  ];
  return containers.map(({ image }) => image);
}

/** Names are anybody's, and `constructor` is one that every object seems to have. */
export function named<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** The entries that are left, as they are let through. */
export function mapNamed<T>(
  record: Readonly<Record<string, T>>,
  map: (name: string, value: T) => T | undefined,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) => {
      const mapped = map(name, value);
      return mapped === undefined ? [] : [[name, mapped]];
    }),
  );
}
