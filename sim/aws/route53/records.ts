import type {
  ListResourceRecordSetsRequest,
  ListResourceRecordSetsResponse,
  ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { escaped, normalised, sortKeyOf } from './domain-name.ts';
import type { HostedZone } from './state.ts';
import { zoneOf } from './zone-lookup.ts';

const LARGEST_PAGE = 300;

export function recordKey({ Name, Type }: Pick<ResourceRecordSet, 'Name' | 'Type'>): string {
  return `${Name} ${Type}`;
}

/** Lets name servers answer with the given records; undefined takes one away. */
export function publish(
  world: World,
  zone: HostedZone,
  changed: readonly (readonly [key: string, record: ResourceRecordSet | undefined])[],
): void {
  for (const [key, record] of changed) {
    if (record) {
      zone.published.set(key, record);
    } else {
      zone.published.delete(key);
    }
  }
  for (const watcher of world.route53.publicationWatchers) {
    watcher();
  }
}

/**
 * Begins at the name and type asked for, or at the first record after them: the caller must compare. Names go out
 * escaped.
 */
export function listResourceRecordSets(
  world: World,
  input: ListResourceRecordSetsRequest,
): ListResourceRecordSetsResponse {
  const zone = zoneOf(world, input.HostedZoneId);
  if (input.StartRecordType !== undefined && input.StartRecordName === undefined) {
    throw new Refusal('InvalidInput', 'The input is not valid: a type was given without a name');
  }
  const from =
    input.StartRecordName === undefined
      ? ''
      : `${sortKeyOf(normalised(input.StartRecordName))}\u0000\u0000${input.StartRecordType ?? ''}`;
  const rest = [...zone.records.values()]
    .map((record) => ({ record, key: `${sortKeyOf(record.Name ?? '')}\u0000\u0000${record.Type}` }))
    .filter(({ key }) => key >= from)
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ record }) => record);
  const size = Math.min(Number(input.MaxItems ?? LARGEST_PAGE), LARGEST_PAGE);
  const next = rest[size];
  return {
    ResourceRecordSets: rest.slice(0, size).map(describe),
    IsTruncated: next !== undefined,
    MaxItems: size,
    ...(next ? { NextRecordName: escaped(next.Name ?? ''), NextRecordType: next.Type } : {}),
  };
}

function describe(record: ResourceRecordSet): ResourceRecordSet {
  return { ...record, Name: escaped(record.Name ?? '') };
}
