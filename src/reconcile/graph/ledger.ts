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
  const rows = new Map((await store.resources(environmentId, life)).map((row) => [row.key, row]));

  function changed(key: string, change: ResourceChange): ResourceRecord {
    const row = rows.get(key);
    // A resource that was gone and is asked for again is a new one.
    const before = row?.state === 'gone' && change.state !== 'gone' ? undefined : row;
    const kind = change.kind ?? row?.kind;
    const name = change.name ?? row?.name;
    if (!kind || name === undefined) {
      throw new Error(`${key} was noted before it was asked for`);
    }
    const now = clock.now();
    return {
      key,
      kind,
      name,
      state: change.state,
      spec: change.spec ?? row?.spec ?? null,
      outputs: change.outputs ?? before?.outputs ?? null,
      message: change.message ?? '',
      askedAt: before?.askedAt ?? now,
      readyAt: before?.readyAt ?? (change.state === 'ready' ? now : null),
      goneAt: change.state === 'gone' ? (before?.goneAt ?? now) : null,
    };
  }

  return {
    of: (key) => rows.get(key),
    all: () => [...rows.values()],
    async note(key, change) {
      const row = changed(key, change);
      if (JSON.stringify(row) !== JSON.stringify(rows.get(key))) {
        rows.set(key, row);
        await store.saveResource(environmentId, life, row);
      }
    },
  };
}
