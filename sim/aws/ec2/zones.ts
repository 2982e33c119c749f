import type { World } from '../world.ts';

/** The Availability Zones of the Region: it has three. */
export function availabilityZones({ region }: World): readonly string[] {
  return ['a', 'b', 'c'].map((letter) => `${region}${letter}`);
}

/** `eu-west-1a` -> `euw1-az1`. */
export function zoneIdOf(zone: string): string {
  const [area = '', direction = '', rest = ''] = zone.split('-');
  const number = rest.slice(0, -1);
  return `${area}${direction.slice(0, 1)}${number}-az${rest.charCodeAt(rest.length - 1) - 'a'.charCodeAt(0) + 1}`;
}
