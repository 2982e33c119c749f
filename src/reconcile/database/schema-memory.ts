import type { DatabaseSchema } from '../../domain/database-schema.ts';
import type { History } from '../../domain/migrations/tool.ts';
import type { SchemaChange } from '../../domain/schema-diff.ts';

/** One database of a source, and the table in which a tool writes down what it ran there. */
export interface SourceDatabase {
  /** Identifier of the source. */
  readonly source: string;
  /** Name of the schema. */
  readonly database: string;
  /** Name of the tool's table. */
  readonly table: string;
}

/** What a source has before any branch's migrations. */
export interface SourceKnowledge {
  /** Null where the database has no such table. */
  readonly history: History | null;
  readonly schema: DatabaseSchema;
  readonly seenAt: Date;
}

/** One clone of one life of an environment. */
export interface CloneRef {
  readonly environmentId: string;
  readonly life: number;
  /** The key of its cluster. */
  readonly key: string;
}

/** By how much a clone differs from its source at one commit. */
export interface SeenDifference {
  readonly sha: string;
  /** The first of them. */
  readonly changes: readonly SchemaChange[];
  /** How many there are in all. */
  readonly count: number;
}

/** What was looked at of a clone, so that nothing is looked at twice. */
export interface CloneNotes {
  /** It was, or was not, looked at before its migrations, and is so no more. */
  readonly before: boolean;
  /** A digest of the runs of its migrations after which it was looked at last, whether or not it answered; null before the first. */
  readonly lookedAfter: string | null;
  readonly difference: SeenDifference | null;
}

/** Every method is a transaction of its own. */
export interface SchemaMemory {
  /** The history alone, which is what each pass reads. */
  history(of: SourceDatabase): Promise<Pick<SourceKnowledge, 'history' | 'seenAt'> | undefined>;
  schema(of: SourceDatabase): Promise<DatabaseSchema | undefined>;
  /** Takes the place of what was known. Of one database and table, only what was learned of the ten newest sources is kept. */
  learn(of: SourceDatabase, known: SourceKnowledge): Promise<void>;
  notes(clone: CloneRef): Promise<CloneNotes | undefined>;
  note(clone: CloneRef, notes: CloneNotes): Promise<void>;
}
