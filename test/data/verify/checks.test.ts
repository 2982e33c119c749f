import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { openDatabase } from '../../../src/data/mysql/open-database.ts';
import type { Database } from '../../../src/data/mysql/session.ts';
import type { CoveredTable } from '../../../src/data/rules/covered.ts';
import type { SmokeQuery } from '../../../src/data/rules/rule-set.ts';
import { readSchema } from '../../../src/data/schema/read-schema.ts';
import { checkCounts, countTables } from '../../../src/data/verify/check-counts.ts';
import { checkReferences } from '../../../src/data/verify/check-references.ts';
import { checkSmoke } from '../../../src/data/verify/check-smoke.ts';
import { checkUniqueness } from '../../../src/data/verify/check-uniqueness.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { covered } from '../../support/masked-database.ts';

let server: MariaDbServer;
let database: Database;

beforeAll(async () => {
  server = await startMariaDb();
}, 60_000);
afterAll(async () => await server.stop());
beforeEach(async () => {
  database = await openDatabase({ ...server, database: await server.createDatabase(), connections: 2 });
  await change(
    'CREATE TABLE `own ``er` (a INT, b VARCHAR(9), PRIMARY KEY (a, b))',
    'CREATE TABLE `order` (id INT PRIMARY KEY, a INT, b VARCHAR(9), code VARCHAR(9), UNIQUE KEY by_code (code), CONSTRAINT fk_owner FOREIGN KEY (a, b) REFERENCES `own ``er` (a, b) ON DELETE CASCADE)',
    "INSERT INTO `own ``er` VALUES (1, 'x'), (2, 'y')",
    "INSERT INTO `order` VALUES (1, 1, 'x', 'c1'), (2, 2, 'y', NULL), (3, NULL, 'gone', NULL)",
  );
});
afterEach(async () => await database.close());

async function change(...statements: string[]): Promise<void> {
  await database.withSession(async (session) => {
    for (const sql of statements) {
      await session.change(sql);
    }
  });
}

describeOnMariaDb('checking foreign keys', () => {
  it('passes where every row finds its parent, or refers to none', async () => {
    expect(await checkReferences(database, await readSchema(database))).toEqual([
      { name: 'foreign key fk_owner of order', passed: true, detail: 'every row of order finds its own `er' },
    ]);
  });

  it('tells how many rows refer to nothing', async () => {
    await change('SET foreign_key_checks = 0', 'DELETE FROM `own ``er` WHERE a = 1', 'SET foreign_key_checks = 1');
    expect(await checkReferences(database, await readSchema(database))).toEqual([
      expect.objectContaining({ passed: false, detail: '1 rows of order refer by a, b to nothing in own `er' }),
    ]);
  });
});

describeOnMariaDb('checking unique keys', () => {
  it('passes each primary and unique key', async () => {
    expect(await checkUniqueness(database, await readSchema(database))).toEqual([
      { name: 'unique key PRIMARY of order', passed: true, detail: 'no two rows are equal' },
      { name: 'unique key by_code of order', passed: true, detail: 'no two rows are equal' },
      { name: 'unique key PRIMARY of own `er', passed: true, detail: 'no two rows are equal' },
    ]);
  });

  it('tells where two rows are equal', async () => {
    const schema = await readSchema(database);
    await change('ALTER TABLE `order` DROP KEY by_code', "UPDATE `order` SET code = 'c1' WHERE id = 2");
    expect((await checkUniqueness(database, schema)).filter(({ passed }) => !passed)).toEqual([
      { name: 'unique key by_code of order', passed: false, detail: 'two rows are equal in code' },
    ]);
  });
});

describeOnMariaDb('checking counts', () => {
  async function check(rules: Record<string, Partial<CoveredTable>>, after: Record<string, number>) {
    const schema = await readSchema(database);
    const before = await countTables(database, schema);
    const tables = covered(schema, {}).map((each) => ({ ...each, ...rules[each.table.name] }));
    const counts = [...before].map(([table, rows]) => ({ table, before: rows, after: after[table] ?? rows }));
    const checks = checkCounts({ counts, tables, foreignKeys: schema.foreignKeys });
    return checks.filter(({ passed }) => !passed).map(({ name, detail }) => `${name}: ${detail}`);
  }
  const someGo = { rows: [{ kind: 'delete-where', condition: 'a = 1' }] } as const;

  it('passes when every row is still there', async () => {
    expect(await check({}, {})).toEqual([]);
  });

  it('refuses that a table loses rows without a rule, or gains any', async () => {
    expect(await check({}, { order: 2, 'own `er': 3 })).toEqual([
      'rows of order: 2 of 3 rows are left, and no rule deletes any',
      'rows of own `er: 3 rows after, 2 before',
    ]);
  });

  it('lets rows go with a rule, and those of a child with their parents', async () => {
    expect(await check({ 'own `er': someGo }, { order: 2, 'own `er': 1 })).toEqual([]);
    expect(await check({ order: someGo }, { 'own `er': 1 })).toHaveLength(1);
  });

  it('refuses a truncated table that has rows', async () => {
    expect(await check({ order: { rows: [{ kind: 'truncate' }] } }, { order: 1 })).toEqual([
      'rows of order: 1 rows are in a table that the rules truncate',
    ]);
  });
});

describeOnMariaDb('asking a rule set’s own questions', () => {
  async function ask(sql: string, answer: Partial<SmokeQuery> = {}) {
    const [check] = await checkSmoke(database, [{ name: 'q', sql, atLeast: undefined, equals: undefined, ...answer }]);
    return check?.passed;
  }

  it.each<[string, Partial<SmokeQuery>, boolean]>([
    ['SELECT COUNT(*) FROM `order`', { atLeast: 3 }, true],
    ['SELECT COUNT(*) FROM `order`', { atLeast: 4 }, false],
    ['SELECT COUNT(*) FROM `order`', { equals: 3 }, true],
    ['SELECT code FROM `order` WHERE id = 1', { equals: 'c1' }, true],
    ['SELECT code FROM `order` WHERE id = 1', { equals: 'c2' }, false],
    ['SELECT code FROM `order` WHERE id = 99', { equals: 'c1' }, false],
    ['WITH a AS (SELECT 1 AS n) SELECT n FROM a', { equals: 1 }, true],
    ['SELECT 1.50', { equals: 1.5 }, true],
  ])('%s, %j: %s', async (sql, answer, passed) => {
    expect(await ask(sql, answer)).toBe(passed);
  });

  it.each([
    'DELETE FROM `order`',
    '/* SELECT */ DELETE FROM `order`',
    '/*! DELETE FROM `order` */',
    "SELECT 1 INTO OUTFILE '/tmp/never-written'",
    'SELECT 1; DELETE FROM `order`',
    'SELECT nothing FROM nowhere',
    'WITH a AS (SELECT 1) DELETE FROM `order`',
    'SELECT * FROM `order` FOR UPDATE; COMMIT',
    '',
  ])('fails for %s, and changes nothing', async (sql) => {
    expect(await ask(sql)).toBe(false);
    expect((await countTables(database, await readSchema(database))).get('order')).toBe(3);
  });

  it('tells no answer', async () => {
    const checks = await checkSmoke(database, [
      { name: 'q', sql: "SELECT 'somebody'", atLeast: undefined, equals: 'else' },
    ]);
    expect(JSON.stringify(checks)).not.toContain('somebody');
  });
});
