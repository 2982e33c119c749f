import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import type { Store } from '../../src/reconcile/store.ts';
import { readReply, type StoredReply } from '../../src/store/enqueue.ts';
import { createFiguresMemory } from '../../src/store/figures.ts';
import { type EnvironmentJob, QUEUES } from '../../src/store/jobs.ts';
import type { Database } from '../../src/store/open.ts';
import { createWorkQueue } from '../../src/store/queue.ts';
import { createRoundMemory } from '../../src/store/rounds.ts';
import { createStore } from '../../src/store/store.ts';
import { createSweepMarks } from '../../src/store/sweep-marks.ts';
import { describeAdmission } from '../contract/admission-contract.ts';
import { describeRoundMemory } from '../contract/round-memory-contract.ts';
import { describeStore } from '../contract/store-contract.ts';
import { describeSweepMarks } from '../contract/sweep-marks-contract.ts';
import { describeEngines, emptyDatabase, OPENING_MS, type TestDatabase } from '../support/database.ts';
import { delivery } from '../support/deliveries.ts';
import { environmentRecord, resourceRecord } from '../support/environment-record.ts';

const NOON = new Date('2026-11-20T12:00:00Z');

// These wait for databases and for real milliseconds, which a busy machine makes long.
jest.setTimeout(30_000);

await describeEngines((engine) => {
  let testDatabase: TestDatabase;
  let database: Database;
  let store: Store;

  beforeAll(async () => {
    testDatabase = await engine.createDatabase();
    database = await testDatabase.open();
    store = createStore({ database });
  }, OPENING_MS);

  const enqueued = async () =>
    (await database.boss.findJobs<EnvironmentJob>(QUEUES.environment)).map(({ data }) => data.environmentId);
  describeStore(async () => ({
    store,
    enqueued,
    replies: async () => (await database.boss.findJobs<StoredReply>(QUEUES.reply)).map(({ data }) => readReply(data)),
  }));

  describeAdmission(async () => {
    await emptyDatabase(database);
    // PGlite is of one process.
    const others = engine.name === 'Postgres' ? [createStore({ database: await testDatabase.open() })] : [];
    return { stores: [store, ...others], enqueued };
  });

  describe('the memory of rounds', () => {
    describeRoundMemory(async (takenIn) => {
      await store.transaction(async (transaction) => await transaction.receive(delivery(takenIn), { at: NOON }));
      return createRoundMemory(database);
    });
  });

  it('takes what tells no time, and did not arrive at first, to have happened when it should have arrived', async () => {
    const memory = createRoundMemory(database);
    const failed = [{ id: 1, guid: 'lost press', at: NOON, arrived: false }];
    await memory.noteDeliveries({ arrived: [], failed, readUntil: NOON, keptSince: new Date(0) });
    const heard = { at: new Date(NOON.getTime() + 600_000) };
    const hear = async (id: string, saidAt: Date | null) =>
      await store.transaction(
        async (transaction) =>
          await transaction.receive(
            delivery(id, { saidAt, pullRequest: { repository: 'acme/lost', number: 1 } }),
            heard,
          ),
      );

    expect(await hear('lost press', null)).toMatchObject({ saidAt: NOON });
    expect(await hear('press', null)).toMatchObject({ saidAt: null });
    await memory.noteDeliveries({ arrived: ['lost press'], failed: [], readUntil: NOON, keptSince: new Date(0) });
  });

  describe('the marks of the sweep', () => {
    describeSweepMarks(async () => await Promise.resolve(createSweepMarks(database)));
  });

  describe('the figures', () => {
    const clones = { kind: 'clones', of: 'source' } as const;
    const groups = { kind: 'target-groups', of: 'balancer' } as const;

    it('are of the last reading of each pool that is asked for, and of the last look', async () => {
      const figures = createFiguresMemory(database);
      expect(await figures.read([clones])).toEqual({ budgets: [], sweep: null });
      await figures.noteBudgets([{ ...clones, of: 'another', items: ['a'], limit: 15 }], NOON);
      await figures.noteBudgets([{ ...clones, items: ['a', 'a', 'b'], limit: 15 }], NOON);
      const later = new Date(NOON.getTime() + 60_000);
      await figures.noteBudgets(
        [
          { ...clones, items: ['a'], limit: 14 },
          { ...groups, items: [], limit: 100 },
        ],
        later,
      );
      const sweep = { at: later, dryRun: false, environments: 3, found: 2, condemned: 1, deleted: 4 };
      await figures.noteSweep({ ...sweep, found: 0 });
      await figures.noteSweep(sweep);

      expect(await figures.read([groups, clones])).toEqual({
        budgets: [
          { kind: 'target-groups', used: 0, limit: 100, readAt: later },
          { kind: 'clones', used: 1, limit: 14, readAt: later },
        ],
        sweep,
      });
    });
  });

  describe('the history', () => {
    it.each([
      ['changed', sql`update events set actor = 'nobody'`],
      ['deleted', sql`delete from events`],
      ['emptied', sql`truncate events`],
    ])('cannot be %s by any statement', async (_what, statement) => {
      const environmentId = 'acme/history#1';
      const before = await store.events(environmentId);
      await store.appendEvent({ environmentId, at: NOON, actor: 'octocat', action: 'wanted', details: {} });

      await expect(statement.execute(database.kysely)).rejects.toThrow('events are only ever appended');

      expect(await store.events(environmentId)).toHaveLength(before.length + 1);
    });
  });

  describe('inside a transaction', () => {
    const queue = () =>
      createWorkQueue({ database, clock: { now: () => NOON, wallMilliseconds: () => 0 }, workers: 1 });
    const id = 'acme/shop#1';
    it.each([
      ['a second transaction', async () => await store.transaction(async () => undefined)],
      ['reading an environment', async () => await store.environment(id)],
      ['reading an intent', async () => await store.intent(id)],
      ['saving a resource', async () => await store.saveResource(id, 1, resourceRecord('clone'))],
      ['keeping a publication', async () => await store.publications(id).get('comment')],
      ['enqueuing through the queue', async () => await queue().enqueue(id)],
      ['claiming a look', async () => await createSweepMarks(database).claimLook(NOON, 1800)],
      ['claiming a round', async () => await createRoundMemory(database).claimRound(NOON, 600)],
    ])('%s is refused, which would wait for ever on one connection', async (_what, attempt) => {
      await expect(store.transaction(async () => await attempt())).rejects.toThrow('inside a transaction');
    });

    it('work that was started there and outlives it is free to use the store', async () => {
      const ended = Promise.withResolvers<void>();
      let later: Promise<unknown> = Promise.resolve();
      await store.transaction(async () => {
        later = ended.promise.then(async () => await store.intent(id));
      });
      ended.resolve();

      await expect(later).resolves.not.toThrow();
    });
  });

  it('keeps a message that holds what Postgres refuses in text', async () => {
    await store.saveResource('acme/text#1', 1, resourceRecord('task', { message: 'exit \0 1 \ud83d' }));

    expect((await store.resources('acme/text#1', 1)).map(({ message }) => message)).toEqual(['exit � 1 �']);
  });

  // PGlite has one connection, on which transactions follow each other, and no server to lose.
  if (engine.name === 'Postgres') {
    it('fails a transaction whose connection the server ends, and goes on with another', async () => {
      const record = environmentRecord(5003);
      const { id } = record.identity;

      const cut = store.transaction(async (transaction) => {
        await transaction.saveEnvironment(record);
        // As a server does that is restarted, or fails over.
        await sql`select pg_terminate_backend(pid, 5000) from pg_stat_activity
          where datname = current_database() and state = 'idle in transaction'`.execute(database.kysely);
        await transaction.saveEnvironment(record);
      });

      await expect(cut).rejects.toThrow();
      expect(await store.environment(id)).toBeUndefined();
      await store.transaction(async (transaction) => await transaction.saveEnvironment(record));
      expect(await store.environment(id)).toEqual(record);
    });

    it('lets a transaction that stands still, as when its machine is lost, hold its locks for a minute', async () => {
      const { rows } = await sql<Record<string, string>>`show idle_in_transaction_session_timeout`.execute(
        database.kysely,
      );

      expect(rows).toEqual([{ idle_in_transaction_session_timeout: '1min' }]);
    });

    it('is made once when three processes open an empty one at once', async () => {
      const empty = await engine.createDatabase({ empty: true });

      const opened = await Promise.all([empty.open(), empty.open(), empty.open()]);

      for (const each of opened) {
        await expect(each.check()).resolves.toBeUndefined();
      }
    });

    it('runs a transaction again that Postgres ended to break a deadlock', async () => {
      const [left, right] = [environmentRecord(5001), environmentRecord(5002)];
      const holding = new Set<string>();
      const both = Promise.withResolvers<void>();
      const inOrder = async (own: string, other: string) => {
        await store.transaction(async (transaction) => {
          await transaction.environment(own);
          if (holding.add(own).size === 2) {
            both.resolve();
          }
          await both.promise;
          await transaction.environment(other);
          await transaction.saveEnvironment(own === left.identity.id ? left : right);
        });
      };

      await Promise.all([inOrder(left.identity.id, right.identity.id), inOrder(right.identity.id, left.identity.id)]);

      expect(await store.environment(left.identity.id)).toEqual(left);
      expect(await store.environment(right.identity.id)).toEqual(right);
    });
  }
});
