import { TerminalError } from '../../domain/failure.ts';
import { quoteName } from '../mysql/quote-name.ts';
import type { Session } from '../mysql/session.ts';
import type { ValueMap } from '../plan/plan.ts';
import { ATTEMPT_VARIABLE, LONGEST_KEY } from '../plan/value-maps.ts';
import { charsetOf, collated, isBinary } from '../schema/collation.ts';
import { KEY_VARIABLE } from '../work-database.ts';
import { work } from './journal.ts';
import type { RunContext } from './run-context.ts';

const MOST_ATTEMPTS = 500;

/**
 * Gives each value of the map's columns another one, no two the same under the column's collation. Of those that drew the
 * same, the first by the order of keyed hashes keeps it, and the others draw again, round by round. So it comes out the
 * same for the same values and key. May be done again from the start.
 */
export async function drawMap(session: Session, map: ValueMap, context: RunContext): Promise<void> {
  const open = work(`${map.name}_open`);
  await drawAll(session, map, context.plan.database);
  await refuseTooMany(session, map);
  await openLosers(session, map);
  for (let attempt = 1; ; attempt += 1) {
    context.signal.throwIfAborted();
    const [left] = await session.rows(`SELECT 1 AS open FROM ${open} LIMIT 1`);
    if (!left) {
      break;
    }
    if (attempt === MOST_ATTEMPTS) {
      throw tooFew(map);
    }
    await drawAgain(session, map, attempt);
  }
  await session.change(`DROP TABLE ${open}`);
}

/** Before hundreds of rounds in which the last of them find nothing that is free. */
async function refuseTooMany(session: Session, map: ValueMap): Promise<void> {
  if (map.mostValues !== undefined) {
    const [row] = await session.rows(`SELECT COUNT(*) AS n FROM ${work(map.name)} WHERE original <> ''`);
    if (Number(row?.['n']) > map.mostValues) {
      throw tooFew(map);
    }
  }
}

function tooFew({ root }: ValueMap): TerminalError {
  return new TerminalError(
    'TooFewValues',
    `${root.table}.${root.column}: its mask has too few values to give each of the column's another one. Use hash or digits.`,
    { actor: 'operator' },
  );
}

/** Whether a value becomes what another one is. Bytes do not tell what a column takes for that, so they count as met. */
export async function meetsOriginals(session: Session, map: ValueMap): Promise<boolean> {
  if (map.comparedAs !== undefined && isBinary(map.comparedAs)) {
    return true;
  }
  const met = await session.rows(
    `SELECT 1 AS met FROM ${work(map.name)} a JOIN ${work(map.name)} b ON b.original = ${stored(map, 'a.masked')} WHERE b.original <> a.original LIMIT 1`,
  );
  return met.length > 0;
}

/** A value of the map's columns, as its key has it. */
function stored({ comparedAs }: ValueMap, value: string): string {
  return comparedAs === undefined ? value : collated(value, comparedAs);
}

/** Where it is not as the column has it, it is as long as a key may be: a converted text would become one without a length. */
function originalSql({ comparedAs }: ValueMap): string {
  if (comparedAs === undefined) {
    return '';
  }
  return comparedAs === 'binary'
    ? `original VARBINARY(${LONGEST_KEY * 4}) NOT NULL, `
    : `original VARCHAR(${LONGEST_KEY}) CHARACTER SET ${charsetOf(comparedAs)} COLLATE ${comparedAs} NOT NULL, `;
}

/** Without a key of the masked values, which is built faster when all are there. */
async function drawAll(session: Session, valueMap: ValueMap, database: string): Promise<void> {
  const { name, root, others, attemptSql } = valueMap;
  const [map, column] = [work(name), quoteName(root.column)];
  await session.change(`DROP TABLE IF EXISTS ${map}, ${work(`${name}_open`)}`);
  await session.change(
    `CREATE TABLE ${map} (${originalSql(valueMap)}PRIMARY KEY (original)) ENGINE = InnoDB
     SELECT ${stored(valueMap, column)} AS original, ${column} AS masked FROM ${quoteName(database, root.table)} LIMIT 0`,
  );
  await session.change(`SET @${ATTEMPT_VARIABLE} = 0`);
  for (const place of [root, ...others]) {
    const value = `t.${quoteName(place.column)}`;
    const isRoot = place === root;
    // What the mask reads is the root's column, whatever the other one is called. IGNORE passes over a value that is
    // there already; everything else fits, because the type is the same.
    await session.change(
      `INSERT IGNORE INTO ${map} (original, masked) SELECT ${stored(valueMap, column)}, ${attemptSql} FROM (
         SELECT ${value} AS ${column} FROM ${quoteName(database, place.table)} t
         ${isRoot ? '' : `LEFT JOIN ${map} known ON known.original = ${stored(valueMap, value)}`}
         WHERE ${value} IS NOT NULL ${isRoot ? '' : 'AND known.original IS NULL'}) each_value`,
    );
  }
}

async function openLosers(session: Session, valueMap: ValueMap): Promise<void> {
  const { name, root, comparedAs } = valueMap;
  const [map, open, column] = [work(name), work(`${name}_open`), quoteName(root.column)];
  await session.change(`ALTER TABLE ${map} ADD KEY masked (masked)`);
  await session.change(
    `CREATE TABLE ${open} (mayfly_rank BINARY(16) NOT NULL DEFAULT '' PRIMARY KEY) ENGINE = InnoDB
     SELECT masked AS ${column} FROM ${map} LIMIT 0`,
  );
  await session.change(
    `INSERT INTO ${open} (mayfly_rank, ${column}) SELECT mayfly_rank, ${comparedAs === 'binary' ? 'CONVERT(original USING utf8mb4)' : 'original'} FROM (
       SELECT mayfly_rank, original, ROW_NUMBER() OVER (PARTITION BY masked ORDER BY mayfly_rank) AS turn FROM (
         SELECT ${rankSql('m.original')} AS mayfly_rank, m.original, m.masked FROM ${map} m
         JOIN (SELECT masked FROM ${map} GROUP BY masked HAVING COUNT(*) > 1) met ON met.masked = m.masked) ranked) turns
     WHERE turn > 1`,
  );
  await session.change(`DELETE m FROM ${map} m JOIN ${open} o ON m.original = ${stored(valueMap, `o.${column}`)}`);
  await session.change(`ALTER TABLE ${map} DROP KEY masked, ADD UNIQUE KEY (masked)`);
}

/** The unique key lets in the first of those that drew the same, and nobody who draws what is taken. */
async function drawAgain(session: Session, valueMap: ValueMap, attempt: number): Promise<void> {
  const { name, root, attemptSql } = valueMap;
  const [map, open, column] = [work(name), work(`${name}_open`), quoteName(root.column)];
  await session.change(`SET @${ATTEMPT_VARIABLE} = ${attempt}`);
  await session.change(
    `INSERT IGNORE INTO ${map} (original, masked) SELECT ${stored(valueMap, column)}, ${attemptSql} FROM ${open} ORDER BY mayfly_rank`,
  );
  await session.change(`DELETE o FROM ${open} o JOIN ${map} m ON m.original = ${stored(valueMap, `o.${column}`)}`);
}

export function rankSql(...values: readonly string[]): string {
  const parts = values.map((value) => `HEX(${value})`);
  return `UNHEX(LEFT(SHA2(CONCAT_WS('/', @${KEY_VARIABLE}, 'rank', ${parts.join(', ')}), 256), 32))`;
}
