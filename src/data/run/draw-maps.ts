import { TerminalError } from '../../domain/failure.ts';
import { quoteName } from '../mysql/quote-name.ts';
import type { Session } from '../mysql/session.ts';
import { ATTEMPT_VARIABLE } from '../plan/make-plan.ts';
import type { ValueMap } from '../plan/plan.ts';
import { KEY_VARIABLE } from '../work-database.ts';
import { work } from './journal.ts';
import type { RunContext } from './run-context.ts';

const MOST_ATTEMPTS = 500;

/**
 * Gives each value of the map's columns another one, no two the same under the column's collation. Round by round all that
 * are open draw, and come in by the order of their keyed hashes: the unique key lets in the first of those that drew the
 * same. So it comes out the same for the same values and key. May be done again from the start.
 */
export async function drawMap(session: Session, map: ValueMap, context: RunContext): Promise<void> {
  const open = work(`${map.name}_open`);
  await begin(session, map, context.plan.database);
  for (let attempt = 0; ; attempt += 1) {
    context.signal.throwIfAborted();
    const [left] = await session.rows(`SELECT COUNT(*) AS n FROM ${open}`);
    if (Number(left?.['n']) === 0) {
      break;
    }
    if (attempt === MOST_ATTEMPTS) {
      throw new TerminalError(
        'TooFewValues',
        `${map.root.table}.${map.root.column}: its mask has too few values to give each of the column's another one. Use hash or digits.`,
        { actor: 'operator' },
      );
    }
    await drawRound(session, map, { attempt, slices: Math.ceil(Number(left?.['n']) / context.chunkRows) });
  }
  await session.change(`DROP TABLE ${open}`);
}

/** Whether a value becomes what another one is. */
export async function meetsOriginals(session: Session, { name }: ValueMap): Promise<boolean> {
  const met = await session.rows(
    `SELECT 1 AS met FROM ${work(name)} a JOIN ${work(name)} b ON b.original = a.masked WHERE b.original <> a.original LIMIT 1`,
  );
  return met.length > 0;
}

async function begin(session: Session, { name, root, others }: ValueMap, database: string): Promise<void> {
  const column = quoteName(root.column);
  const from = quoteName(database, root.table);
  const open = work(`${name}_open`);
  await session.change(`DROP TABLE IF EXISTS ${work(name)}, ${open}`);
  await session.change(
    `CREATE TABLE ${work(name)} (PRIMARY KEY (original), UNIQUE KEY (masked)) ENGINE = InnoDB
     SELECT ${column} AS original, ${column} AS masked FROM ${from} LIMIT 0`,
  );
  await session.change(
    `CREATE TABLE ${open} (mayfly_rank BINARY(16) NOT NULL DEFAULT '' PRIMARY KEY, UNIQUE KEY (${column})) ENGINE = InnoDB
     SELECT ${column} FROM ${from} LIMIT 0`,
  );
  for (const place of [root, ...others]) {
    const value = `t.${quoteName(place.column)}`;
    // IGNORE passes over a value that is there twice; everything else fits, because the type is the same.
    await session.change(
      `INSERT IGNORE INTO ${open} (mayfly_rank, ${column}) SELECT ${rankSql(value)}, ${value}
       FROM ${quoteName(database, place.table)} t ${place === root ? '' : `LEFT JOIN ${open} o ON o.${column} = ${value}`}
       WHERE ${value} IS NOT NULL ${place === root ? '' : 'AND o.mayfly_rank IS NULL'}`,
    );
  }
}

async function drawRound(
  session: Session,
  { name, root, attemptSql }: ValueMap,
  { attempt, slices }: { attempt: number; slices: number },
): Promise<void> {
  const [open, column] = [work(`${name}_open`), quoteName(root.column)];
  await session.change(`SET @${ATTEMPT_VARIABLE} = ${attempt}`);
  for (let slice = 0; slice < slices; slice += 1) {
    await session.change(
      `INSERT IGNORE INTO ${work(name)} (original, masked) SELECT ${column}, ${attemptSql} FROM ${open}
       WHERE ${sliceSql(slice, slices)} ORDER BY mayfly_rank`,
    );
  }
  await session.change(`DELETE o FROM ${open} o JOIN ${work(name)} m ON m.original = o.${column}`);
}

/** Hashes lie evenly, so that equal slices of all that there can be hold about as many rows each. */
function sliceSql(slice: number, slices: number): string {
  const bound = (n: number) =>
    `X'${Math.floor((n / slices) * 2 ** 48)
      .toString(16)
      .padStart(12, '0')}'`;
  const low = `mayfly_rank >= ${bound(slice)}`;
  return slice === slices - 1 ? low : `${low} AND mayfly_rank < ${bound(slice + 1)}`;
}

export function rankSql(...values: readonly string[]): string {
  const parts = values.map((value) => `HEX(${value})`);
  return `UNHEX(LEFT(SHA2(CONCAT_WS('/', @${KEY_VARIABLE}, 'rank', ${parts.join(', ')}), 256), 32))`;
}
