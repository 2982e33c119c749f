import type { Clock } from '../clock.ts';
import type { ResourceRecord, ResourceState, Store } from '../store.ts';

/** What one life of an environment ever asked for: written before the first call, struck off only when seen gone. */
export interface Ledger {
  of(key: string): ResourceRecord | undefined;
  all(): readonly ResourceRecord[];
  /** Writes the row, if it says anything new. */
  note(key: string, change: ResourceChange): Promise<void>;
}

export type ResourceChange = Partial<Omit<ResourceRecord, 'key' | 'askedAt' | 'readyAt' | 'goneAt'>> & {
  readonly state: ResourceState;
};

/** Reads the rows of one life, and keeps them in step with what it writes. */
export async function openLedger(options: {
  store: Store;
  environmentId: string;
  life: number;
  clock: Clock;
}): Promise<Ledger> {
  const { store, environmentId, life, clock } = options;
  const rows = await store.resources(environmentId, life);
  return ledgerOf(rows, { clock, save: async (row) => await store.saveResource(environmentId, life, row) });
}

/** A ledger that ends with the process: for what is released by what is there, and not by a record. */
export function createMemoryLedger(rows: readonly ResourceRecord[], clock: Clock): Ledger {
  return ledgerOf(rows, { clock, save: async () => await Promise.resolve() });
}

function ledgerOf(
  known: readonly ResourceRecord[],
  { clock, save }: { clock: Clock; save(row: ResourceRecord): Promise<void> },
): Ledger {
  const rows = new Map(known.map((row) => [row.key, row]));
  return {
    of: (key) => rows.get(key),
    all: () => [...rows.values()],
    async note(key, change) {
      const row = rowAfter(change, { key, row: rows.get(key), now: clock.now() });
      if (JSON.stringify(row) !== JSON.stringify(rows.get(key))) {
        rows.set(key, row);
        await save(row);
      }
    },
  };
}

interface RowChange {
  readonly key: string;
  readonly row: ResourceRecord | undefined;
  readonly now: Date;
}

function rowAfter(change: ResourceChange, { key, row, now }: RowChange): ResourceRecord {
  // A resource that was gone and is asked for again is a new one.
  const before = row?.state === 'gone' && change.state !== 'gone' ? undefined : row;
  const { kind, name, spec, outputs } = {
    spec: null,
    kind: row?.kind,
    name: row?.name,
    outputs: null,
    ...before,
    ...change,
  };
  if (!kind || name === undefined) {
    throw new Error(`${key} was noted before it was asked for`);
  }
  const { state, message = '' } = change;
  return { key, kind, name, state, spec, message, outputs, ...instantsOf(state, before, now) };
}

type Instants = Pick<ResourceRecord, 'askedAt' | 'readyAt' | 'goneAt'>;

function instantsOf(state: ResourceState, before: ResourceRecord | undefined, now: Date): Instants {
  const { askedAt = now, readyAt = null, goneAt = null } = before ?? {};
  return {
    askedAt,
    readyAt: state === 'ready' ? (readyAt ?? now) : readyAt,
    goneAt: state === 'gone' ? (goneAt ?? now) : null,
  };
}
