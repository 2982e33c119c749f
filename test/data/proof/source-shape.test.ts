import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import type { RuleSet } from '../../../src/data/rules/rule-set.ts';
import { readShape, type SignedShape } from '../../../src/domain/source-shape.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { passportKeys } from '../../support/passports.ts';
import { maskInProcess } from './in-process.ts';
import { ask, createDatabase, forget } from './stranger.ts';

const STATEMENTS = [
  'CREATE TABLE person (id INT PRIMARY KEY, name VARCHAR(40) NOT NULL, KEY by_name (name))',
  "INSERT INTO person VALUES (1, 'Gwenllian Cadwaladr')",
  'CREATE TABLE doctrine_migration_versions (version VARCHAR(191) PRIMARY KEY, executed_at DATETIME)',
  `INSERT INTO doctrine_migration_versions VALUES ('App\\\\Migrations\\\\Version20260201000000', NULL), ('App\\\\Migrations\\\\Version20260101000000', NULL)`,
  // Called as a tool's own, and not written by it.
  'CREATE TABLE flyway_schema_history (id INT PRIMARY KEY, said VARCHAR(40))',
];
const RULES: RuleSet = {
  version: 1,
  keep: [{ columns: ['*.id', 'doctrine_migration_versions.*', 'flyway_schema_history.*'], reason: 'no person' }],
  otherDatabases: [],
  smoke: [],
  allow: [],
  tables: [
    {
      table: 'person',
      rows: [],
      orphans: undefined,
      columns: [{ column: 'name', mask: { kind: 'fake', of: 'full-name' }, domain: undefined }],
    },
  ],
};

describeOnMariaDb('what a run tells of the source that it made', () => {
  let server: MariaDbServer;
  beforeAll(async () => {
    server = await startMariaDb();
  }, 60_000);
  afterEach(async () => await forget(server));
  afterAll(async () => await server.stop());

  async function shapeOf(database: string) {
    const keys = passportKeys();
    let told: SignedShape | undefined;
    const passport = await maskInProcess(server, database, {
      ruleSet: RULES,
      source: 'nonprod-source-1',
      signingKey: keys.privateKey,
      deliver: async (_, shape) => {
        told = shape;
        await Promise.resolve();
      },
    });
    expect(passport.source).toBe('nonprod-source-1');
    return told && readShape(told, keys.publicKey);
  }

  it('is its schema as clones have it, and the rows of migrations under the names that tools give their tables', async () => {
    const database = await createDatabase(server, STATEMENTS);
    const shape = await shapeOf(database);
    expect({ source: shape?.source, database: shape?.database }).toEqual({ source: 'nonprod-source-1', database });
    expect(shape?.schema.tables.find(({ name }) => name === 'person')).toEqual({
      name: 'person',
      columns: [
        { name: 'id', type: 'int(11) not null' },
        { name: 'name', type: 'varchar(40) not null' },
      ],
      indexes: [
        { name: 'by_name', over: '(name)' },
        { name: 'PRIMARY', over: 'unique (id)' },
      ],
    });
    expect(shape?.histories).toEqual([
      {
        table: 'doctrine_migration_versions',
        rows: [
          { version: 'App\\Migrations\\Version20260101000000' },
          { version: 'App\\Migrations\\Version20260201000000' },
        ],
      },
    ]);
    expect(JSON.stringify(shape)).not.toContain('Cadwaladr');
  });

  it('is left out when it is longer than anybody would read, and the run ends well without it', async () => {
    const database = await createDatabase(server, STATEMENTS);
    await ask(
      server,
      database,
      "INSERT INTO doctrine_migration_versions SELECT CONCAT('Version', REPEAT('9', 150), seq), NULL FROM seq_1_to_10000",
    );
    expect(await shapeOf(database)).toBeUndefined();
  });
});
