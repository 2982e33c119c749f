import { ListResourceRecordSetsCommand, type ResourceRecordSet, type Route53Client } from '@aws-sdk/client-route-53';
import type { DnsRecord } from '../../domain/resource.ts';
import type { Sender } from './clients.ts';
import { ask } from './errors.ts';

export type Route53 = Sender<Route53Client>;

/** Route 53 answers at most 300 records a page, and at most five requests a second for the whole account. */
const PAGE_SIZE = 100;

/** Records of other types are somebody else's, even at our names. */
const WRITTEN_TYPES: readonly string[] = ['A', 'AAAA', 'CNAME'];

/**
 * Record sets cannot be tagged, so the name is the proof: it lies at or under a label that is the environment's name,
 * or its first label holds that name between hyphens (`api-pr-7`). Answers the name under which everything is the
 * environment's own; undefined when the name is not.
 */
export function ownRoot(recordName: string, environmentName: string): string | undefined {
  const labels = recordName.toLowerCase().split('.');
  const own = labels.lastIndexOf(environmentName);
  if (own !== -1 && own < labels.length - 1) {
    return labels.slice(own).join('.');
  }
  const isFlat = labels.length > 1 && `-${labels[0] ?? ''}-`.includes(`-${environmentName}-`);
  return isFlat ? labels.join('.') : undefined;
}

/** `name type`, by which a record set without a routing policy is known. */
export function recordKey({ name, type }: { name: string; type: string }): string {
  return `${name.toLowerCase()} ${type}`;
}

/** Every record set at or under one of the names that is of a type Mayfly writes, by `recordKey`. */
export async function listUnder(
  route53: Route53,
  zoneId: string,
  roots: Iterable<string>,
): Promise<ReadonlyMap<string, ResourceRecordSet>> {
  const found = new Map<string, ResourceRecordSet>();
  for (const root of new Set(roots)) {
    await collectUnder(route53, { zoneId, root, found });
  }
  return found;
}

/**
 * The order of a listing is by labels from the right, so what is under a name follows it without a gap. A listing
 * starts at the asked name or at the next one there is: the first that is not under it ends the search.
 */
async function collectUnder(
  route53: Route53,
  { zoneId, root, found }: { zoneId: string; root: string; found: Map<string, ResourceRecordSet> },
): Promise<void> {
  let start: { StartRecordName: string; StartRecordType?: ResourceRecordSet['Type'] } | undefined = {
    StartRecordName: root,
  };
  while (start) {
    const from: object = start;
    const page = await ask(`listing the records under ${root}`, () =>
      route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: zoneId, MaxItems: PAGE_SIZE, ...from })),
    );
    for (const recordSet of page.ResourceRecordSets ?? []) {
      const name = nameOf(recordSet);
      if (name !== root && !name.endsWith(`.${root}`)) {
        return;
      }
      if (WRITTEN_TYPES.includes(recordSet.Type ?? '')) {
        found.set(recordKey({ name, type: recordSet.Type ?? '' }), recordSet);
      }
    }
    const { IsTruncated, NextRecordName, NextRecordType } = page;
    start =
      IsTruncated === true && NextRecordName !== undefined
        ? { StartRecordName: NextRecordName, StartRecordType: NextRecordType }
        : undefined;
  }
}

/** Without the final dot, and with what Route 53 writes as `\052` read back. */
export function nameOf({ Name = '' }: ResourceRecordSet): string {
  const plain = Name.replace(/\\(\d{3})/g, (_whole, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
  return plain.replace(/\.$/, '').toLowerCase();
}

export function toRecordSet({ name, type, target }: DnsRecord): ResourceRecordSet {
  return 'alias' in target
    ? {
        Name: name,
        Type: type,
        AliasTarget: { HostedZoneId: target.alias.zoneId, DNSName: target.alias.dnsName, EvaluateTargetHealth: false },
      }
    : {
        Name: name,
        Type: type,
        TTL: target.ttlSeconds,
        ResourceRecords: target.values.map((Value) => ({ Value })),
      };
}

/** Whether a record set says what is wanted, in whatever spelling AWS gives it back. */
export function says(recordSet: ResourceRecordSet, { type, target }: DnsRecord): boolean {
  if ('alias' in target) {
    const { HostedZoneId, DNSName = '' } = recordSet.AliasTarget ?? {};
    return HostedZoneId === target.alias.zoneId && hostOf(DNSName) === hostOf(target.alias.dnsName);
  }
  const found = (recordSet.ResourceRecords ?? []).map(({ Value = '' }) => valueOf(type, Value)).toSorted();
  const wanted = target.values.map((value) => valueOf(type, value)).toSorted();
  return recordSet.TTL === target.ttlSeconds && found.join() === wanted.join();
}

function valueOf(type: DnsRecord['type'], value: string): string {
  return type === 'CNAME' ? hostOf(value) : value;
}

function hostOf(name: string): string {
  return name.replace(/\.$/, '').toLowerCase();
}
