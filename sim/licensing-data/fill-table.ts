import { escapeId, escape as literal } from 'mysql2';
import { rowOf, type TableData, type World } from './table-data.ts';

/** Runs one statement of a session: always the same, as its variables are set. */
export type RunStatement = (sql: string) => Promise<unknown>;

const AT_ONCE = 500;
/** Rows beyond so many are copies that the server makes. */
const WRITTEN_AT_MOST = 20_000;

/** Puts as many rows into the table, which is empty, as the world says. */
export async function fillTable(run: RunStatement, data: TableData, world: World): Promise<void> {
  const rows = world.count(data.table);
  const written = Math.min(rows, WRITTEN_AT_MOST);
  for (let first = 1; first <= written; first += AT_ONCE) {
    await run(insert(data, { first, last: Math.min(written, first + AT_ONCE - 1) }, world));
  }
  await grow(run, data, { from: written, to: rows });
}

function insert(data: TableData, { first, last }: { first: number; last: number }, world: World): string {
  const rows = Array.from({ length: last - first + 1 }, (_, index) => rowOf(data, first + index, world));
  const columns = Object.keys(rows[0] ?? {});
  const values = rows.map((row) => `(${columns.map((column) => literal(row[column])).join(', ')})`);
  return `INSERT INTO ${quoted(data.table)} (${columns.map(quoted).join(', ')}) VALUES\n${values.join(',\n')}`;
}

async function grow(run: RunStatement, data: TableData, { from, to }: { from: number; to: number }): Promise<void> {
  const columns = Object.keys(rowOf(data, 1, { seed: 0, count: () => 1, idIn: () => 1 }));
  for (let have = from; have < to; have += Math.min(have, to - have)) {
    const id = `(id + ${have})`;
    const copied = columns.map((name) => (name === 'id' ? id : (data.ofCopy?.[name]?.(id) ?? quoted(name))));
    await run(
      `INSERT INTO ${quoted(data.table)} (${columns.map(quoted).join(', ')}) SELECT ${copied.join(', ')}
       FROM ${quoted(data.table)} WHERE id <= ${Math.min(have, to - have)} ORDER BY id`,
    );
  }
}

function quoted(name: string): string {
  return escapeId(name, true);
}
