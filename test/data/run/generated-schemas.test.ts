import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { quoteName } from '../../../src/data/mysql/quote-name.ts';
import { quoteValue } from '../../../src/data/mysql/quote-value.ts';
import type { Database, SqlValue } from '../../../src/data/mysql/session.ts';
import type { Mask } from '../../../src/data/rules/rule-set.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { ask, DRAWN, forget, HASH, mask, openFresh, type TestRules } from './masked-database.ts';

/** A parent with a text key that is masked, and a child that refers to it, to itself, and says the same texts elsewhere. */
interface Generated {
  readonly names: readonly [string, string];
  readonly composite: boolean;
  readonly parentMask: Mask;
  readonly unique: boolean;
  readonly parents: readonly string[];
  readonly children: readonly {
    readonly parent: number | null;
    readonly said: number | null;
    readonly self: number | null;
  }[];
  readonly deletedBelow: number;
  readonly onDelete: 'CASCADE' | 'SET NULL';
}

const TEXT = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
  fc.constantFrom("O'Brien", 'Siân', 'ŵ 🚰', '?', '\\', '`', '--', '%_', 'NULL'),
);
/** As the server compares: without case, accents or spaces at the end. Two texts it could take for one are left to it. */
const PARENTS = fc.uniqueArray(
  TEXT.map((text) => text.replaceAll('\0', '').trim()).filter((text) => text !== '' && text.length <= 20),
  {
    minLength: 1,
    maxLength: 12,
  },
);
const GENERATED: fc.Arbitrary<Generated> = fc.record({
  names: fc.constantFrom<[string, string]>(['parent', 'child'], ['order by', 'ta`ble'], ['a?b', 'select'], ['z', 'a']),
  composite: fc.boolean(),
  parentMask: fc.constantFrom<Mask>(DRAWN, HASH),
  unique: fc.boolean(),
  parents: PARENTS,
  children: fc.array(
    fc.record({
      parent: fc.option(fc.nat(11)),
      said: fc.option(fc.nat(11)),
      self: fc.option(fc.nat(30)),
    }),
    { maxLength: 30 },
  ),
  deletedBelow: fc.nat(6),
  onDelete: fc.constantFrom('CASCADE' as const, 'SET NULL' as const),
});

describeOnMariaDb('over generated schemas', () => {
  let server: MariaDbServer;
  beforeAll(async () => {
    server = await startMariaDb();
  }, 60_000);
  afterAll(async () => await server.stop());

  it('duplicate values stay equal, unique stays unique, foreign keys hold', async () => {
    await fc.assert(
      fc.asyncProperty(GENERATED, async (generated) => {
        await forget(server);
        const database = await openFresh(server, statements(generated));
        try {
          await holds(database, generated);
        } finally {
          await database.close();
        }
      }),
      { numRuns: 20 },
    );
  }, 120_000);
});

function statements({ names, composite, unique, parents, children, onDelete }: Generated): string[] {
  const [parent, child] = names.map((name) => quoteName(name));
  const values = (rows: readonly (readonly SqlValue[])[]) =>
    rows.map((row) => `(${row.map(quoteValue).join(', ')})`).join(', ');
  const at = (n: number | null) => (n === null ? null : (parents[n % parents.length] ?? null));
  const rows = children.map(({ parent: of, said, self }, id) => [
    id,
    id % 3,
    at(of),
    at(said),
    self === null || self >= id ? null : self,
  ]);
  return [
    `CREATE TABLE ${parent} (\`name of\` VARCHAR(20) COLLATE utf8mb4_bin ${unique ? 'NOT NULL UNIQUE, id INT AUTO_INCREMENT PRIMARY KEY' : 'PRIMARY KEY, id INT'}, n INT)`,
    `CREATE TABLE ${child} (id INT NOT NULL, part INT NOT NULL, of_parent VARCHAR(20) COLLATE utf8mb4_bin, said VARCHAR(64) COLLATE utf8mb4_bin, self INT, ${composite ? 'PRIMARY KEY (part, id), UNIQUE KEY (id)' : 'PRIMARY KEY (id)'}, FOREIGN KEY (of_parent) REFERENCES ${parent} (\`name of\`) ON DELETE ${onDelete}, FOREIGN KEY (self) REFERENCES ${child} (id) ON DELETE ${onDelete})`,
    `INSERT INTO ${parent} (\`name of\`, n) VALUES ${values(parents.map((name, n) => [name, n]))}`,
    ...(rows.length === 0 ? [] : [`INSERT INTO ${child} VALUES ${values(rows)}`]),
  ];
}

async function holds(database: Database, generated: Generated): Promise<void> {
  const { names, parentMask, parents, children, deletedBelow } = generated;
  const [parent, child] = names.map((name) => quoteName(name));
  const rules: Record<string, TestRules> = {
    [names[0]]: {
      columns: { 'name of': parentMask },
      rows: [{ kind: 'delete-where', condition: `n < ${deletedBelow}` }],
    },
    [names[1]]: { columns: { of_parent: parentMask, said: HASH } },
  };
  const before = await ask(database, `SELECT id, said FROM ${child} ORDER BY id`);
  const { counts } = await mask(database, rules, { chunkRows: 3 });
  const count = (name: string) => counts.find(({ table }) => table === name);
  const left = Math.max(0, parents.length - deletedBelow);
  expect(count(names[0])).toEqual({ table: names[0], before: parents.length, after: left });
  expect(count(names[1])?.before).toBe(children.length);
  const [facts] = await ask(
    database,
    `SELECT (SELECT COUNT(DISTINCT \`name of\`) FROM ${parent}) AS parents, (SELECT COUNT(*) FROM ${child}) AS children,
       (SELECT COUNT(*) FROM ${child} c LEFT JOIN ${parent} p ON p.\`name of\` = c.of_parent WHERE c.of_parent IS NOT NULL AND p.n IS NULL) AS orphans,
       (SELECT COUNT(*) FROM ${child} c LEFT JOIN ${child} p ON p.id = c.self WHERE c.self IS NOT NULL AND p.id IS NULL) AS lost`,
  );
  expect(facts).toEqual({ parents: left, children: count(names[1])?.after, orphans: 0, lost: 0 });
  const after = await ask(database, `SELECT id, said FROM ${child} ORDER BY id`);
  const originals = new Map(before.map(({ id, said }) => [id, said]));
  // What was equal is equal, and NULL is NULL.
  for (const one of after) {
    expect(one['said'] === null).toBe(originals.get(one['id'] ?? null) === null);
    for (const other of after) {
      const wereEqual = originals.get(one['id'] ?? null) === originals.get(other['id'] ?? null);
      expect(!wereEqual || one['said'] === other['said']).toBe(true);
    }
  }
}
