import { TerminalError } from '../../domain/failure.ts';
import { quoteName } from '../mysql/quote-name.ts';
import type { Session } from '../mysql/session.ts';
import type { TablePlan } from '../plan/plan.ts';
import { stageTable, work } from './journal.ts';
import { briefSession, type RunContext } from './run-context.ts';
import { isOfRows } from './set-aside.ts';
import { walkParts } from './table-parts.ts';

interface NumberedTable {
  readonly number: number;
  readonly table: TablePlan;
}

/**
 * Masks a table from where it stands. `new` → `done` for an update. `new` → `staged` (its masked rows are in the work
 * table) → `emptied` → `done` for a rewrite: what lies between two states may be done twice.
 */
export async function maskTable(numbered: NumberedTable, context: RunContext): Promise<void> {
  const { number, table } = numbered;
  const session = briefSession(context.database);
  const [row] = await session.rows(`SELECT state, is_rewritten FROM ${work('tables')} WHERE number = ?`, [number]);
  const state = String(row?.['state']);
  if (state === 'done') {
    return;
  }
  if (Number(row?.['is_rewritten']) === 1) {
    await rewrite(session, { ...numbered, state }, context);
    return;
  }
  const after =
    table.strategy === 'update'
      ? await update(session, numbered, context)
      : await count(session, quoteName(context.plan.database, table.table));
  await finish(session, number, after);
}

async function finish(session: Session, number: number, after: number): Promise<void> {
  await session.change(
    `UPDATE ${work('tables')} SET state = 'done', rows_after = ?, rows_before = COALESCE(rows_before, ?) WHERE number = ?`,
    [after, after, number],
  );
}

async function count(session: Session, table: string): Promise<number> {
  const [row] = await session.rows(`SELECT COUNT(*) AS n FROM ${table}`);
  return Number(row?.['n']);
}

async function update(session: Session, { number, table }: NumberedTable, context: RunContext): Promise<number> {
  const target = quoteName(context.plan.database, table.table);
  const held = table.held.map((column) => ({ column, sql: quoteName(column) }));
  const set = [...table.assignments, ...held].map(({ column, sql }) => `${quoteName(column)} = ${sql}`).join(', ');
  return await walkParts(
    session,
    {
      number,
      step: 'mask',
      name: table.table,
      source: target,
      key: table.key,
      estimatedRows: table.estimatedRows,
      statement: (where) => `UPDATE ${target} SET ${set} WHERE ${where}`,
    },
    context,
  );
}

async function rewrite(
  session: Session,
  { number, table, state }: NumberedTable & { state: string },
  context: RunContext,
): Promise<void> {
  if (state === 'new') {
    await stage(session, { number, table }, context);
  }
  try {
    await bringBack(session, { number, table, state }, context);
  } catch (error) {
    throw isOfRows(error) ? lying(error) : error;
  }
}

function lying({ reason, message }: TerminalError): TerminalError {
  return new TerminalError(
    reason,
    `${message}. The table is empty, its masked rows are in the work database, and mayfly anonymise abort brings them out of it`,
    { actor: 'operator' },
  );
}

/** The masked rows, in the order of the key they had. */
async function stage(session: Session, { number, table }: NumberedTable, context: RunContext): Promise<void> {
  const source = quoteName(context.plan.database, table.table);
  const to = work(stageTable(number));
  const keys = table.key.map(({ name }, n) => ({ name: quoteName(name), as: `mayfly_key_${n + 1}` }));
  const columns = table.columns.map((column) => quoteName(column));
  const masked = table.columns.map(
    (column) => table.assignments.find((one) => one.column === column)?.sql ?? quoteName(column),
  );
  const [part] = await session.rows(`SELECT 1 AS there FROM ${work('parts')} WHERE number = ? AND step = 'mask'`, [
    number,
  ]);
  if (!part) {
    await session.change(`DROP TABLE IF EXISTS ${to}`);
    await session.change(
      `CREATE TABLE ${to} (PRIMARY KEY (${keys.map(({ as }) => as).join(', ')})) ENGINE = InnoDB
       SELECT ${[...keys.map(({ name, as }) => `${name} AS ${as}`), ...columns].join(', ')} FROM ${source} LIMIT 0`,
    );
  }
  const into = [...keys.map(({ as }) => as), ...columns].join(', ');
  const values = [...keys.map(({ name }) => name), ...masked].join(', ');
  const rows = await walkParts(
    session,
    {
      number,
      step: 'mask',
      name: table.table,
      source,
      key: table.key,
      estimatedRows: table.estimatedRows,
      statement: (where) => `INSERT INTO ${to} (${into}) SELECT ${values} FROM ${source} WHERE ${where}`,
    },
    context,
  );
  await session.change(`UPDATE ${work('tables')} SET state = 'staged', next_id = ?, rows_after = ? WHERE number = ?`, [
    await nextId(session, source),
    rows,
    number,
  ]);
}

/** What the next row's number would be: only here are both servers exact. */
async function nextId(session: Session, table: string): Promise<string | null> {
  const [row] = await session.rows(`SHOW CREATE TABLE ${table}`);
  return /\n\)[^\n]* AUTO_INCREMENT=(\d+)/.exec(String(row?.['Create Table']))?.[1] ?? null;
}

/** Empties the table and brings its masked rows in. Needs no key of the masks. */
export async function bringBack(
  session: Session,
  { number, table, state }: NumberedTable & { state: string },
  context: RunContext,
): Promise<void> {
  const target = quoteName(context.plan.database, table.table);
  const from = work(stageTable(number));
  if (state !== 'emptied') {
    await context.database.withSession(async (own) => {
      await own.change('SET SESSION foreign_key_checks = 0');
      await own.change(`TRUNCATE TABLE ${target}`);
    });
    await session.change(`UPDATE ${work('tables')} SET state = 'emptied' WHERE number = ?`, [number]);
  }
  const columns = table.columns.map((column) => quoteName(column)).join(', ');
  const rows = await walkParts(
    session,
    {
      number,
      step: 'back',
      name: table.table,
      source: from,
      key: table.key.map(({ kind }, n) => ({ name: `mayfly_key_${n + 1}`, kind })),
      estimatedRows: table.estimatedRows,
      statement: (where) => `INSERT INTO ${target} (${columns}) SELECT ${columns} FROM ${from} WHERE ${where}`,
    },
    context,
  );
  const [row] = await session.rows(`SELECT next_id FROM ${work('tables')} WHERE number = ?`, [number]);
  if (row?.['next_id'] !== null) {
    await session.change(`ALTER TABLE ${target} AUTO_INCREMENT = ${String(row?.['next_id'])}`);
  }
  await finish(session, number, rows);
  await session.change(`DROP TABLE IF EXISTS ${from}`);
}
