import { quoteName } from '../mysql/quote-name.ts';
import type { Session } from '../mysql/session.ts';
import type { OrphanRule, Removal, TablePlan } from '../plan/plan.ts';
import { work } from './journal.ts';
import { type KeyRange, keySql } from './key-range.ts';
import { createPace } from './pace.ts';
import type { RunContext } from './run-context.ts';
import { walkChunks } from './walk-chunks.ts';

/**
 * Rows that rules take away, and then those whose parents went, until none is left. All of it may be done again from the
 * start: what is gone is gone, and nothing is masked yet.
 */
export async function removeRows(session: Session, context: RunContext): Promise<void> {
  const { plan } = context;
  await countBefore(session, context);
  for (const removal of plan.removals) {
    await removeByRule(session, removal, context);
  }
  for (let changed = plan.removals.length > 0; changed; ) {
    changed = false;
    for (const rule of plan.orphans) {
      changed = (await removeOrphans(session, rule, context)) > 0 || changed;
    }
  }
}

/** Once, before the first row goes: a later count would be one of fewer. */
async function countBefore(session: Session, { plan }: RunContext): Promise<void> {
  const known = await session.rows(`SELECT number FROM ${work('tables')} WHERE rows_before IS NOT NULL`);
  const counted = new Set(known.map(({ number }) => Number(number)));
  if (counted.size > 0) {
    return;
  }
  await session.change('START TRANSACTION');
  for (const [number, table] of plan.tables.entries()) {
    if (table.losesRows) {
      await session.change(
        `UPDATE ${work('tables')} SET rows_before = (SELECT COUNT(*) FROM ${quoteName(plan.database, table.table)}) WHERE number = ${number}`,
      );
    }
  }
  await session.change('COMMIT');
}

async function removeByRule(session: Session, { table, condition }: Removal, context: RunContext): Promise<void> {
  const target = quoteName(context.plan.database, table);
  context.progress.enter(`remove rows of ${table}`);
  if (condition === undefined) {
    await session.change(`TRUNCATE TABLE ${target}`);
    return;
  }
  await walkTable(
    session,
    { table, context },
    async (where) => await session.change(`DELETE FROM ${target} WHERE ${where} AND ${condition}`),
  );
}

/** By a join, because MySQL lets no subquery of a `DELETE` read the table that it deletes from, and a row may be its own table's child. */
async function removeOrphans(session: Session, rule: OrphanRule, context: RunContext): Promise<number> {
  const { database, tables } = context.plan;
  const child = quoteName(database, rule.table);
  const columns = rule.columns.map((column) => `mayfly_child.${quoteName(column)}`);
  const parents = rule.parentColumns.map((column) => `mayfly_parent.${quoteName(column)}`);
  const join = `${child} mayfly_child LEFT JOIN ${quoteName(database, rule.parent)} mayfly_parent ON ${columns
    .map((column, n) => `${column} = ${parents[n]}`)
    .join(' AND ')}`;
  const held = tables.find(({ table }) => table === rule.table)?.held ?? [];
  const kept = held
    .filter((column) => !rule.columns.includes(column))
    .map((column) => `mayfly_child.${quoteName(column)}`);
  const nulls = [...columns.map((column) => `${column} = NULL`), ...kept.map((column) => `${column} = ${column}`)].join(
    ', ',
  );
  const orphaned = [...columns.map((column) => `${column} IS NOT NULL`), `${parents[0]} IS NULL`].join(' AND ');
  context.progress.enter(`remove orphans of ${rule.table}`);
  return await walkTable(
    session,
    { table: rule.table, context, alias: 'mayfly_child' },
    async (where) =>
      await session.change(
        rule.action === 'delete'
          ? `DELETE mayfly_child FROM ${join} WHERE ${where} AND ${orphaned}`
          : `UPDATE ${join} SET ${nulls} WHERE ${where} AND ${orphaned}`,
      ),
  );
}

interface WalkedTable {
  readonly table: string;
  readonly context: RunContext;
  readonly alias?: string;
}

async function walkTable(
  session: Session,
  { table, context, alias }: WalkedTable,
  change: (where: string) => Promise<number>,
): Promise<number> {
  const { plan, chunkRows, signal, clock } = context;
  const { key } = plan.tables.find((one) => one.table === table) as TablePlan;
  const quoted = quoteName(plan.database, table);
  const bounds = await boundsOf(session, { table: quoted, key });
  let changed = 0;
  await walkChunks(
    session,
    { table: quoted, key, ...bounds, ...(alias !== undefined && { alias }) },
    {
      pace: createPace(clock, chunkRows),
      signal,
      async each({ where }) {
        const rows = await change(where);
        changed += rows;
        return rows;
      },
    },
  );
  return changed;
}

/** From before the first number to the last, for a key that is one; no bounds for any other, nor for an empty table. */
export async function boundsOf(
  session: Session,
  { table, key }: { table: string; key: TablePlan['key'] },
): Promise<KeyRange> {
  const [first] = key;
  if (key.length !== 1 || first?.kind !== 'integer') {
    return { after: undefined, upTo: undefined };
  }
  const [row] = await session.rows(`SELECT MIN(${keySql(first)}) AS low, MAX(${keySql(first)}) AS high FROM ${table}`);
  const [low, high] = [row?.['low'] ?? null, row?.['high'] ?? null];
  return low === null || high === null
    ? { after: undefined, upTo: undefined }
    : { after: [String(BigInt(String(low)) - 1n)], upTo: [String(high)] };
}
