import { describe, expect, it } from '@jest/globals';
import { createSteppedClock } from '../../../sim/clock.ts';
import type { DatabaseSchema } from '../../../src/domain/database-schema.ts';
import { TransientError } from '../../../src/domain/failure.ts';
import { type ClonePlace, createCloneSchemas } from '../../../src/reconcile/database/clone-schemas.ts';
import { cloneKeys } from '../../../src/reconcile/plan/clone-keys.ts';
import type { PlannedMigrations } from '../../../src/reconcile/plan/plan.ts';
import type { EnvironmentRecord, ResourceRecord } from '../../../src/reconcile/store.ts';
import { environmentRecord, resourceRecord } from '../../support/environment-record.ts';
import { createMemorySchemas } from '../../support/memory-schemas.ts';

const table = (name: string): DatabaseSchema['tables'][number] => ({ name, columns: [], indexes: [] });
const SOURCE = { schema: { tables: [table('a')] }, history: { ids: ['1'], floor: null } };
const MIGRATED = { schema: { tables: [table('a'), table('b')] }, history: { ids: ['1', '2'], floor: null } };
const TASK = 'one-off-task/migrate';
const at = (seconds: number) => new Date(Date.parse('2026-11-20T09:00:00Z') + seconds * 1000);

function migrationsOf(resets = 0): PlannedMigrations {
  return {
    tool: 'doctrine',
    path: 'db',
    source: 'nonprod-source',
    database: 'shop',
    refField: null,
    table: 'migrations',
    diverged: 'warn',
    clone: cloneKeys(resets),
    tasks: [TASK],
  };
}

function rowsOf({ clone }: PlannedMigrations, askedAt: Date): ResourceRecord[] {
  const spec = { endpoint: 'clone.example.org', port: 3307, clusterIdentifier: 'c', databaseName: 'shop' };
  return [
    resourceRecord(clone.cluster, { kind: 'clone-cluster', askedAt }),
    resourceRecord(clone.credentials, { kind: 'database-credentials', name: 'secret-1', spec, state: 'ready' }),
  ];
}

function setUp() {
  const memory = createMemorySchemas();
  const world = { answer: SOURCE as typeof SOURCE | Error, places: [] as ClonePlace[], unseen: [] as string[] };
  const schemas = createCloneSchemas({
    memory,
    clock: createSteppedClock(),
    async look(place) {
      world.places.push(place);
      return await (world.answer instanceof Error ? Promise.reject(world.answer) : Promise.resolve(world.answer));
    },
    onUnseen: (id, when) => void world.unseen.push(`${id} ${when}`),
  });
  const record = environmentRecord(7);
  const clone = (
    migrations = migrationsOf(),
    more: readonly ResourceRecord[] = [],
    of: EnvironmentRecord = record,
  ) => ({
    record: of,
    migrations,
    rows: [...rowsOf(migrations, at(migrations.clone.part ? 500 : 10)), ...more],
  });
  return { memory, schemas, world, record, clone };
}
const task = (more: Partial<ResourceRecord>) => resourceRecord(TASK, { kind: 'one-off-task', ...more });

describe('a clone before its migrations', () => {
  it('shows what its source has, and is asked once', async () => {
    const { clone, schemas, world } = setUp();
    expect(await schemas.sourceHistory(migrationsOf())).toBeUndefined();
    await schemas.lookBefore(clone());
    await schemas.lookBefore(clone());
    expect(world.places).toEqual([{ secret: 'secret-1', host: 'clone.example.org', port: 3307 }]);
    expect(await schemas.sourceHistory(migrationsOf())).toMatchObject({ history: SOURCE.history });
  });

  it('that does not answer is not asked again, and nobody but the log hears of it', async () => {
    const { clone, schemas, world, record } = setUp();
    world.answer = new TransientError('ConnectionLost', 'It is not there.');
    await schemas.lookBefore(clone());
    world.answer = SOURCE;
    await schemas.lookBefore(clone());
    expect(world.places).toHaveLength(1);
    expect(world.unseen).toEqual([`${record.identity.id} before`]);
    expect(await schemas.sourceHistory(migrationsOf())).toBeUndefined();
  });

  it.each<[why: string, row: Partial<ResourceRecord>]>([
    ['has begun', { state: 'asked', askedAt: at(20) }],
    ['has ended', { state: 'ready', askedAt: at(20), readyAt: at(30) }],
    ['has failed', { state: 'failed', askedAt: at(20) }],
  ])('is not taken for its source once its migration %s', async (_, row) => {
    const { clone, schemas, world } = setUp();
    await schemas.lookBefore(clone(migrationsOf(), [task(row)]));
    expect(world.places).toEqual([]);
  });

  it('is asked anew when it is a fresh one', async () => {
    const { clone, schemas, world } = setUp();
    await schemas.lookBefore(clone());
    const ran = task({ state: 'ready', askedAt: at(20), readyAt: at(30) });
    await schemas.lookBefore(clone(migrationsOf(1), [ran]));
    expect(world.places).toHaveLength(2);
  });
});

describe('a clone after its migrations', () => {
  it('is compared with its source once for each run of them, and what was seen is kept', async () => {
    const { clone, schemas, world, record } = setUp();
    await schemas.lookBefore(clone());
    world.answer = MIGRATED;
    const run = (runKey: string) => task({ state: 'ready', spec: { runKey } });
    const first = clone(migrationsOf(), [run('one')]);
    const seen = { sha: record.intent.headSha, changes: [expect.objectContaining({ table: 'b' })], count: 1 };
    expect(await schemas.lookAfter(first)).toEqual(seen);
    expect(await schemas.lookAfter(first)).toEqual(seen);
    expect(await schemas.seen(first)).toEqual(seen);
    expect(world.places).toHaveLength(2);

    // A commit that runs none of them again, and may find the clone paused.
    const next = environmentRecord(7, { intent: { headSha: 'b'.repeat(40) } });
    const pushed = clone(migrationsOf(), [run('one')], next);
    expect(await schemas.seen(pushed)).toBeNull();
    expect(await schemas.lookAfter(pushed)).toEqual({ ...seen, sha: 'b'.repeat(40) });
    expect(await schemas.seen(pushed)).toEqual({ ...seen, sha: 'b'.repeat(40) });
    expect(world.places).toHaveLength(2);

    world.answer = SOURCE;
    expect(await schemas.lookAfter(clone(migrationsOf(), [run('two')], next))).toEqual({
      sha: 'b'.repeat(40),
      changes: [],
      count: 0,
    });
    expect(world.places).toHaveLength(3);
  });

  it('is not asked where nothing is known of its source, nor again when it does not answer', async () => {
    const { clone, schemas, world } = setUp();
    expect(await schemas.lookAfter(clone())).toBeNull();
    expect(world.places).toEqual([]);

    const other = setUp();
    await other.schemas.lookBefore(other.clone());
    other.world.answer = new Error('a fault of ours');
    expect(await other.schemas.lookAfter(other.clone())).toBeNull();
    expect(await other.schemas.lookAfter(other.clone())).toBeNull();
    expect(other.world.places).toHaveLength(2);
    expect(other.world.unseen).toHaveLength(1);
  });

  it('tells how many differences there are where it keeps no more of them', async () => {
    const { clone, schemas, world } = setUp();
    await schemas.lookBefore(clone());
    const tables = Array.from({ length: 300 }, (_, index) => table(`t${index}`));
    world.answer = { ...MIGRATED, schema: { tables: [table('a'), ...tables] } };
    const seen = await schemas.lookAfter(clone());
    expect(seen?.count).toBe(300);
    expect(seen?.changes).toHaveLength(60);
  });
});
