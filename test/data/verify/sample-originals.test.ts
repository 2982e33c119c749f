import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { openDatabase } from '../../../src/data/mysql/open-database.ts';
import type { Database, SqlRow } from '../../../src/data/mysql/session.ts';
import { readSchema } from '../../../src/data/schema/read-schema.ts';
import { sampleOriginals } from '../../../src/data/verify/sample-originals.ts';
import { KEY_VARIABLE, sessionKey } from '../../../src/data/work-database.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { covered } from '../../support/masked-database.ts';

const KEY = 'a key of the tests, of more than 32 characters';
let server: MariaDbServer;
let database: Database;

beforeAll(async () => {
  server = await startMariaDb();
}, 60_000);
afterAll(async () => await server.stop());
beforeEach(async () => {
  database = await openDatabase({ ...server, database: await server.createDatabase(), connections: 2 });
});
afterEach(async () => await database.close());

/** A table of the numbers that `id` makes of 1 to 60,000. */
async function createNumbered(type: string, id: string): Promise<void> {
  await database.withSession(async (session) => {
    await session.change(`CREATE TABLE person (id ${type} PRIMARY KEY, forename VARCHAR(40), note VARCHAR(40))`);
    await session.change(`INSERT INTO person SELECT ${id}, CONCAT('Name ', seq), 'kept' FROM seq_1_to_60000`);
  });
}

interface Seen {
  readonly rows: readonly SqlRow[];
  /** Rows of the table that the server read for it. */
  readonly read: number;
}

async function sample(key = KEY): Promise<Seen> {
  const [table] = covered(await readSchema(database), { 'person.forename': { kind: 'fake', of: 'given-name' } });
  if (!table) {
    throw new Error('there is no table');
  }
  return await database.withSession(async (session) => {
    await session.remember(KEY_VARIABLE, sessionKey(key));
    const before = await readSoFar();
    const rows = await sampleOriginals(session, { database: database.name, covered: table, key });
    return { rows, read: (await readSoFar()) - before };

    async function readSoFar(): Promise<number> {
      const [row] = await session.rows(
        `SELECT SUM(variable_value) AS n FROM information_schema.session_status
         WHERE variable_name IN ('HANDLER_READ_KEY', 'HANDLER_READ_NEXT', 'HANDLER_READ_RND_NEXT', 'HANDLER_READ_FIRST')`,
      );
      return Number(row?.['n']);
    }
  });
}

describeOnMariaDb('which rows of the original are marked', () => {
  it('looks four thousand rows of a long table up, and does not read the others', async () => {
    await createNumbered('INT', 'seq');
    const { rows, read } = await sample();
    expect(new Set(rows.map(({ id }) => id)).size).toBe(4000);
    expect(rows.every(({ id, forename, note }) => forename === `Name ${String(id)}` && note === undefined)).toBe(true);
    expect(read).toBeLessThan(10_000);
  });

  it('takes them from all parts of the table', async () => {
    await createNumbered('INT', 'seq');
    const { rows } = await sample();
    const inSixths = Array.from(
      { length: 6 },
      (_, part) => rows.filter(({ id }) => Math.floor((Number(id) - 1) / 10_000) === part).length,
    );
    expect(Math.min(...inSixths)).toBeGreaterThan(500);
  });

  it('takes the same ones again, and others with another key', async () => {
    await createNumbered('INT', 'seq');
    const [first, again, other] = [await sample(), await sample(), await sample(`${KEY}.`)];
    expect(again.rows).toEqual(first.rows);
    expect(other.rows).not.toEqual(first.rows);
  });

  it('finds them between gaps, and among the largest and the smallest numbers', async () => {
    await createNumbered('BIGINT UNSIGNED', '18446744073709551615 - 2 * seq');
    expect(new Set((await sample()).rows.map(({ id }) => String(id))).size).toBe(4000);
    await database.withSession(async (session) => await session.change('DROP TABLE person'));
    await createNumbered('BIGINT', '-9223372036854775807 + 3 * CAST(seq AS SIGNED)');
    expect(new Set((await sample()).rows.map(({ id }) => String(id))).size).toBe(4000);
  });

  it('looks at all rows where most numbers are gaps', async () => {
    await createNumbered('BIGINT', 'seq * 1000');
    const { rows, read } = await sample();
    expect(new Set(rows.map(({ id }) => id)).size).toBe(4000);
    expect(read).toBeGreaterThan(60_000);
  });
});
