import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { quoteName } from '../../../src/data/mysql/quote-name.ts';
import { type CoveredColumn, passportProblem } from '../../../src/domain/passport.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import {
  anonymise,
  ask,
  copyOf,
  createLicensing,
  createShop,
  type Desk,
  differences,
  dump,
  type Ended,
  hasWorkDatabase,
  LICENSING_RULES,
  openDesk,
  SHOP_RULES,
} from './stranger.ts';

/** What the rules of the licensing example delete, as anybody would without them. */
const LICENSING_DELETIONS = [
  "DELETE FROM person WHERE deleted_date < '2018-01-01'",
  "DELETE FROM event_history WHERE event_datetime < '2020-11-26'",
  "DELETE FROM retrieval_link WHERE expires_at < '2025-03-01'",
];
const LICENSING_TRUNCATED = ['queue', 'import_log'];
const CASES = [
  {
    name: 'the licensing data',
    rules: LICENSING_RULES,
    deletions: LICENSING_DELETIONS,
    truncated: LICENSING_TRUNCATED,
  },
  { name: 'the web shop', rules: SHOP_RULES, deletions: [], truncated: [] },
] as const;

describeOnMariaDb('a whole run', () => {
  describe.each(CASES)('$name, masked by its rules', ({ name, rules, deletions, truncated }) => {
    let server: MariaDbServer;
    let desk: Desk;
    let before: string;
    let original: string;
    let database: string;
    let ended: Ended;
    beforeAll(async () => {
      server = await startMariaDb();
      desk = await openDesk();
      database = name === 'the web shop' ? await createShop(server) : await createLicensing(server, 300);
      before = await dump(server, database);
      original = await copyOf(server, before);
      for (const table of truncated) {
        await ask(server, original, `TRUNCATE TABLE ${table}`);
      }
      ended = await anonymise(server, desk, { database, rules, args: ['--as-of', '2026-11-26'] });
    }, 120_000);
    afterAll(async () => {
      await server.stop();
      await desk.close();
    });

    it('ends with 0 and a passport that anybody with the public key can read and that lets it be cloned', async () => {
      expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining(': 0 findings, ') });
      expect(ended.passport && passportProblem(ended.passport)).toBeUndefined();
      expect(ended.passport?.scan.findings).toEqual([]);
      expect(ended.passport?.columns.length).toBe(await columnsOf(server, database));
      expect(await hasWorkDatabase(server)).toBe(false);
    });

    it('has the schema that it had: tables, keys, defaults, next numbers, triggers and views', async () => {
      const schema = async (of: string) => await dump(server, of, ['--no-data']);
      expect(differences(await schema(database), await schema(original))).toEqual([]);
    });

    it('holds no word of what it masked, but for what it keeps elsewhere', async () => {
      const after = unescaped(await dump(server, database));
      const columns = ended.passport?.columns ?? [];
      const stays = ({ mask }: CoveredColumn) => mask === 'keep' || mask === 'shuffle';
      const masked = columns.filter((column) => !stays(column));
      const kept = [...(await valuesOf(server, original, columns.filter(stays)))].join('\n');
      const values = await valuesOf(server, original, masked);
      expect([...values].filter((value) => after.includes(value) && !kept.includes(value))).toEqual([]);
      expect(values.size).toBeGreaterThan(100);
    }, 20_000);

    it('answers the questions of the application as one from which the same rows were deleted', async () => {
      await strip(server, original, deletions);
      const asked = await questions(server, database);
      expect(asked.length).toBeGreaterThan(5);
      for (const question of asked) {
        const [now, then] = [await ask(server, database, question), await ask(server, original, question)];
        expect({ question, rows: now }).toEqual({ question, rows: then });
      }
    }, 20_000);
  });

  async function columnsOf(server: MariaDbServer, database: string): Promise<number> {
    const [row] = await ask<{ n: number }>(
      server,
      database,
      `SELECT COUNT(*) AS n FROM information_schema.COLUMNS JOIN information_schema.TABLES USING (TABLE_SCHEMA, TABLE_NAME)
     WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE'`,
    );
    return row?.n ?? 0;
  }

  /** Long enough, and of more than one word or with a digit or an @, so that it is somebody's and no word of the language. */
  async function valuesOf(
    server: MariaDbServer,
    database: string,
    columns: readonly CoveredColumn[],
  ): Promise<ReadonlySet<string>> {
    const values = new Set<string>();
    for (const [table, own] of Map.groupBy(columns, (column) => column.table)) {
      const names = own.map(({ column }) => quoteName(column)).join(', ');
      const rows = await ask(server, database, `SELECT ${names} FROM ${quoteName(table)}`);
      for (const value of rows.flatMap((row) => Object.values(row))) {
        if (
          typeof value === 'string' &&
          value.length >= 7 &&
          /[\d@ ]/.test(value) &&
          !/^\W*$|^[-\d: .]*$/.test(value)
        ) {
          values.add(value.toLowerCase());
        }
      }
    }
    return values;
  }

  function unescaped(dumped: string): string {
    return dumped.replace(/\\(['"\\])/g, '$1').toLowerCase();
  }

  async function strip(server: MariaDbServer, database: string, deletions: readonly string[]): Promise<void> {
    for (const { name } of await ask<{ name: string }>(
      server,
      database,
      'SELECT TRIGGER_NAME AS name FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()',
    )) {
      await ask(server, database, `DROP TRIGGER ${quoteName(name)}`);
    }
    for (const deletion of deletions) {
      await ask(server, database, deletion);
    }
  }

  /** How many rows there are, how many of them have each parent, and what is NULL: nothing of it is a value. */
  async function questions(server: MariaDbServer, database: string): Promise<string[]> {
    const keys = await ask<{ child: string; parent: string; pairs: string }>(
      server,
      database,
      `SELECT TABLE_NAME AS child, REFERENCED_TABLE_NAME AS parent,
       GROUP_CONCAT(CONCAT('c.\`', COLUMN_NAME, '\` = p.\`', REFERENCED_COLUMN_NAME, '\`') SEPARATOR ' AND ') AS pairs
     FROM information_schema.KEY_COLUMN_USAGE WHERE TABLE_SCHEMA = DATABASE() AND REFERENCED_TABLE_NAME IS NOT NULL
     GROUP BY TABLE_NAME, REFERENCED_TABLE_NAME, CONSTRAINT_NAME`,
    );
    const tables = await ask<{ name: string }>(
      server,
      database,
      'SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()',
    );
    return [
      ...tables.map(({ name }) => `SELECT COUNT(*) AS n FROM ${quoteName(name)}`),
      ...keys.map(
        ({ child, parent, pairs }) =>
          `SELECT COUNT(*) AS n FROM ${quoteName(child)} c JOIN ${quoteName(parent)} p ON ${pairs}`,
      ),
      // How many children the parents have, without saying which: the shape of the data.
      ...keys.map(
        ({ child, parent, pairs }) =>
          `SELECT children, COUNT(*) AS parents FROM (SELECT COUNT(*) AS children FROM ${quoteName(parent)} p JOIN ${quoteName(child)} c ON ${pairs} GROUP BY ${pairs
            .split(' AND ')
            .map((pair) => pair.split(' = ')[1])
            .join(', ')}) AS counted GROUP BY children ORDER BY children`,
      ),
    ];
  }
});
