import type { MariaDbServer } from '../../../sim/mariadb/mariadb-server.ts';
import { quoteName } from '../../../src/data/mysql/quote-name.ts';
import { quoteValue } from '../../../src/data/mysql/quote-value.ts';
import { type GeneratedSchema, KEY_LENGTH, WORDS } from './generated-schema.ts';
import { ask } from './stranger.ts';

type Row = Readonly<Record<string, string | null>>;

/** What two tables hold, and which of their rows belong together. */
export interface Rows {
  /** Each text as the bytes that it has in UTF-8. */
  readonly tables: readonly [readonly Row[], readonly Row[]];
  readonly references: readonly unknown[];
}

/** Rows that are equal to others where that may not be are left out by the server itself. */
export function statements(generated: GeneratedSchema): string[] {
  const { names, columns, rows } = generated;
  const [parent = '', child = ''] = names.map((name) => quoteName(name));
  const own = columns.map((_, n) => `c${n}`);
  return [
    ...tables(generated),
    insert(
      parent,
      ['id', 'part', 'code', ...own],
      rows.map((row, id) => [
        id,
        at(row, 0) % 3,
        wordAt(row, 1) ?? '',
        ...columns.map(({ lengths }, n) => wordAt(row, 2 + n)?.slice(0, lengths[0]) ?? null),
      ]),
    ),
    `UPDATE IGNORE ${parent} a JOIN ${parent} b ON b.id = a.id DIV 2 SET a.boss_part = b.part, a.boss = b.code WHERE a.id > 0`,
    insert(
      child,
      ['part', 'of', ...own],
      rows.map((row) => [
        at(row, 0) % 3,
        at(row, 7) % 4 === 0 ? null : (wordAt(row, 1) ?? ''),
        ...columns.map(({ lengths }, n) => wordAt(row, 7 - n)?.slice(0, lengths[1]) ?? null),
      ]),
    ),
  ];
}

function tables({ names, columns, keyCollation, isComposite }: GeneratedSchema): string[] {
  const [parent, child] = names.map((name) => quoteName(name));
  const own = (side: 0 | 1) =>
    columns.flatMap(({ lengths, collations, areUnique }, n) => [
      `c${n} ${textType(lengths[side], collations[side])} NULL`,
      ...(areUnique[side] ? [`UNIQUE KEY (c${n})`] : []),
    ]);
  const key = textType(KEY_LENGTH, keyCollation);
  const referred = isComposite ? '(part, code)' : '(code)';
  const referring = (part: string, code: string) =>
    `FOREIGN KEY (${isComposite ? `${part}, ` : ''}${code}) REFERENCES ${parent} ${referred}`;
  return [
    `CREATE TABLE ${parent} (id INT NOT NULL UNIQUE, part INT NOT NULL, code ${key} NOT NULL, boss_part INT NULL, boss ${key} NULL,
       ${own(0).join(', ')}, PRIMARY KEY ${referred}, ${referring('boss_part', 'boss')})`,
    `CREATE TABLE ${child} (id INT NOT NULL PRIMARY KEY AUTO_INCREMENT, part INT NULL, of ${key} NULL,
       ${own(1).join(', ')}, ${referring('part', 'of')})`,
  ];
}

function textType(length: number, collation: string): string {
  return `VARCHAR(${length}) CHARACTER SET ${collation.split('_')[0]} COLLATE ${collation}`;
}

function insert(
  table: string,
  columns: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  const values = rows.map((row) => `(${row.map(quoteValue).join(', ')})`).join(', ');
  return `INSERT IGNORE INTO ${table} (${columns.join(', ')}) VALUES ${values}`;
}

function at(row: readonly number[], place: number): number {
  return row[place] ?? 0;
}

function wordAt(row: readonly number[], place: number): string | undefined {
  return WORDS[at(row, place)];
}

export async function rowsOf(
  server: MariaDbServer,
  database: string,
  { names, columns, isComposite }: GeneratedSchema,
): Promise<Rows> {
  const [parent = '', child = ''] = names.map((name) => quoteName(name));
  const texts = columns.map((_, n) => `c${n}`);
  const select = async (table: string, all: readonly string[]) =>
    await ask<Row>(
      server,
      database,
      `SELECT id, ${all.map((name) => `HEX(CONVERT(${name} USING utf8mb4)) AS ${name}`).join(', ')} FROM ${table} ORDER BY id`,
    );
  const pairs = async (from: string, { code, part }: { code: string; part: string }) =>
    await ask(
      server,
      database,
      `SELECT c.id, p.id AS parent FROM ${from} c JOIN ${parent} p ON p.code = c.${code} ${isComposite ? `AND p.part = c.${part}` : ''} ORDER BY c.id, p.id`,
    );
  return {
    tables: [await select(parent, ['code', 'boss', ...texts]), await select(child, ['of', ...texts])],
    references: [
      await pairs(child, { code: 'of', part: 'part' }),
      await pairs(parent, { code: 'boss', part: 'boss_part' }),
    ],
  };
}
