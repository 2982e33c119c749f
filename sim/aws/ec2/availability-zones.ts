import type { DescribeAvailabilityZonesRequest, DescribeAvailabilityZonesResult } from '@aws-sdk/client-ec2';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { passes } from './filters.ts';
import { availabilityZones, zoneIdOf } from './zones.ts';

export function describeAvailabilityZones(
  world: World,
  { ZoneNames, ZoneIds, Filters }: DescribeAvailabilityZonesRequest,
): DescribeAvailabilityZonesResult {
  const all = availabilityZones(world).map((name) => ({ name, id: zoneIdOf(name), tags: {} }));
  const unknown = ZoneNames?.find((asked) => !all.some(({ name }) => name === asked));
  if (unknown !== undefined) {
    throw new Refusal('InvalidParameterValue', `Invalid availability zone: [${unknown}]`);
  }
  const fields = {
    'zone-name': (zone: { name: string }) => [zone.name],
    'zone-id': (zone: { id: string }) => [zone.id],
    'zone-type': () => ['availability-zone'],
    'region-name': () => [world.region],
    'group-name': () => [world.region],
    'opt-in-status': () => ['opt-in-not-required'],
    state: () => ['available'],
  };
  const wanted = all.filter(
    (zone) =>
      (ZoneNames?.includes(zone.name) ?? true) && (ZoneIds?.includes(zone.id) ?? true) && passes(zone, Filters, fields),
  );
  return {
    AvailabilityZones: wanted.map(({ name, id }) => ({
      ZoneName: name,
      ZoneId: id,
      ZoneType: 'availability-zone',
      RegionName: world.region,
      GroupName: world.region,
      NetworkBorderGroup: world.region,
      OptInStatus: 'opt-in-not-required',
      State: 'available',
      Messages: [],
    })),
  };
}
