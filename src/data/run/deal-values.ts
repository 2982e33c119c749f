import { quoteName } from '../mysql/quote-name.ts';
import type { Session } from '../mysql/session.ts';
import type { Shuffle, TablePlan } from '../plan/plan.ts';
import { rankSql } from './draw-maps.ts';
import { work } from './journal.ts';
import type { RunContext } from './run-context.ts';

/**
 * Numbers the rows that have a value by the keyed hash of their key, and gives each the value of the one before it, the
 * first that of the last: so where there are two, none keeps its own. May be done again from the start, as long as the table
 * is as it was.
 */
export async function dealValues(
  session: Session,
  { shuffle, table }: { shuffle: Shuffle; table: TablePlan },
  { plan }: RunContext,
): Promise<void> {
  const [from, to] = [work(`${shuffle.name}_from`), work(`${shuffle.name}_to`)];
  const source = quoteName(plan.database, table.table);
  const column = quoteName(shuffle.column);
  const keys = table.key.map(({ name }) => quoteName(name));
  const named = keys.map((key, n) => `${key} AS mayfly_key_${n + 1}`).join(', ');
  const given = keys.map((_, n) => `mayfly_key_${n + 1}`).join(', ');
  await session.change(`DROP TABLE IF EXISTS ${from}, ${to}`);
  await session.change(
    `CREATE TABLE ${from} (turn BIGINT NOT NULL DEFAULT 0 PRIMARY KEY) ENGINE = InnoDB SELECT ${column} AS dealt FROM ${source} LIMIT 0`,
  );
  await session.change(
    `CREATE TABLE ${to} (turn BIGINT NOT NULL DEFAULT 0, PRIMARY KEY (${given})) ENGINE = InnoDB SELECT ${named} FROM ${source} LIMIT 0`,
  );
  const order = [rankSql(`'${shuffle.name}'`, ...keys), ...keys].join(', ');
  const rows = await session.change(
    `INSERT INTO ${from} (turn, dealt) SELECT ROW_NUMBER() OVER (ORDER BY ${order}), ${column}
     FROM ${source} WHERE ${column} IS NOT NULL`,
  );
  // In the order of the table's own key, in which pages are filled one behind the other.
  await session.change(
    `INSERT INTO ${to} (turn, ${given}) SELECT 1 + turn % ${Math.max(1, rows)}, ${given} FROM (
       SELECT ROW_NUMBER() OVER (ORDER BY ${order}) AS turn, ${named} FROM ${source} WHERE ${column} IS NOT NULL) turns
     ORDER BY ${given}`,
  );
}
