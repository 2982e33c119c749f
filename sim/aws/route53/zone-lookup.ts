import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { isWithin, normalised } from './domain-name.ts';
import type { HostedZone } from './state.ts';

/** Takes the id with or without `/hostedzone/`. */
export function zoneOf(world: World, id = ''): HostedZone {
  const bare = id.replace(/^\/?hostedzone\//, '');
  const zone = world.route53.zones.get(bare);
  if (!zone) {
    throw new Refusal('NoSuchHostedZone', `No hosted zone found with ID: ${bare}`);
  }
  return zone;
}

/** The zone that answers for the name: the one with the longest name that it lies within. */
export function zoneFor(world: World, name: string): HostedZone | undefined {
  return [...world.route53.zones.values()]
    .filter((zone) => isWithin(normalised(name), zone.name))
    .toSorted((a, b) => b.name.length - a.name.length)[0];
}
