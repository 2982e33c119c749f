import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { openDatabase } from '../../../src/data/mysql/open-database.ts';
import type { Database } from '../../../src/data/mysql/session.ts';
import { readSchema } from '../../../src/data/schema/read-schema.ts';
import { schemaDigest } from '../../../src/data/schema/schema-digest.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';

const STATEMENTS = [
  "CREATE TABLE `or``der` (id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY, `e mail` VARCHAR(40) NOT NULL UNIQUE, doc JSON, note TEXT, raw VARBINARY(9), kind ENUM('a','b'), up VARCHAR(40) AS (UPPER(`e mail`)) VIRTUAL, at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, made DATETIME DEFAULT CURRENT_TIMESTAMP)",
  'CREATE TABLE line (a INT, b BIGINT UNSIGNED, `order` INT UNSIGNED, PRIMARY KEY (b, a), CONSTRAINT of_order FOREIGN KEY (`order`) REFERENCES `or``der` (id) ON DELETE CASCADE)',
  'CREATE VIEW seen AS SELECT a FROM line',
  'CREATE TRIGGER told BEFORE INSERT ON line FOR EACH ROW SET NEW.a = 1',
  'CREATE SEQUENCE numbers',
];

describeOnMariaDb('the schema as the server tells it', () => {
  let server: MariaDbServer;
  let database: Database;
  beforeAll(async () => {
    server = await startMariaDb();
    database = await openDatabase({ ...server, database: await server.createDatabase(), connections: 2 });
    await database.withSession(async (session) => {
      for (const statement of STATEMENTS) {
        await session.change(statement);
      }
    });
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  it('tells tables, views, foreign keys and triggers', async () => {
    const { tables, views, foreignKeys, triggers } = await readSchema(database);
    expect(tables.map(({ name, primaryKey }) => [name, primaryKey])).toEqual([
      ['line', ['b', 'a']],
      ['or`der', ['id']],
    ]);
    expect(tables[1]?.uniqueKeys).toEqual([{ name: 'e mail', columns: ['e mail'] }]);
    expect(views).toEqual(['seen']);
    expect(triggers).toEqual([{ name: 'told', table: 'line' }]);
    expect(foreignKeys).toEqual([
      {
        name: 'of_order',
        table: 'line',
        columns: ['order'],
        referencedTable: 'or`der',
        referencedColumns: ['id'],
        onDelete: 'CASCADE',
      },
    ]);
  });

  it('tells what a mask has to know of a column', async () => {
    const { tables } = await readSchema(database);
    const columns = Object.fromEntries((tables[1]?.columns ?? []).map((column) => [column.name, column]));
    expect(columns['e mail']).toMatchObject({ kind: 'text', maxLength: 40, charset: 'utf8mb4', nullable: false });
    expect(columns['id']).toMatchObject({ kind: 'integer', isAutoIncrement: true });
    expect(columns['doc']).toMatchObject({ kind: 'json', maxLength: undefined, collation: undefined });
    expect(columns['note']).toMatchObject({ kind: 'text', maxLength: 16_383 });
    expect(columns['raw']).toMatchObject({ kind: 'binary', maxLength: 9 });
    expect(columns['up']).toMatchObject({ isGenerated: true });
    expect(columns['at']).toMatchObject({ followsUpdates: true, isGenerated: false });
    expect(columns['made']).toMatchObject({ followsUpdates: false, isGenerated: false });
  });

  it('has another digest when a column is another', async () => {
    const before = schemaDigest(await readSchema(database));
    await database.withSession(async (session) => await session.change('ALTER TABLE line ADD more INT'));
    expect(schemaDigest(await readSchema(database))).not.toBe(before);
  });
});
