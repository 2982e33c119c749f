import type {
  Change,
  ChangeResourceRecordSetsRequest,
  ChangeResourceRecordSetsResponse,
  ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { canonicalZoneId, loadBalancerNamed } from '../elbv2/load-balancer-facts.ts';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { beginChange } from './changes.ts';
import { escaped } from './domain-name.ts';
import { hasSameValues, readRecord, recordProblems } from './record-input.ts';
import { publish, recordKey } from './records.ts';
import type { HostedZone, Records } from './state.ts';
import { zoneOf } from './zone-lookup.ts';

const MOST_ELEMENTS = 1000;
const MOST_CHARACTERS = 32_000;
const MOST_RECORDS = 10_000;
const LONGEST_COMMENT = 256;

interface Step {
  readonly action: Change['Action'];
  readonly record: ResourceRecordSet;
}

/**
 * Carries out all the changes or none. What is wrong is told of every change, in one bracketed list; SDK v3 shows it
 * in `message` and leaves `messages` empty.
 */
export function changeResourceRecordSets(
  world: World,
  { HostedZoneId, ChangeBatch }: ChangeResourceRecordSetsRequest,
): ChangeResourceRecordSetsResponse {
  const zone = zoneOf(world, HostedZoneId);
  const changes = ChangeBatch?.Changes ?? [];
  const comment = ChangeBatch?.Comment;
  if ((comment?.length ?? 0) > LONGEST_COMMENT) {
    throw new Refusal('InvalidInput', `The comment is longer than ${LONGEST_COMMENT} characters`);
  }
  const steps = changes.map((change) => ({ action: change.Action, record: readRecord(change) }));
  refuseTooMuch(steps);
  if (world.clock.now() < zone.busyUntil) {
    throw new Refusal(
      'PriorRequestNotComplete',
      'The request was rejected because Route 53 was still processing a prior request.',
    );
  }
  const { records, problems } = applied(world, zone, steps);
  if (problems.length > 0) {
    throw invalidBatch(problems);
  }
  zone.records = records;
  zone.busyUntil = new Date(world.clock.now().getTime() + world.durations.dnsChangeInFlight * 1000);
  const keys = [...new Set(steps.map(({ record }) => recordKey(record)))];
  const changed = keys.map((key) => [key, records.get(key)] as const);
  return { ChangeInfo: beginChange(world, comment, () => publish(world, zone, changed)) };
}

function invalidBatch(problems: readonly string[]): Refusal {
  return new Refusal('InvalidChangeBatch', `[${problems.join(', ')}]`);
}

/** An UPSERT counts twice: it may be a delete and a create. */
function refuseTooMuch(steps: readonly Step[]): void {
  if (steps.length === 0) {
    throw new Refusal('InvalidInput', 'The change batch holds no changes');
  }
  let elements = 0;
  let characters = 0;
  for (const { action, record } of steps) {
    const weight = action === 'UPSERT' ? 2 : 1;
    const values = record.ResourceRecords ?? [];
    elements += weight * Math.max(values.length, 1);
    characters += weight * values.reduce((sum, { Value }) => sum + (Value ?? '').length, 0);
  }
  if (elements > MOST_ELEMENTS) {
    throw invalidBatch([`Number of records limit of ${MOST_ELEMENTS} exceeded.`]);
  }
  if (characters > MOST_CHARACTERS) {
    throw invalidBatch([`Number of characters limit of ${MOST_CHARACTERS} exceeded.`]);
  }
}

function applied(world: World, zone: HostedZone, steps: readonly Step[]): { records: Records; problems: string[] } {
  const records: Records = new Map(zone.records);
  const problems: string[] = [];
  for (const step of steps) {
    const problem = take(zone, records, step);
    problems.push(...problem);
  }
  const written = steps.filter(({ action, record }) => action !== 'DELETE' && records.has(recordKey(record)));
  for (const { record } of written) {
    problems.push(...conflicts(zone, records, record), ...aliasProblems({ world, zone, records }, record));
  }
  if (records.size > MOST_RECORDS && records.size > zone.records.size) {
    problems.push(`Number of records in the zone exceeds ${MOST_RECORDS}.`);
  }
  return { records, problems: [...new Set(problems)] };
}

function take(zone: HostedZone, records: Records, { action, record }: Step): string[] {
  const problems = recordProblems(zone, record);
  if (problems.length > 0) {
    return problems;
  }
  const key = recordKey(record);
  const existing = records.get(key);
  const named = `resource record set [name='${escaped(record.Name ?? '')}', type='${record.Type}']`;
  if (action === 'DELETE') {
    if (!existing) {
      return [`Tried to delete ${named} but it was not found`];
    }
    if (!hasSameValues(existing, record)) {
      return [`Tried to delete ${named} but the values provided do not match the current values`];
    }
    if (record.Name === zone.name && (record.Type === 'NS' || record.Type === 'SOA')) {
      return [`A HostedZone must contain at least one NS record and exactly one SOA record for the zone itself.`];
    }
    records.delete(key);
    return [];
  }
  if (action === 'CREATE' && existing) {
    return [`Tried to create ${named} but it already exists`];
  }
  records.set(key, record);
  return [];
}

function conflicts(zone: HostedZone, records: Records, { Name, Type }: ResourceRecordSet): string[] {
  const others = [...records.values()].filter((other) => other.Name === Name && other.Type !== Type);
  const [name, apex] = [escaped(Name ?? ''), escaped(zone.name)];
  if (Type === 'CNAME' && others.length > 0) {
    return [
      `RRSet of type CNAME with DNS name ${name} is not permitted as it conflicts with other records with the same DNS name in zone ${apex}`,
    ];
  }
  if (others.some((other) => other.Type === 'CNAME')) {
    return [
      `RRSet of type ${Type} with DNS name ${name} is not permitted because a conflicting RRSet of type CNAME with the same DNS name already exists in zone ${apex}`,
    ];
  }
  return [];
}

interface AliasContext {
  readonly world: World;
  readonly zone: HostedZone;
  readonly records: Records;
}

/** An alias points to a load balancer of the Region, or to a record of the same type in its own zone. */
function aliasProblems({ world, zone, records }: AliasContext, { Type, AliasTarget }: ResourceRecordSet): string[] {
  if (!AliasTarget) {
    return [];
  }
  const { DNSName = '', HostedZoneId = '' } = AliasTarget;
  const tried = `Tried to create an alias that targets ${escaped(DNSName)}, type ${Type} in zone ${HostedZoneId},`;
  if (HostedZoneId === zone.id) {
    return records.has(recordKey({ Name: DNSName, Type })) ? [] : [`${tried} but that target was not found`];
  }
  if (HostedZoneId !== canonicalZoneId(world) || !DNSName.endsWith(`.${world.region}.elb.amazonaws.com.`)) {
    return [`${tried} but the alias target name does not lie within the target zone`];
  }
  return loadBalancerNamed(world, DNSName) ? [] : [`${tried} but that target was not found`];
}
