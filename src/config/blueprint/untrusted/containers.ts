import type { BlueprintContainer, BlueprintSidecar } from '../blueprint.ts';
import { type Bounds, isMadeHere, mapNamed, named } from './bounds.ts';

/**
 * The image and the secrets are the base's. Where the image is none of this repository's, the pull request could change
 * nothing of it but what it is told, and with that it could have it give the secrets away.
 */
export function boundContainer<C extends BlueprintContainer>(
  container: C,
  { before, field }: { before: BlueprintContainer; field: string },
  { refusals }: Bounds,
): C {
  const { image, secrets } = before;
  const isOthers = !isMadeHere(image) && Object.keys(secrets).length > 0;
  const { command, environment } = isOthers ? before : container;
  for (const [key, given] of Object.entries({ image, secrets, command, environment })) {
    refusals.given(`${field}.${key}`, container[key as keyof BlueprintContainer], given);
  }
  const variables = Object.entries(environment).filter(([variable]) => !Object.hasOwn(secrets, variable));
  return { ...container, image, secrets, command, environment: Object.fromEntries(variables) };
}

/** One that the base does not have. Undefined when it is not run. */
export function newContainer<C extends BlueprintContainer>(
  container: C,
  field: string,
  { from, refusals, offers }: Bounds,
): C | undefined {
  if (!offers(container.image)) {
    refusals.say(`\`${field}\` is not run: ${from} names no such image.`);
    return undefined;
  }
  if (Object.keys(container.secrets).length > 0) {
    refusals.say(`\`${field}\` is not on ${from}, so it has none of the secrets that it names.`);
  }
  return { ...container, secrets: {} };
}

type Sidecars = Readonly<Record<string, BlueprintSidecar>>;

export function boundSidecars(sidecars: Sidecars, of: { before: Sidecars; field: string }, bounds: Bounds): Sidecars {
  return mapNamed(sidecars, (name, sidecar) => {
    const field = `${of.field}.sidecars.${name}`;
    const before = named(of.before, name);
    return before ? boundContainer(sidecar, { before, field }, bounds) : newContainer(sidecar, field, bounds);
  });
}
