import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { createDatabaseLook } from '../../../src/data/look/database-look.ts';
import { openDatabase } from '../../../src/data/mysql/open-database.ts';
import { TerminalError, TransientError } from '../../../src/domain/failure.ts';
import { MIGRATION_TOOLS } from '../../../src/domain/migrations/tools.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';

const { doctrine, flyway } = MIGRATION_TOOLS;
let server: MariaDbServer;
beforeAll(async () => {
  server = await startMariaDb();
}, 60_000);
afterAll(async () => await server.stop());

const place = () => ({ host: '127.0.0.1', port: server.port, user: server.user, password: server.password });

async function databaseWith(statements: readonly string[]): Promise<string> {
  const name = await server.createDatabase();
  const database = await openDatabase({ ...place(), database: name, connections: 1 });
  try {
    await database.withSession(async (session) => {
      for (const statement of statements) {
        await session.change(statement);
      }
    });
  } finally {
    await database.close();
  }
  return name;
}

describeOnMariaDb('the schema of a database', () => {
  it('is told by table, with columns as the server describes them, and indexes', async () => {
    const database = await databaseWith([
      `CREATE TABLE person (id INT NOT NULL AUTO_INCREMENT, name VARCHAR(35), born DATE NOT NULL DEFAULT '2000-01-01',
        PRIMARY KEY (id), UNIQUE KEY by_name (name(10), born), KEY plain (born))`,
      "INSERT INTO person (name) VALUES ('nobody is to see this')",
      'CREATE VIEW named AS SELECT name FROM person',
    ]);
    const { schema, rows } = await createDatabaseLook().schema(place(), { database, table: 'none', tool: doctrine });

    expect(rows).toBeNull();
    expect(schema).toEqual({
      tables: [
        { name: 'named', columns: [{ name: 'name', type: 'varchar(35)' }], indexes: [] },
        {
          name: 'person',
          columns: [
            { name: 'id', type: 'int(11) not null auto_increment' },
            { name: 'name', type: 'varchar(35)' },
            { name: 'born', type: "date not null default '2000-01-01'" },
          ],
          indexes: [
            { name: 'by_name', over: 'unique (name(10), born)' },
            { name: 'plain', over: '(born)' },
            { name: 'PRIMARY', over: 'unique (id)' },
          ],
        },
      ],
    });
  });

  it('comes with what a tool wrote down, in its order', async () => {
    const database = await databaseWith([
      `CREATE TABLE flyway_schema_history (installed_rank INT PRIMARY KEY, version VARCHAR(50), type VARCHAR(20), success BOOL)`,
      "INSERT INTO flyway_schema_history VALUES (2, '10', 'SQL', 1), (1, '9', 'SQL', 1), (3, NULL, 'SQL', 1), (4, '11', 'SQL', 0)",
      'CREATE TABLE migrations (version VARCHAR(191) PRIMARY KEY)',
      "INSERT INTO migrations VALUES ('M\\\\Version2'), ('M\\\\Version1')",
    ]);
    const look = createDatabaseLook();
    const ran = await look.schema(place(), { database, table: flyway.table, tool: flyway });
    expect(flyway.historyOf(ran.rows ?? [])).toEqual({ ids: ['9', '10'], floor: null });
    const other = await look.schema(place(), { database, table: 'migrations', tool: doctrine });
    expect(doctrine.historyOf(other.rows ?? []).ids).toEqual(['1', '2']);
    // Of another tool than that.
    expect(await look.schema(place(), { database, table: 'migrations', tool: flyway })).toMatchObject({ rows: null });
  });

  it('is not known of a server that refuses or is not there, nor of one that is slow', async () => {
    const request = { database: 'information_schema', table: 'x', tool: doctrine };
    const look = createDatabaseLook();
    await expect(look.schema({ ...place(), password: 'not-it' }, request)).rejects.toThrow(TerminalError);
    await expect(look.schema({ ...place(), port: 1 }, request)).rejects.toThrow(TransientError);
    await expect(createDatabaseLook({ schemaLimitMs: 0 }).schema(place(), request)).rejects.toThrow(TransientError);
  });
});
