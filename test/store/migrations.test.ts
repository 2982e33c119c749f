import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { type Engine, IN_MEMORY, openPglite } from '../../src/store/engine.ts';
import { findEnvironment, findIntent, putEnvironment } from '../../src/store/environments.ts';
import { MIGRATIONS } from '../../src/store/migrate.ts';
import { OPENING_MS } from '../support/database.ts';
import { environmentRecord } from '../support/environment-record.ts';

interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  /** An insert that does not name it is refused. */
  readonly demanded: boolean;
}

let engine: Engine;
/** The columns as they stood before each migration and, under the same name, after it. */
const before = new Map<string, readonly Column[]>();
const after = new Map<string, readonly Column[]>();

beforeAll(async () => {
  engine = await openPglite(IN_MEMORY);
  for (const [name, migration] of Object.entries(MIGRATIONS)) {
    before.set(name, await columns());
    await migration.up(engine.kysely);
    after.set(name, await columns());
  }
}, OPENING_MS);
afterAll(async () => await engine.close());

async function columns(): Promise<readonly Column[]> {
  const { rows } = await sql<Column>`
    select table_name as "table", column_name as name, data_type as type,
      is_nullable = 'NO' and column_default is null and is_identity = 'NO' as demanded
    from information_schema.columns where table_schema = 'public' order by table_name, ordinal_position
  `.execute(engine.kysely);
  return rows;
}

const named = ({ table, name }: Column): string => `${table}.${name}`;

// While a deployment goes on, the version before reads and writes what the next one has migrated.
describe.each(Object.keys(MIGRATIONS))('after the migration %s the version before', (migration) => {
  it('finds every column that it knows', () => {
    const known = (before.get(migration) ?? []).map((column) => `${named(column)} ${column.type}`);
    const there = (after.get(migration) ?? []).map((column) => `${named(column)} ${column.type}`);

    expect(there).toEqual(expect.arrayContaining(known));
  });

  it('can insert into every table that it knows', () => {
    const known = before.get(migration) ?? [];
    const tables = new Set(known.map(({ table }) => table));
    const demandedBefore = new Set(known.filter(({ demanded }) => demanded).map(named));
    const demanded = (after.get(migration) ?? []).filter((column) => column.demanded && tables.has(column.table));

    expect(demanded.map(named).filter((name) => !demandedBefore.has(name))).toEqual([]);
  });
});

describe('an environment that a version from before fair admission inserts meanwhile', () => {
  it.each([
    { owner: 'hubot[bot]', authorIsBot: true },
    { owner: 'octocat', authorIsBot: false },
  ])(
    'counts as opened by $owner, who asked for it, and lives as long as it was given',
    async ({ owner, authorIsBot }) => {
      const written = environmentRecord(authorIsBot ? 1 : 2, {
        intent: { owner, author: 'monalisa', authorIsBot: false, draft: true, lifeSeconds: 3600 },
      });
      const { id } = written.identity;
      await insertAsBefore('0006-fair-admission', written);

      const { createdAt, intent } = written;
      const lifeSeconds = Math.round((intent.expiresAt.getTime() - createdAt.getTime()) / 1000);
      const expected = { ...intent, author: owner, authorIsBot, draft: false, lifeSeconds };
      expect(await findEnvironment(engine.kysely, id)).toEqual({ ...written, intent: expected });
      expect(await findIntent(engine.kysely, id)).toEqual(expected);
    },
  );
});

describe('an environment whose database was reset, and that a version from before resets writes meanwhile', () => {
  it('has had as many as it had, whatever else became of it', async () => {
    const reset = environmentRecord(3, { intent: { databaseResets: 2 } });
    await engine.kysely.transaction().execute(async (trx) => await putEnvironment(trx, reset));
    const pushed = { ...reset, life: 2, intent: { ...reset.intent, headSha: 'b'.repeat(40), databaseResets: 0 } };
    await updateAsBefore('0012-database-resets', pushed);

    expect(await findEnvironment(engine.kysely, reset.identity.id)).toEqual({
      ...pushed,
      intent: { ...pushed.intent, databaseResets: 2 },
    });
  });
});

/** Writes over what is there, with the columns alone that there were before the migration. */
async function updateAsBefore(migration: string, record: ReturnType<typeof environmentRecord>): Promise<void> {
  const known = (before.get(migration) ?? []).filter(({ table, name }) => table === 'environments' && name !== 'id');
  const own = sql.join(known.map(({ name }) => sql`${sql.ref(name)} = given.${sql.ref(name)}`));
  const { id } = record.identity;
  await engine.kysely.transaction().execute(async (trx) => {
    await sql`create temporary table standing on commit drop as select * from environments where id = ${id}`.execute(
      trx,
    );
    await putEnvironment(trx, record);
    await sql`create temporary table given on commit drop as select * from environments where id = ${id}`.execute(trx);
    await trx.deleteFrom('environments').where('id', '=', id).execute();
    await sql`insert into environments select * from standing`.execute(trx);
    await sql`update environments set ${own} from given where environments.id = given.id`.execute(trx);
  });
}

/** The record with the columns alone that there were before the migration. */
async function insertAsBefore(migration: string, record: ReturnType<typeof environmentRecord>): Promise<void> {
  const known = (before.get(migration) ?? []).filter(({ table }) => table === 'environments');
  const list = sql.join(known.map(({ name }) => sql.ref(name)));
  await engine.kysely.transaction().execute(async (trx) => {
    await putEnvironment(trx, record);
    await sql`create temporary table given on commit drop as select ${list} from environments
      where id = ${record.identity.id}`.execute(trx);
    await trx.deleteFrom('environments').where('id', '=', record.identity.id).execute();
    await sql`insert into environments (${list}) select ${list} from given`.execute(trx);
  });
}
