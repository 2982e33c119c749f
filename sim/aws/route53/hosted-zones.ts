import type {
  CreateHostedZoneRequest,
  CreateHostedZoneResponse,
  DeleteHostedZoneRequest,
  DeleteHostedZoneResponse,
  GetHostedZoneRequest,
  GetHostedZoneResponse,
  HostedZone as HostedZoneOutput,
  ListHostedZonesByNameRequest,
  ListHostedZonesByNameResponse,
  ListHostedZonesRequest,
  ListHostedZonesResponse,
  ResourceRecordSet,
  UpdateHostedZoneCommentRequest,
  UpdateHostedZoneCommentResponse,
} from '@aws-sdk/client-route-53';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { beginChange } from './changes.ts';
import { escaped, lengthProblem, normalised, sortKeyOf } from './domain-name.ts';
import { publish, recordKey } from './records.ts';
import type { HostedZone } from './state.ts';
import { zoneOf } from './zone-lookup.ts';

const LARGEST_PAGE = 100;
const MOST_ZONES = 500;

export function createHostedZone(world: World, input: CreateHostedZoneRequest): CreateHostedZoneResponse {
  const zones = [...world.route53.zones.values()];
  if (zones.some((zone) => zone.callerReference === input.CallerReference)) {
    throw new Refusal(
      'HostedZoneAlreadyExists',
      `A hosted zone has already been created with the specified caller reference.`,
    );
  }
  if (zones.length >= MOST_ZONES) {
    throw new Refusal('TooManyHostedZones', 'Limits Exceeded: MAX_HOSTED_ZONES_BY_OWNER');
  }
  const zone = readZone(world, input);
  world.route53.zones.set(zone.id, zone);
  const ChangeInfo = beginChange(world, input.HostedZoneConfig?.Comment, () => {
    publish(world, zone, [...zone.records]);
  });
  return {
    HostedZone: describe(zone),
    ChangeInfo,
    DelegationSet: { NameServers: [...zone.nameServers] },
    Location: `https://route53.amazonaws.com/2013-04-01/hostedzone/${zone.id}`,
    ...(input.VPC === undefined ? {} : { VPC: input.VPC }),
  };
}

function readZone(world: World, input: CreateHostedZoneRequest): HostedZone {
  const name = normalised(input.Name ?? '');
  if (lengthProblem(name) !== undefined) {
    throw new Refusal('InvalidDomainName', `The domain name '${name}' is not valid`);
  }
  const nameServers = ['ns-1.awsdns-01.org', 'ns-2.awsdns-02.net', 'ns-3.awsdns-03.com', 'ns-4.awsdns-04.co.uk'];
  const apex: ResourceRecordSet[] = [
    { Name: name, Type: 'NS', TTL: 172_800, ResourceRecords: nameServers.map((server) => ({ Value: `${server}.` })) },
    {
      Name: name,
      Type: 'SOA',
      TTL: 900,
      ResourceRecords: [{ Value: `${nameServers[0]}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400` }],
    },
  ];
  return {
    id: `Z${world.uniqueHex(20).toUpperCase()}`,
    name,
    callerReference: input.CallerReference ?? '',
    comment: input.HostedZoneConfig?.Comment,
    vpcs: input.VPC ? [input.VPC] : [],
    isPrivate: input.VPC !== undefined,
    nameServers,
    records: new Map(apex.map((record) => [recordKey(record), record])),
    published: new Map(),
    busyUntil: world.clock.now(),
    tags: {},
  };
}

export function getHostedZone(world: World, { Id }: GetHostedZoneRequest): GetHostedZoneResponse {
  const zone = zoneOf(world, Id);
  return {
    HostedZone: describe(zone),
    ...(zone.isPrivate ? { VPCs: [...zone.vpcs] } : { DelegationSet: { NameServers: [...zone.nameServers] } }),
  };
}

/**
 * "If you don't specify a value for Comment, Amazon Route 53 deletes the existing value of the Comment element."
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_UpdateHostedZoneComment.html
 */
export function updateHostedZoneComment(
  world: World,
  { Id, Comment }: UpdateHostedZoneCommentRequest,
): UpdateHostedZoneCommentResponse {
  const zone = zoneOf(world, Id);
  zone.comment = Comment;
  return { HostedZone: describe(zone) };
}

/** Refused while the zone holds more than the records it was made with. */
export function deleteHostedZone(world: World, { Id }: DeleteHostedZoneRequest): DeleteHostedZoneResponse {
  const zone = zoneOf(world, Id);
  const own = [...zone.records.values()].filter(
    ({ Name, Type }) => Name !== zone.name || (Type !== 'NS' && Type !== 'SOA'),
  );
  if (own.length > 0) {
    throw new Refusal(
      'HostedZoneNotEmpty',
      'The specified hosted zone contains non-required resource record sets and so cannot be deleted.',
    );
  }
  world.route53.zones.delete(zone.id);
  return { ChangeInfo: beginChange(world, undefined, () => undefined) };
}

export function listHostedZones(
  world: World,
  { Marker, MaxItems = LARGEST_PAGE }: ListHostedZonesRequest,
): ListHostedZonesResponse {
  const zones = [...world.route53.zones.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const rest = zones.filter((zone) => Marker === undefined || zone.id >= Marker);
  const size = Math.min(Number(MaxItems), LARGEST_PAGE);
  const next = rest[size];
  return {
    HostedZones: rest.slice(0, size).map(describe),
    Marker: Marker ?? '',
    IsTruncated: next !== undefined,
    MaxItems: size,
    ...(next ? { NextMarker: next.id } : {}),
  };
}

/** Ordered by name from the last label on, beginning at `DNSName` or the first name after it. */
export function listHostedZonesByName(
  world: World,
  { DNSName, HostedZoneId, MaxItems = LARGEST_PAGE }: ListHostedZonesByNameRequest,
): ListHostedZonesByNameResponse {
  const from = DNSName === undefined ? '' : `${sortKeyOf(normalised(DNSName))} ${HostedZoneId ?? ''}`;
  const rest = [...world.route53.zones.values()]
    .map((zone) => ({ zone, key: `${sortKeyOf(zone.name)} ${zone.id}` }))
    .filter(({ key }) => key >= from)
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ zone }) => zone);
  const size = Math.min(Number(MaxItems), LARGEST_PAGE);
  const next = rest[size];
  return {
    HostedZones: rest.slice(0, size).map(describe),
    IsTruncated: next !== undefined,
    MaxItems: size,
    ...(DNSName === undefined ? {} : { DNSName }),
    ...(HostedZoneId === undefined ? {} : { HostedZoneId }),
    ...(next ? { NextDNSName: escaped(next.name), NextHostedZoneId: next.id } : {}),
  };
}

function describe(zone: HostedZone): HostedZoneOutput {
  return {
    Id: `/hostedzone/${zone.id}`,
    Name: escaped(zone.name),
    CallerReference: zone.callerReference,
    Config: { PrivateZone: zone.isPrivate, ...(zone.comment === undefined ? {} : { Comment: zone.comment }) },
    ResourceRecordSetCount: zone.records.size,
  };
}
