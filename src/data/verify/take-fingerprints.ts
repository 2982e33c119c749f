import type { Database, Session, SqlRow } from '../mysql/session.ts';
import type { CoveredTable } from '../rules/covered.ts';
import { createLimit } from '../run/limit.ts';
import type { Schema } from '../schema/model.ts';
import { KEY_VARIABLE, sessionKey } from '../work-database.ts';
import { createStore, isTaken, type NameMarks, putTable } from './fingerprint-store.ts';
import { createMark, type Mark } from './marks.ts';
import { namesIn } from './original-names.ts';
import { countRows } from './read-rows.ts';
import { markedColumns, marksOf, type Tells, tellsAnywhere, tellsInItsRow } from './row-marks.ts';
import { sampleOriginals } from './sample-originals.ts';

/** Of the rows that are sampled, the ones of which each masked value is marked. */
const MARKED_ROWS = 1000;

export interface TakeFingerprints {
  /** Of a user who may create a database, before anything is masked. */
  readonly database: Database;
  readonly schema: Schema;
  readonly tables: readonly CoveredTable[];
  readonly key: string;
  /** How many tables are looked at together. */
  readonly workers: number;
}

/**
 * Writes down what the originals can be known again by: marks (keyed hashes) of names and of values of masked columns, in
 * the work database. No value is stored, and without the key a mark says nothing. May be called twice: a table that is
 * written down is not looked at again, so a call after masking began changes nothing.
 */
export async function takeFingerprints({ database, schema, tables, key, workers }: TakeFingerprints): Promise<void> {
  const marks = { name: createMark(key, 'name'), value: createMark(key, 'value') };
  const together = createLimit(workers);
  // Names of all tables are in one, where two that write would be in each other's way.
  const oneWriter = createLimit(1);

  async function take(session: Session, covered: CoveredTable): Promise<void> {
    await session.remember(KEY_VARIABLE, sessionKey(key));
    if (!(await isTaken(session, covered.table.name))) {
      const rows = await sampleOriginals(session, { database: schema.database, covered, key });
      const tells = isKeyKept(covered) ? tellsInItsRow : tellsAnywhere(await rowsOf(session, covered));
      const fingerprints = fingerprintsOf(covered, rows, { ...marks, tells });
      await oneWriter(async () => await putTable(session, fingerprints));
    }
  }

  async function rowsOf(session: Session, covered: CoveredTable): Promise<number> {
    return markedColumns(covered).length === 0
      ? 0
      : await countRows(session, { database: schema.database, table: covered.table.name });
  }

  await database.withSession(createStore);
  // The largest first, as the others are done beside it.
  const inTurn = tables.toSorted((a, b) => b.table.estimatedRows - a.table.estimatedRows);
  const taken = await Promise.allSettled(
    inTurn.map(
      async (covered) =>
        await together(async () => await database.withSession(async (session) => await take(session, covered))),
    ),
  );
  // Nothing is at work any more for a call that has failed.
  for (const each of taken) {
    if (each.status === 'rejected') {
      throw each.reason;
    }
  }
}

function fingerprintsOf(
  covered: CoveredTable,
  rows: readonly SqlRow[],
  by: { readonly name: Mark; readonly value: Mark; readonly tells: Tells },
) {
  // Where it is masked it stays unsaid.
  const key = isKeyKept(covered) ? (covered.table.primaryKey ?? []) : [];
  return {
    table: covered.table.name,
    rows: rows.slice(0, MARKED_ROWS).map((row) => ({
      key: Object.fromEntries(key.map((column) => [column, row[column] ?? null])),
      marks: marksOf(covered, row, { mark: by.value, tells: by.tells }),
    })),
    names: nameMarks(namesIn(covered, rows), by.name),
    sampled: rows.length,
  };
}

/** Only then can a row be found again, and what its key says is in the result anyway. */
export function isKeyKept({ table, columns }: CoveredTable): boolean {
  const key = table.primaryKey ?? [];
  return (
    key.length > 0 &&
    key.every((name) => columns.some(({ column, mask }) => column.name === name && mask.kind === 'keep'))
  );
}

function nameMarks(names: readonly (readonly string[])[], mark: (text: string) => number): NameMarks {
  return {
    names: new Set(names.map((words) => mark(words.join(' ')))),
    beginnings: new Set(names.map(([first = '']) => mark(first))),
  };
}
