import {
  type Change,
  ChangeResourceRecordSetsCommand,
  GetChangeCommand,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { digestOf } from '../../domain/digest.ts';
import type { DnsRecord } from '../../domain/resource.ts';
import type { Desired, Observation, Provisioner, Release, Released } from '../../reconcile/provisioner.ts';
import { ask } from './errors.ts';
import { nameTaken, notOurs, recordLost } from './ownership.ts';
import { listUnder, nameOf, ownRoot, type Route53, recordKey, says, toRecordSet } from './record-sets.ts';

type Seen = Observation<'dns-records'>;

/** A change reaches every name server within a minute; asking costs one of five requests a second, the whole account's. */
const SYNC_RECHECK_SECONDS = 8;

/**
 * All records of an environment, in one batch: Route 53 takes one change of a zone at a time and few requests. Only
 * names that are the environment's own (see `ownRoot`) are written or deleted.
 */
export function createDnsRecordsProvisioner({ route53 }: { route53: Route53 }): Provisioner<'dns-records'> {
  async function observe(desired: Desired<'dns-records'>): Promise<Seen> {
    const { recorded } = desired;
    const outputs = outputsOf(desired);
    const changeId = recorded?.changeId ?? '';
    const isSpread = await isInSync(route53, changeId);
    if (!isSpread && recorded?.written === outputs.written) {
      // Written a moment ago: it is listed once it has arrived.
      return spreading({ ...outputs, changeId });
    }
    const found = await listOwn(route53, desired);
    const changes = changesTo(desired, found);
    if (changes.length > 0) {
      return isAbsent(desired, { found, changes })
        ? { state: 'absent' }
        : { state: 'drifted', outputs, drift: changes.map(({ ResourceRecordSet: set }) => keyOf(set)) };
    }
    return isSpread ? { state: 'ready', outputs: { ...outputs, changeId: '' } } : spreading({ ...outputs, changeId });
  }

  async function ensure(desired: Desired<'dns-records'>): Promise<Seen> {
    const Changes = changesTo(desired, await listOwn(route53, desired));
    if (Changes.length === 0) {
      return await observe(desired);
    }
    const changed = await ask(`writing the records of ${desired.environment.name}`, () =>
      route53.send(
        new ChangeResourceRecordSetsCommand({
          HostedZoneId: desired.spec.zoneId,
          ChangeBatch: { Comment: `Mayfly: ${desired.environment.name}`, Changes },
        }),
      ),
    );
    return spreading({ ...outputsOf(desired), changeId: changed.ChangeInfo?.Id ?? '' });
  }

  async function release(released: Released<'dns-records'>): Promise<Release> {
    const { spec, recorded, environment, name } = released;
    if (!spec) {
      throw recordLost(`the DNS records ${name}`, 'their zone');
    }
    const wanted = new Set([...spec.records.map((record) => record.name), ...(recorded?.names ?? [])]);
    const roots = [...wanted].map((one) => {
      const root = ownRoot(one, environment.name);
      if (root === undefined) {
        throw notOurs(`the DNS record ${one}`, environment);
      }
      return root;
    });
    const found = [...(await listUnder(route53, spec.zoneId, roots)).values()].filter((set) => wanted.has(nameOf(set)));
    if (found.length === 0) {
      return { state: 'absent' };
    }
    await deleteAsListed(route53, spec.zoneId, found);
    return { state: 'releasing', underWay: true, waitingFor: 'the DNS records to be gone', requeueAfterSeconds: 2 };
  }

  return { kind: 'dns-records', observe, ensure, release };
}

/** Nothing of it stands, and nothing was ever written. */
function isAbsent(
  desired: Desired<'dns-records'>,
  { found, changes }: { found: ReadonlyMap<string, ResourceRecordSet>; changes: readonly Change[] },
): boolean {
  const untouched = (desired.recorded?.names ?? []).length === 0;
  return untouched && found.size === 0 && changes.length === wantedRecords(desired).length;
}

/** A deletion has to repeat exactly what stands there. The batch is all or nothing: what went meanwhile is listed no more next time. */
async function deleteAsListed(
  route53: Route53,
  zoneId: string,
  recordSets: readonly ResourceRecordSet[],
): Promise<void> {
  await ask(
    'deleting DNS records',
    () =>
      route53.send(
        new ChangeResourceRecordSetsCommand({
          HostedZoneId: zoneId,
          ChangeBatch: { Changes: recordSets.map((ResourceRecordSet) => ({ Action: 'DELETE', ResourceRecordSet })) },
        }),
      ),
    { on: { 'not-found': () => undefined } },
  );
}

async function listOwn(
  route53: Route53,
  desired: Desired<'dns-records'>,
): Promise<ReadonlyMap<string, ResourceRecordSet>> {
  const { spec, environment, recorded } = desired;
  const roots = namesOf(desired).map((name) => {
    const root = ownRoot(name, environment.name);
    if (root === undefined) {
      throw nameTaken(`the DNS name ${name}`, environment);
    }
    return root;
  });
  const former = (recorded?.names ?? []).flatMap((name) => ownRoot(name, environment.name) ?? []);
  return await listUnder(route53, spec.zoneId, [...roots, ...former]);
}

/** What is missing or different, and what was written once and is not wanted any more. */
function changesTo(desired: Desired<'dns-records'>, found: ReadonlyMap<string, ResourceRecordSet>): Change[] {
  const { recorded, environment } = desired;
  const wanted = new Set(wantedRecords(desired).map(recordKey));
  const former = new Set((recorded?.names ?? []).filter((name) => ownRoot(name, environment.name) !== undefined));
  const stale = [...found].filter(([key, set]) => !wanted.has(key) && former.has(nameOf(set)));
  const amiss = wantedRecords(desired).filter((record) => {
    const set = found.get(recordKey(record));
    return !set || !says(set, record);
  });
  return [
    // First what goes: a name cannot hold a CNAME and anything else.
    ...stale.map(([, ResourceRecordSet]) => ({ Action: 'DELETE' as const, ResourceRecordSet })),
    ...amiss.map((record) => ({ Action: 'UPSERT' as const, ResourceRecordSet: toRecordSet(record) })),
  ];
}

/** A name that has no values now, as when nothing runs, has no record. */
function wantedRecords({ spec }: Desired<'dns-records'>): DnsRecord[] {
  return spec.records.filter(({ target }) => 'alias' in target || target.values.length > 0);
}

function namesOf({ spec }: Desired<'dns-records'>): string[] {
  return [...new Set(spec.records.map(({ name }) => name))].toSorted();
}

function keyOf(recordSet: ResourceRecordSet | undefined): string {
  return recordSet ? recordKey({ name: nameOf(recordSet), type: recordSet.Type ?? '' }) : '';
}

/** A change that Route 53 no longer knows has long been made. */
async function isInSync(route53: Route53, changeId: string): Promise<boolean> {
  if (changeId === '') {
    return true;
  }
  const found = await ask(
    'looking at a change of DNS records',
    () => route53.send(new GetChangeCommand({ Id: changeId })),
    {
      on: { 'not-found': () => undefined },
    },
  );
  return found?.ChangeInfo?.Status !== 'PENDING';
}

function outputsOf(desired: Desired<'dns-records'>): { names: string[]; written: string } {
  return { names: namesOf(desired), written: digestOf(desired.spec) };
}

function spreading(outputs: { names: string[]; written: string; changeId: string }): Seen {
  return {
    state: 'pending',
    outputs,
    waitingFor: 'the DNS records to reach every name server',
    requeueAfterSeconds: SYNC_RECHECK_SECONDS,
    notBeforeSeconds: SYNC_RECHECK_SECONDS,
  };
}
