import { ListResourceRecordSetsCommand, type ResourceRecordSet, type RRType } from '@aws-sdk/client-route-53';
import type { EnvironmentOwner } from '../../../domain/environment.ts';
import { environmentDomain, renderHost } from '../../../domain/hosts.ts';
import type { EstateThing } from '../../../reconcile/orphans/estate.ts';
import { ask } from '../errors.ts';
import { nameOf, ownRoot } from '../record-sets.ts';
import type { EstateScope, Reading } from './reading.ts';

/** What Mayfly and Terraform write. Another type at an environment's name is somebody else's. */
const WRITTEN_TYPES: readonly (RRType | undefined)[] = ['A', 'CNAME'];
const PAGE_SIZE = 300;

/** A stand-in for a service in a host template that no service can be called. */
const ANY_SERVICE = 'x0any0x';

/**
 * Names of the zone that are an environment's, by environment. Record sets have no tags, so a name is theirs by its form
 * alone where only a pull request's environment can have it: at or below the environment's own domain. Where it may be
 * somebody else's choice, it also has to lead to the load balancer, or to validate a certificate: a name made by the
 * platform's host template, and every name of an environment whose own name was chosen.
 */
export async function readRecordNames<O extends EnvironmentOwner>(
  reading: Reading,
  owners: readonly O[],
): Promise<ReadonlyMap<O, EstateThing[]>> {
  const { scope } = reading;
  const found = new Map<O, Map<string, EstateThing>>();
  for (const recordSet of owners.length === 0 ? [] : await listZone(reading)) {
    const name = nameOf(recordSet);
    const owner = ownerOf(recordSet, { owners, scope });
    if (owner) {
      const names = found.get(owner) ?? new Map<string, EstateThing>();
      names.set(name, recordThing(name, scope));
      found.set(owner, names);
    }
  }
  return new Map([...found].map(([owner, names]) => [owner, [...names.values()]]));
}

function recordThing(name: string, { zoneId }: EstateScope): EstateThing {
  // Of a record that is released, only the name is asked.
  const records = [{ name, type: 'A', target: { values: [], ttlSeconds: 0 } }];
  return {
    kind: 'dns-records',
    name,
    label: name,
    tags: null,
    isWitness: false,
    spec: { zoneId, records },
    recorded: null,
  };
}

/** The one whose name fits best: `api-demo-web` can be of `demo-web` and, were there no such environment, of `demo`. */
function ownerOf<O extends EnvironmentOwner>(
  recordSet: ResourceRecordSet,
  { owners, scope }: { owners: readonly O[]; scope: EstateScope },
): O | undefined {
  const fitting = owners.filter((owner) => isOwnName(recordSet, owner, scope));
  const [best, next] = fitting.toSorted((one, other) => other.name.length - one.name.length);
  return best && best.name !== next?.name ? best : undefined;
}

/** Exported for tests. */
export function isOwnName(recordSet: ResourceRecordSet, owner: EnvironmentOwner, scope: EstateScope): boolean {
  const { name: environment } = owner;
  const name = nameOf(recordSet);
  if (!WRITTEN_TYPES.includes(recordSet.Type) || recordSet.SetIdentifier !== undefined) {
    return false;
  }
  if (ownRoot(name, environment) === undefined || !isHostOf(name, environment, scope)) {
    return false;
  }
  const inDomain = isInDomain(name, environment, scope);
  return (inDomain && (!isChosen(owner) || validatesCertificate(recordSet))) || leadsToBalancer(recordSet, scope);
}

/** Whether an environment is called otherwise than by its pull request's number: see `environmentName`. */
function isChosen({ name, pullRequest: { number } }: EnvironmentOwner): boolean {
  return number === null || !new RegExp(`^[a-z][a-z0-9]*-${number}(-[0-9a-f]{4})?$`).test(name);
}

function validatesCertificate({ Type, ResourceRecords = [] }: ResourceRecordSet): boolean {
  const values = ResourceRecords.map(({ Value = '' }) => Value.replace(/\.$/, '').toLowerCase());
  return Type === 'CNAME' && values.length > 0 && values.every((value) => value.endsWith('.acm-validations.aws'));
}

/** Whether a name, in lower case, is one that an environment's hosts can have: in its own domain, or as the template says. */
export function isHostOf(name: string, environment: string, scope: EstateScope): boolean {
  return isInDomain(name, environment, scope) || hostPattern(environment, scope).test(name);
}

function isInDomain(name: string, environment: string, { zone }: EstateScope): boolean {
  const domain = environmentDomain(environment, zone);
  return name === domain || name.endsWith(`.${domain}`);
}

function hostPattern(environment: string, { hostTemplate, zone }: EstateScope): RegExp {
  const host = renderHost(hostTemplate, { prefix: ANY_SERVICE, environment, zone });
  const escaped = host.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(ANY_SERVICE, '[a-z0-9]([a-z0-9-]*[a-z0-9])?')}$`);
}

function leadsToBalancer({ AliasTarget }: ResourceRecordSet, { loadBalancerDnsName }: EstateScope): boolean {
  const target = AliasTarget?.DNSName?.replace(/\.$/, '').toLowerCase();
  return target === loadBalancerDnsName.toLowerCase();
}

async function listZone({ clients, scope, pause }: Reading): Promise<ResourceRecordSet[]> {
  const recordSets: ResourceRecordSet[] = [];
  let start: object | undefined = {};
  while (start) {
    const from: object = start;
    const page = await ask(`listing the records of ${scope.zone}`, () =>
      clients.route53.send(
        new ListResourceRecordSetsCommand({ HostedZoneId: scope.zoneId, MaxItems: PAGE_SIZE, ...from }),
      ),
    );
    recordSets.push(...(page.ResourceRecordSets ?? []));
    const { IsTruncated, NextRecordName, NextRecordType, NextRecordIdentifier } = page;
    start =
      IsTruncated === true
        ? {
            StartRecordName: NextRecordName,
            StartRecordType: NextRecordType,
            StartRecordIdentifier: NextRecordIdentifier,
          }
        : undefined;
    if (start) {
      // Route 53 answers five requests a second, the whole account's.
      await pause(1);
    }
  }
  return recordSets;
}
