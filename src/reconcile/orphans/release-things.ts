import type { EnvironmentOwner } from '../../domain/environment.ts';
import type { ResourceKind, SpecOf } from '../../domain/resource.ts';
import type { Clock } from '../clock.ts';
import type { Attention } from '../graph/attention.ts';
import { createMemoryLedger } from '../graph/ledger.ts';
import { type Leaving, type RowLeaving, takeDown } from '../graph/take-down.ts';
import type { Provisioners } from '../provisioner.ts';
import type { ResourceRecord } from '../store.ts';
import type { EstateThing } from './estate.ts';

export interface Releasing {
  readonly provisioners: Provisioners;
  readonly attention: Attention<Leaving>;
  readonly clock: Clock;
  /** Called before every deletion. Throws `SupersededError` when nothing more may be deleted. */
  confirm(): Promise<void>;
  onUnexpected(where: string, error: unknown): void;
}

/** Which witness stays to the last: the first of these that there is. It should cost little, and hold up nothing else. */
const LAST_TO_GO: readonly ResourceKind[] = [
  'log-group',
  'secret',
  'database-credentials',
  'database-user',
  'parameters',
  'task-definition',
  'target-group',
  'certificate',
  'listener-rule',
  'clone-instance',
  'one-off-task',
  'service',
  'clone-cluster',
];

/**
 * Takes every step of the way out that can be taken now, with the provisioners and in the order of an environment that is
 * on record. While there is something that only the other things prove to be the environment's, one of those is kept back:
 * whoever goes on has nothing but what it finds.
 */
export async function releaseThings(
  environment: EnvironmentOwner,
  things: readonly EstateThing[],
  work: Releasing,
): Promise<readonly RowLeaving[]> {
  const kept = things.every(({ isWitness }) => isWitness) ? undefined : lastWitness(things);
  const rows = rowsOf(
    things.filter((thing) => thing !== kept),
    work.clock.now(),
  );
  return await takeDown(rows, {
    environment,
    provisioners: work.provisioners,
    ledger: createMemoryLedger(rows, work.clock),
    attention: work.attention,
    clock: work.clock,
    confirmIntent: async () => await work.confirm(),
    onUnexpected: (key, error) => work.onUnexpected(key, error),
  });
}

function lastWitness(things: readonly EstateThing[]): EstateThing | undefined {
  const witnesses = things.filter(({ isWitness }) => isWitness);
  return LAST_TO_GO.map((kind) => witnesses.find((thing) => thing.kind === kind)).find((thing) => thing !== undefined);
}

/** The names of the zone are one row, and so one request: Route 53 takes one change of a zone at a time. */
function rowsOf(things: readonly EstateThing[], now: Date): ResourceRecord[] {
  const names = things.filter(({ kind }) => kind === 'dns-records');
  const rows = things.filter((thing) => !names.includes(thing)).map((thing) => rowOf(thing, now));
  const [first] = names;
  if (!first) {
    return rows;
  }
  const specs = names.map(({ spec }) => spec as SpecOf<'dns-records'>);
  const zoneId = specs.map((spec) => spec.zoneId).find((id) => id !== '') ?? '';
  const spec: SpecOf<'dns-records'> = { zoneId, records: specs.flatMap(({ records }) => records) };
  return [...rows, rowOf({ ...first, name: names.map(({ label }) => label).join(', '), spec }, now)];
}

function rowOf({ kind, name, spec, recorded }: EstateThing, now: Date): ResourceRecord {
  return {
    key: `${kind}/${name}`,
    kind,
    name,
    state: 'ready',
    spec,
    outputs: recorded,
    message: '',
    askedAt: now,
    readyAt: null,
    goneAt: null,
  };
}
