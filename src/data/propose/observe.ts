import { DETECTORS, detect } from '../detect/detect.ts';
import { FAMILY_NAMES } from '../masks/dictionaries/family-names.ts';
import { GIVEN_NAMES } from '../masks/dictionaries/given-names.ts';
import { quoteName } from '../mysql/quote-name.ts';
import type { Database, SqlRow } from '../mysql/session.ts';
import type { Column, Table } from '../schema/model.ts';
import { columnSql } from '../verify/read-rows.ts';
import { stringsWithin } from '../verify/strings-within.ts';

/** What was seen in a sample of a column, in counts; no value. */
export interface Observation {
  /** Values that are not empty. */
  readonly values: number;
  readonly different: number;
  /** How many of them a detector finds something in. */
  readonly detected: ReadonlyMap<string, number>;
  /** How many begin with a name that many people have. */
  readonly names: number;
  /** How many look like a code: one word, and not of letters with one capital. */
  readonly codes: number;
  /** How many have three words or more. */
  readonly sentences: number;
  /** Texts within JSON: their paths, with the detector that found something there, if one did. */
  readonly paths: ReadonlyMap<string, string | undefined>;
}

const COMMON_NAMES = new Set([...GIVEN_NAMES, ...FAMILY_NAMES].map((name) => name.toLowerCase()));
const OBSERVED: ReadonlySet<Column['kind']> = new Set(['text', 'json']);

/** Reads the first rows in the order of the primary key. */
export async function observe(
  database: Database,
  { table, sampleRows }: { table: Table; sampleRows: number },
): Promise<ReadonlyMap<string, Observation>> {
  const columns = table.columns.filter(({ kind }) => OBSERVED.has(kind));
  if (columns.length === 0) {
    return new Map();
  }
  const order = (table.primaryKey ?? []).map((name) => quoteName(name)).join(', ');
  const rows = await database.withSession(
    async (session) =>
      await session.rows(
        `SELECT ${columns.map(columnSql).join(', ')} FROM ${quoteName(database.name, table.name)}${order && ` ORDER BY ${order}`} LIMIT ${sampleRows}`,
      ),
  );
  return new Map(columns.map(({ name }) => [name, observed(valuesOf(rows, name))]));
}

function valuesOf(rows: readonly SqlRow[], column: string): string[] {
  return rows.map((row) => row[column]).filter((value) => typeof value === 'string' && value.trim() !== '') as string[];
}

function observed(values: readonly string[]): Observation {
  const detected = new Map<string, number>();
  const paths = new Map<string, string | undefined>();
  for (const value of values) {
    for (const detector of detect(value, () => false, DETECTORS)) {
      detected.set(detector, (detected.get(detector) ?? 0) + 1);
    }
    for (const { path, text } of stringsWithin(value)) {
      if (path.startsWith('$.') && !path.includes('*')) {
        paths.set(path, paths.get(path) ?? detect(text, () => false)[0]);
      }
    }
  }
  const count = (holds: (value: string) => boolean) => values.filter(holds).length;
  return {
    values: values.length,
    different: new Set(values).size,
    detected,
    names: count((value) => COMMON_NAMES.has(value.split(/\s/, 1)[0]?.toLowerCase() ?? '')),
    codes: count((value) => /^[\w./:-]{1,40}$/.test(value) && !/^\p{Lu}\p{Ll}+$/u.test(value)),
    sentences: count((value) => value.trim().split(/\s+/).length >= 3),
    paths,
  };
}
