import { OBSERVING_KINDS, type OutputsOf, type SpecOf } from '../../domain/resource.ts';
import type { Ledger } from '../graph/ledger.ts';
import type { NodeStanding } from '../graph/standing.ts';
import { type RowLeaving, takeDown } from '../graph/take-down.ts';
import type { Plan } from '../plan/plan.ts';
import type { EnvironmentRecord, ResourceRecord } from '../store.ts';
import { confirmIntent } from './confirm-intent.ts';
import type { Looks } from './looks.ts';
import type { PassPorts } from './ports.ts';
import { keptClones } from './replaced-clones.ts';

/** Releases what an earlier commit asked for and this one does not, and a clone that another took the place of. */
export async function prune(
  { record, looks, ports, signal }: { record: EnvironmentRecord; looks: Looks; ports: PassPorts; signal: AbortSignal },
  { plan, standings }: { plan: Plan; standings: readonly NodeStanding[] },
  ledger: Ledger,
): Promise<readonly RowLeaving[]> {
  const keys = new Set(plan.nodes.map(({ key }) => key));
  const rows = ledger.all();
  const unwanted = rows.filter(
    ({ key, kind, state }) => !keys.has(key) && state !== 'gone' && !OBSERVING_KINDS.includes(kind),
  );
  const replaced = plan.database ? keptClones(unwanted, standings) : new Set();
  const left = unwanted.filter((row) => !replaced.has(row));
  const { store, clock, provisioners, onUnexpected } = ports;
  const kept = namesOf(rows.filter(({ key }) => keys.has(key)));
  return await takeDown(
    left.map((row) => without(kept, row)),
    {
      environment: record.identity,
      provisioners,
      ledger,
      attention: looks.prune,
      clock,
      confirmIntent: async () => await confirmIntent({ record, store, signal }),
      onUnexpected,
    },
  );
}

type Row = Pick<ResourceRecord, 'kind' | 'spec' | 'outputs'>;

/** Names whose records are wanted: a service that was reached inside and has a host now keeps its name. */
function namesOf(rows: readonly Row[]): ReadonlySet<string> {
  const wanted = rows.filter(({ kind }) => kind === 'dns-records');
  return new Set(wanted.flatMap(({ spec }) => (spec as SpecOf<'dns-records'>).records.map(({ name }) => name)));
}

function without(kept: ReadonlySet<string>, row: ResourceRecord): ResourceRecord {
  if (row.kind !== 'dns-records' || !row.spec) {
    return row;
  }
  const { zoneId, records } = row.spec as SpecOf<'dns-records'>;
  const { names = [], ...outputs } = (row.outputs ?? {}) as Partial<OutputsOf<'dns-records'>>;
  return {
    ...row,
    spec: { zoneId, records: records.filter(({ name }) => !kept.has(name)) },
    outputs: { ...outputs, names: names.filter((name) => !kept.has(name)) },
  };
}
