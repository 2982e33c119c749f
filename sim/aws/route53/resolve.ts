import type { ResourceRecordSet, RRType } from '@aws-sdk/client-route-53';
import type { World } from '../world.ts';
import { isWithin, normalised } from './domain-name.ts';
import { recordKey } from './records.ts';
import type { HostedZone } from './state.ts';
import { zoneFor } from './zone-lookup.ts';

/** As name servers see it: `no-data` is a name that exists without a record of the type, `nxdomain` one that does not. */
export type Resolution =
  | { readonly kind: 'answer'; readonly record: ResourceRecordSet }
  | { readonly kind: 'no-data' }
  | { readonly kind: 'nxdomain' };

/**
 * Asks the name servers, which know only changes that are INSYNC. A name without the type but with a CNAME is answered
 * with the CNAME. A wildcard answers only below the closest name that exists, and a name exists as soon as anything
 * exists under it (RFC 4592: an empty non-terminal takes its subtree away from the wildcard).
 */
export function resolve(world: World, name: string, type: RRType): Resolution {
  const asked = normalised(name);
  const zone = zoneFor(world, asked);
  if (!zone) {
    return { kind: 'nxdomain' };
  }
  if (exists(zone, asked)) {
    return answerAt(zone, asked, type);
  }
  const wildcard = `*.${closestEncloser(zone, asked)}`;
  return exists(zone, wildcard) ? answerAt(zone, wildcard, type) : { kind: 'nxdomain' };
}

function exists(zone: HostedZone, name: string): boolean {
  return [...zone.published.values()].some((record) => isWithin(record.Name ?? '', name));
}

function closestEncloser(zone: HostedZone, name: string): string {
  let ancestor = name;
  while (ancestor !== zone.name) {
    ancestor = ancestor.slice(ancestor.indexOf('.') + 1);
    if (exists(zone, ancestor)) {
      return ancestor;
    }
  }
  return zone.name;
}

function answerAt(zone: HostedZone, name: string, type: RRType): Resolution {
  const record =
    zone.published.get(recordKey({ Name: name, Type: type })) ??
    zone.published.get(recordKey({ Name: name, Type: 'CNAME' }));
  return record ? { kind: 'answer', record } : { kind: 'no-data' };
}
