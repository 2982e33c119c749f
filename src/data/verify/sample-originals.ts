import { quoteName } from '../mysql/quote-name.ts';
import type { Session, SqlRow } from '../mysql/session.ts';
import type { CoveredColumn, CoveredTable } from '../rules/covered.ts';
import type { Column } from '../schema/model.ts';
import { KEY_VARIABLE } from '../work-database.ts';
import { createMark } from './marks.ts';
import { hasNameFields } from './names-in-documents.ts';
import { columnSql } from './read-rows.ts';
import { markedColumns } from './row-marks.ts';

/** Of each table; which ones, the key decides, so that a second time takes the same. */
const SAMPLE_ROWS = 4000;
/** Numbers that are drawn for them: a table that has fewer than every fourth is sorted instead. */
const DRAWS = 4 * SAMPLE_ROWS;
/** Numbers in one question: few enough for a server to look each one up (`range_optimizer_max_mem_size`). */
const TOGETHER = 500;
/** As many values as a mark has. */
const SPAN = 2n ** 52n;

interface Sampled {
  readonly database: string;
  readonly covered: CoveredTable;
  readonly key: string;
}

/**
 * Rows as they are before masking, with their primary key, the columns whose values should change, and documents in which
 * names stand; none where there is no such column. Of a session that remembers the key. A table without a primary key is read from its beginning.
 */
export async function sampleOriginals(session: Session, sampled: Sampled): Promise<readonly SqlRow[]> {
  const { covered } = sampled;
  const { primaryKey = [] } = covered.table;
  if (sampledColumns(covered).length === 0) {
    return [];
  }
  if (primaryKey.length === 0) {
    return await session.rows(`SELECT ${selectionOf(covered)} FROM ${placeOf(sampled)} LIMIT ${SAMPLE_ROWS}`);
  }
  const number = covered.table.columns.find(({ name, kind }) => name === primaryKey[0] && kind === 'integer');
  const drawn = number && primaryKey.length === 1 ? await drawnRows(session, sampled, number) : undefined;
  return drawn ?? (await sortedRows(session, sampled));
}

/** A few thousand look-ups, however many rows there are. Undefined where the numbers have too many gaps, or are few. */
async function drawnRows(session: Session, sampled: Sampled, { name }: Column): Promise<readonly SqlRow[] | undefined> {
  const [from, key] = [placeOf(sampled), quoteName(name)];
  const [bounds] = await session.rows(`SELECT MIN(${key}) AS low, MAX(${key}) AS high FROM ${from}`);
  const { low = null, high = null } = bounds ?? {};
  const draws = low === null || high === null ? [] : drawn(sampled, BigInt(String(low)), BigInt(String(high)));
  const found: SqlRow[] = [];
  for (const numbers of draws) {
    const rows: readonly SqlRow[] = await session.rows(
      `SELECT ${selectionOf(sampled.covered)} FROM ${from} WHERE ${key} IN (${numbers.join(', ')})`,
    );
    const byNumber = new Map<string, SqlRow>(rows.map((row) => [String(row[name]), row]));
    found.push(...numbers.map((each) => byNumber.get(String(each))).filter((row) => row !== undefined));
    if (found.length >= SAMPLE_ROWS) {
      return found.slice(0, SAMPLE_ROWS);
    }
  }
  return undefined;
}

/**
 * Different numbers between the bounds, some together, in an order that only the key knows; none where most of them would
 * be drawn. Drawn as they are asked for: where there are no gaps, a quarter of them is enough.
 */
function* drawn({ key, covered }: Sampled, low: bigint, high: bigint): Generator<readonly bigint[]> {
  const count = high - low + 1n;
  const mark = createMark(key, 'sample');
  const before = new Set<bigint>();
  for (let nth = 0; nth < DRAWS && count >= 2n * BigInt(DRAWS); nth += TOGETHER) {
    const numbers = Array.from({ length: TOGETHER }, (_, at) => {
      const place = `${covered.table.name}\0${nth + at}`;
      // A key of 64 bits has more values than one mark.
      const wide = count > SPAN ? BigInt(mark(`${place}\0wide`)) * SPAN : 0n;
      return low + ((wide + BigInt(mark(place))) % count);
    });
    const fresh = [...new Set(numbers)].filter((number) => !before.has(number));
    fresh.forEach((number) => before.add(number));
    yield fresh;
  }
}

/** All rows are looked at, and sorted by a number of their key. */
async function sortedRows(session: Session, sampled: Sampled): Promise<readonly SqlRow[]> {
  const from = placeOf(sampled);
  const key = (sampled.covered.table.primaryKey ?? []).map((name) => quoteName(name));
  // In digits, whatever their charsets: the server joins no texts whose collations it cannot bring together.
  const digits = key.map((column) => `HEX(${column})`).join(', ');
  // By a number, which takes a third as long as by the digest, and by the key where two meet.
  const order = `CRC32(SHA2(CONCAT_WS('|', @${KEY_VARIABLE}, ${digits}), 256)), ${key.join(', ')}`;
  // Keys alone are sorted: rows may be long.
  return await session.rows(
    `SELECT ${selectionOf(sampled.covered)} FROM ${from}
     JOIN (SELECT ${key.join(', ')} FROM ${from} ORDER BY ${order} LIMIT ${SAMPLE_ROWS}) AS sampled USING (${key.join(', ')})
     ORDER BY ${order}`,
  );
}

function placeOf({ database, covered }: Sampled): string {
  return quoteName(database, covered.table.name);
}

function selectionOf(covered: CoveredTable): string {
  const { primaryKey = [] } = covered.table;
  const others = sampledColumns(covered).filter(({ column }) => !primaryKey.includes(column.name));
  return [...primaryKey.map((name) => quoteName(name)), ...others.map(({ column }) => columnSql(column))].join(', ');
}

function sampledColumns(covered: CoveredTable): readonly CoveredColumn[] {
  return [...new Set([...markedColumns(covered), ...covered.columns.filter(hasNameFields)])];
}
