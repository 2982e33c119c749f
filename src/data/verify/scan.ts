import type { Passport, ScanFinding, UncomparedColumn } from '../../domain/passport.ts';
import { DETECTORS } from '../detect/detect.ts';
import type { Database, SqlRow } from '../mysql/session.ts';
import type { CoveredTable } from '../rules/covered.ts';
import type { AllowedFinding } from '../rules/rule-set.ts';
import type { Schema, Table } from '../schema/model.ts';
import { type ColumnLook, lookAt, ORIGINAL_NAME } from './column-look.ts';
import { type Comparison, ORIGINAL_VALUES } from './comparison.ts';
import { findMarked, findNames } from './fingerprint-store.ts';
import { isKnownFake } from './known-fakes.ts';
import { createMark } from './marks.ts';
import { createNameSearch, type HoldsName } from './name-search.ts';
import { readRows, type Sample } from './read-rows.ts';
import { watchForOriginals } from './returned-values.ts';
import { findInSchema } from './schema-findings.ts';
import { isKeyKept } from './take-fingerprints.ts';
import { findUndealt } from './undealt-columns.ts';
import { findOriginals } from './unmasked-columns.ts';

export interface Scan {
  readonly database: Database;
  /** As it is now, after the run. */
  readonly schema: Schema;
  /** What the rules said of each table of the schema that was masked. */
  readonly tables: readonly CoveredTable[];
  /** The key that fingerprints were taken with; undefined where none were taken. */
  readonly key: string | undefined;
  /** Tables with more rows are looked at in part: about so many of them. */
  readonly sampleRows: number;
  readonly allow: readonly AllowedFinding[];
  /** Stops it behind the table in hand: it rejects then. */
  readonly signal?: AbortSignal | undefined;
}

export type ScanResult = Required<Passport['scan']>;

/** What no rule covers. */
const NO_RULE = 'values without a rule';
/** Where a document says where by more paths than this, the rest is told without. */
const PATHS_PER_COLUMN = 20;
/** One reads while the rows of the other are looked at. */
const SESSIONS = 2;

/**
 * Looks at the result as somebody who knows the schema and none of the masks: what looks personal, names of the original,
 * values of the original where a mask should have changed them, columns that nobody ruled on, and what the schema itself
 * says. Reads only.
 */
export async function scan(options: Scan): Promise<ScanResult> {
  const holdsName = await nameSearch(options);
  const covered = new Map(options.tables.map((each) => [each.table.name, each]));
  const waiting = [...options.schema.tables];
  const looked: TableLook[] = [];
  const work = async () => {
    for (let table = waiting.shift(); table; table = waiting.shift()) {
      options.signal?.throwIfAborted();
      looked.push(await lookAtTable(table, { options, covered: covered.get(table.name), holdsName }));
    }
  };
  await Promise.all(Array.from({ length: SESSIONS }, work));
  const marked = options.key === undefined ? undefined : await options.database.withSession(findMarked);
  const inSchema = await findInSchema(options.database, holdsName);
  looked.sort((a, b) => (a.sample.table < b.sample.table ? -1 : 1));
  return {
    detectors: [...DETECTORS.map(({ name }) => name), ORIGINAL_NAME, ORIGINAL_VALUES, NO_RULE],
    columns: looked.reduce((sum, { columns }) => sum + columns, 0),
    rows: looked.reduce((sum, { sample }) => sum + sample.rows, 0),
    findings: [...looked.flatMap(({ findings }) => findings), ...inSchema].map((finding) =>
      allowed(finding, options.allow),
    ),
    uncompared: looked.flatMap(({ uncompared }) => uncompared),
    tables: looked.map(({ sample }) => ({ ...sample, marked: marked?.get(sample.table) ?? 0 })),
  };
}

async function nameSearch({ database, key }: Scan): Promise<HoldsName> {
  return key === undefined
    ? () => false
    : createNameSearch(await database.withSession(findNames), createMark(key, 'name'));
}

interface TableLook {
  readonly sample: Sample;
  readonly columns: number;
  readonly findings: readonly Finding[];
  readonly uncompared: readonly UncomparedColumn[];
}

type Finding = Omit<ScanFinding, 'allowed'>;

async function lookAtTable(
  table: Table,
  { options, covered, holdsName }: { options: Scan; covered: CoveredTable | undefined; holdsName: HoldsName },
): Promise<TableLook> {
  const masks = new Map(covered?.columns.map(({ column, mask }) => [column.name, mask]));
  const looks = table.columns.flatMap((column) => {
    const look = lookAt({ column, mask: masks.get(column.name) }, { isSafe: isKnownFake, holdsName });
    return look ? [{ column, look, found: new Map<string, number>() }] : [];
  });
  const compare = await comparison(options, covered);
  const columns = table.columns.filter(
    ({ name }) => looks.some((each) => each.column.name === name) || compare.reads.has(name),
  );
  const sample = await readRows(
    { database: options.database, table, columns, sampleRows: options.sampleRows },
    (rows) =>
      rows.forEach((row) => {
        looks.forEach((each) => note(row, each));
        compare.note(row);
      }),
  );
  const unruled = table.columns.filter(
    ({ name, isGenerated }) => !isGenerated && !masks.has(name) && !isEmptied(covered),
  );
  const { findings, uncompared } = await compare.result(sample);
  const undealt = covered === undefined ? [] : await findUndealt(options.database, covered);
  return {
    sample,
    columns: looks.length,
    findings: [
      ...looks.flatMap(({ column, found }) =>
        [...found]
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([detector, rows]) => ({ table: table.name, column: column.name, detector, rows })),
      ),
      ...findings,
      ...undealt,
      ...unruled.map(({ name }) => ({ table: table.name, column: name, detector: NO_RULE, rows: sample.of })),
    ],
    uncompared: sample.of === 0 ? [] : uncompared,
  };
}

interface Comparing {
  /** Names of columns. */
  readonly reads: ReadonlySet<string>;
  readonly note: (row: SqlRow) => void;
  readonly result: (sample: Sample) => Promise<Comparison>;
}

/** With the original, row by row where rows are known again, and otherwise with whatever row has the value. */
async function comparison({ database, key }: Scan, covered: CoveredTable | undefined): Promise<Comparing> {
  const none = { reads: new Set<string>(), note: () => undefined };
  if (!covered || key === undefined) {
    return { ...none, result: async () => ({ findings: [], uncompared: [] }) };
  }
  if (isKeyKept(covered)) {
    return { ...none, result: async () => await findOriginals(database, covered, key) };
  }
  const watch = await watchForOriginals(database, covered, key);
  return {
    reads: new Set(watch.columns.map(({ name }) => name)),
    note: watch.note,
    result: async (sample) => watch.compared(sample),
  };
}

function isEmptied(covered: CoveredTable | undefined): boolean {
  return covered?.rows.some(({ kind }) => kind === 'truncate') ?? false;
}

function note(
  row: SqlRow,
  { column, look, found }: { column: { readonly name: string }; look: ColumnLook; found: Map<string, number> },
): void {
  for (const detector of look(row[column.name] ?? null)) {
    const name = found.has(detector) || found.size < PATHS_PER_COLUMN ? detector : base(detector);
    found.set(name, (found.get(name) ?? 0) + 1);
  }
}

function base(detector: string): string {
  return detector.split(' in ', 1)[0] ?? detector;
}

/** What is said of a detector is said of it wherever it finds something in the column. */
function allowed(finding: Finding, allow: readonly AllowedFinding[]): ScanFinding {
  const said = allow.find(
    ({ table, column, detector }) =>
      table === finding.table &&
      column === finding.column &&
      (detector === finding.detector || detector === base(finding.detector)),
  );
  return { ...finding, allowed: said?.reason ?? null };
}
