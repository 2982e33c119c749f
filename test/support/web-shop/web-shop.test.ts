import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { openDatabase } from '../../../src/data/mysql/open-database.ts';
import { cover } from '../../../src/data/rules/cover.ts';
import { parseRuleSet } from '../../../src/data/rules/parse.ts';
import { readSchema } from '../../../src/data/schema/read-schema.ts';
import { describeOnMariaDb } from '../mariadb.ts';
import { createWebShop, WEB_SHOP_RULES } from './web-shop.ts';

describeOnMariaDb('the web shop', () => {
  let server: MariaDbServer;
  beforeAll(async () => {
    server = await startMariaDb();
  }, 60_000);
  afterAll(async () => await server.stop());

  it('has a rule set that says what becomes of every column', async () => {
    const parsed = parseRuleSet(await readFile(WEB_SHOP_RULES, 'utf8'));
    if (!parsed.ok) {
      throw new Error(parsed.problems.map(({ line, message }) => `${line}: ${message}`).join('\n'));
    }
    const { host, port, user, password } = server;
    const name = await server.createDatabase();
    const database = await openDatabase({ host, port, user, password, database: name, connections: 1 });
    await database.withSession(async (session) => await createWebShop(async (sql) => await session.change(sql)));
    const coverage = cover(parsed.ruleSet, await readSchema(database));
    expect(coverage.ok ? [] : coverage.problems).toEqual([]);
    await database.close();
  }, 60_000);
});
