import type { DatabaseSchema } from '../../domain/database-schema.ts';
import { digestOf } from '../../domain/digest.ts';
import type { History } from '../../domain/migrations/tool.ts';
import { schemaDiff } from '../../domain/schema-diff.ts';
import type { Clock } from '../clock.ts';
import type { PlannedMigrations } from '../plan/plan.ts';
import type { EnvironmentRecord, ResourceRecord } from '../store.ts';
import type { CloneNotes, CloneRef, SchemaMemory, SeenDifference } from './schema-memory.ts';

/** Where a clone is to be asked, once it has a password of its own. */
export interface ClonePlace {
  /** The name of the secret that holds the master's credentials. */
  readonly secret: string;
  readonly host: string;
  readonly port: number;
}

export interface CloneSeen {
  readonly schema: DatabaseSchema;
  readonly history: History | null;
}

export interface CloneSchemaPorts {
  readonly memory: SchemaMemory;
  readonly clock: Clock;
  /** Answers or throws within seconds. */
  look(place: ClonePlace, migrations: PlannedMigrations): Promise<CloneSeen>;
  /** Told of what could not be looked at. */
  onUnseen(environmentId: string, when: 'before' | 'after', error: unknown): void;
}

/** One clone of an environment, as far as its plan says where its migrations are. */
export interface WatchedClone {
  readonly record: EnvironmentRecord;
  readonly migrations: PlannedMigrations;
  /** The ledger's. */
  readonly rows: readonly ResourceRecord[];
}

/**
 * What clones show of their source and of themselves. A clone is looked at once before its migrations, which says what its
 * source has, and once after each time that they ran. A look that fails is not made again: nothing depends on it, and
 * nothing waits longer than for one. None of its methods throws because of a clone.
 */
export interface CloneSchemas {
  /** What its source has; undefined while nobody told of it and no clone of it was seen. */
  sourceHistory(migrations: PlannedMigrations): Promise<{ readonly history: History | null } | undefined>;
  /** Call it when its password was taken, and before anything is run on it. */
  lookBefore(clone: WatchedClone): Promise<void>;
  /** Call it when all that migrates it has ended well. The difference at this commit, where one is known. */
  lookAfter(clone: WatchedClone): Promise<SeenDifference | null>;
  /** The difference at the wanted commit, where one is known: without a look. */
  seen(clone: Omit<WatchedClone, 'rows'>): Promise<SeenDifference | null>;
}

const NOTHING: CloneNotes = { before: false, lookedAfter: null, difference: null };
/** What is kept of a difference, and so what can be shown of it. */
const MOST_CHANGES = 60;

export function createCloneSchemas({ memory, clock, look, onUnseen }: CloneSchemaPorts): CloneSchemas {
  async function quietly<T>(
    { record }: WatchedClone,
    when: 'before' | 'after',
    work: () => Promise<T>,
  ): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      onUnseen(record.identity.id, when, error);
      return null;
    }
  }

  async function notesOf(clone: Omit<WatchedClone, 'rows'>): Promise<CloneNotes> {
    return (await memory.notes(refOf(clone))) ?? NOTHING;
  }

  async function difference(clone: WatchedClone): Promise<SeenDifference | null> {
    const { migrations, record } = clone;
    const before = await memory.schema(migrations);
    const place = placeOf(clone);
    if (!before || !place) {
      return null;
    }
    const changes = schemaDiff(before, (await look(place, migrations)).schema);
    return { sha: record.intent.headSha, changes: changes.slice(0, MOST_CHANGES), count: changes.length };
  }

  /** What was seen after these very runs is true of whatever commit did not run them again. */
  async function carried(clone: WatchedClone, notes: CloneNotes): Promise<SeenDifference | null> {
    const sha = clone.record.intent.headSha;
    if (!notes.difference || notes.difference.sha === sha) {
      return notes.difference;
    }
    const carriedOn = { ...notes.difference, sha };
    await memory.note(refOf(clone), { ...notes, difference: carriedOn });
    return carriedOn;
  }

  return {
    sourceHistory: async (migrations) => await memory.history(migrations),
    async lookBefore(clone) {
      const notes = await notesOf(clone);
      if (notes.before) {
        return;
      }
      // Noted first: a process that dies while it looks leaves no clone that is taken for its source once it was migrated.
      await memory.note(refOf(clone), { ...notes, before: true });
      const place = placeOf(clone);
      if (place && !isMigrated(clone)) {
        await quietly(clone, 'before', async () => {
          const seen = await look(place, clone.migrations);
          await memory.learn(clone.migrations, { ...seen, seenAt: clock.now() });
        });
      }
    },
    async lookAfter(clone) {
      const notes = await notesOf(clone);
      const lookedAfter = runsOf(clone);
      if (notes.lookedAfter === lookedAfter) {
        return await carried(clone, notes);
      }
      await memory.note(refOf(clone), { ...notes, lookedAfter, difference: null });
      const found = await quietly(clone, 'after', async () => await difference(clone));
      await memory.note(refOf(clone), { ...notes, lookedAfter, difference: found });
      return found;
    },
    async seen(clone) {
      const { difference: found } = await notesOf(clone);
      return found?.sha === clone.record.intent.headSha ? found : null;
    },
  };
}

function refOf({ record, migrations }: Omit<WatchedClone, 'rows'>): CloneRef {
  return { environmentId: record.identity.id, life: record.life, key: migrations.clone.cluster };
}

function placeOf({ rows, migrations }: WatchedClone): ClonePlace | undefined {
  const row = rows.find(({ key }) => key === migrations.clone.credentials);
  const { endpoint, port } = (row?.spec ?? {}) as { endpoint?: string; port?: number };
  return row && endpoint ? { secret: row.name, host: endpoint, port: port ?? 3306 } : undefined;
}

/** Equal as long as none of the tasks that migrate it was run again. */
function runsOf({ rows, migrations }: WatchedClone): string {
  const runs = rows.filter(({ key }) => migrations.tasks.includes(key)).map(({ key, spec }) => [key, spec]);
  return digestOf(runs);
}

/** Whether anything may have been run on it: one that a version of Mayfly before this one made, or a blueprint that said nothing. */
function isMigrated({ rows, migrations }: WatchedClone): boolean {
  const clone = rows.find(({ key }) => key === migrations.clone.cluster);
  return rows
    .filter(({ key, state }) => migrations.tasks.includes(key) && state !== 'gone')
    .some(({ state, readyAt }) => state !== 'ready' || !clone || !readyAt || readyAt >= clone.askedAt);
}
