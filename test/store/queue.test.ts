import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createRunningClock, type RunningClock } from '../../sim/clock.ts';
import type { Delivery } from '../../src/reconcile/inbox/delivery.ts';
import type { WorkHandlers, WorkQueue } from '../../src/reconcile/queue.ts';
import { findDeadLetters } from '../../src/store/dead-letters.ts';
import { QUEUES } from '../../src/store/jobs.ts';
import type { Database } from '../../src/store/open.ts';
import { createWorkQueue } from '../../src/store/queue.ts';
import { createStore } from '../../src/store/store.ts';
import { describeQueue } from '../contract/queue-contract.ts';
import { describeEngines, emptyDatabase, OPENING_MS } from '../support/database.ts';
import { delivery, FOLLOW, LABEL } from '../support/deliveries.ts';
import { createHappenings } from '../support/happenings.ts';

const IDLE: WorkHandlers = {
  reconcile: async () => ({ requeueAfterSeconds: null }),
  takeIn: async () => ({ requeueAfterSeconds: null }),
  reply: async () => undefined,
  tick: async () => undefined,
};

// These wait for databases and for real milliseconds, which a busy machine makes long.
jest.setTimeout(30_000);

await describeEngines((engine) => {
  const crowd = engine.name === 'PGlite' ? 1 : 2;
  const databases: Database[] = [];
  let database: Database;
  let clock: RunningClock | undefined;
  let queue: WorkQueue | undefined;

  beforeAll(async () => {
    const shared = await engine.createDatabase();
    while (databases.length < crowd) {
      databases.push(await shared.open());
    }
    [database] = databases as [Database];
  }, OPENING_MS);

  // Every queue looks at whatever is due: what another test left would be looked at with this one's handlers.
  beforeEach(async () => await emptyDatabase(database));

  describeQueue(
    async () => ({
      store: createStore({ database }),
      createQueue: ({ process, ...options }) =>
        createWorkQueue({ database: databases[process] ?? database, ...options }),
    }),
    { crowd },
  );

  async function start(handlers: Partial<WorkHandlers>, speed: number): Promise<WorkQueue> {
    clock = createRunningClock({ speed });
    queue = createWorkQueue({ database, clock, workers: 2, graceMilliseconds: 5000 });
    await queue.start({ ...IDLE, ...handlers });
    return queue;
  }

  afterEach(async () => {
    await queue?.stop();
    clock?.stop();
  });

  describe('what keeps failing', () => {
    it('gets one dead letter, goes on being looked at, and loses the letter when it heals', async () => {
      const id = 'acme/letters#1';
      const looks = createHappenings<'failed' | 'fine'>();
      let broken = true;
      const atWork = await start(
        {
          async reconcile() {
            looks.record(broken ? 'failed' : 'fine');
            if (broken) {
              throw new Error('a message with \0 in it');
            }
            return { requeueAfterSeconds: null };
          },
        },
        2000,
      );

      await atWork.enqueue(id);
      await looks.until((all) => all.length >= 7);
      // Until the seventh look began, the sixth had been written down.
      expect(await findDeadLetters(database)).toEqual([
        { environmentId: id, failures: expect.any(Number), message: 'a message with \u{FFFD} in it' },
      ]);
      broken = false;
      await atWork.enqueue(id);
      await looks.until((all) => all.includes('fine'));
      await atWork.stop();

      expect(await findDeadLetters(database)).toEqual([]);
    });

    it('as a reply is given up in the end and kept for an operator', async () => {
      const tries = createHappenings<number | null>();
      const atWork = await start(
        {
          async reply({ commentId }) {
            tries.record(commentId);
            throw new Error('commenting');
          },
        },
        5000,
      );
      const messages = [{ kind: 'help' }] as const;
      await createStore({ database }).transaction(
        async ({ enqueueReply }) =>
          await enqueueReply({
            pullRequest: { repository: 'acme/shop', number: 7 },
            installationId: 1,
            commentId: 7007,
            reaction: 'rocket',
            messages,
          }),
      );

      await tries.until((all) => all.length === 9);
      await atWork.stop();

      expect(await database.boss.findJobs(QUEUES.deadReply)).toHaveLength(1);
      expect(await database.boss.findJobs(QUEUES.reply, { queued: true })).toEqual([]);
    });
  });

  it('tells a look whose lease was lost, and lets the next one begin when it has ended', async () => {
    const id = 'acme/lease#1';
    const happenings = createHappenings<string>();
    const atWork = await start(
      {
        async reconcile(_id, signal) {
          happenings.record('begins');
          if (happenings.all.length === 1) {
            await new Promise((resolve) => signal.addEventListener('abort', resolve));
            happenings.record('ends');
          }
          return { requeueAfterSeconds: 86_400 };
        },
      },
      1,
    );
    await atWork.enqueue(id);
    await happenings.until((all) => all.length === 1);

    // As another process does it when this one has given no sign of life.
    const [job] = await database.boss.findJobs(QUEUES.environment, { key: id });
    await database.boss.fail(QUEUES.environment, job?.id ?? '');
    await happenings.until((all) => all.length === 3);

    expect(happenings.all).toEqual(['begins', 'ends', 'begins']);
  }, 20_000);

  it('ticks within its own minute when a process whose clock was slower has queued the tick', async () => {
    const slow = createHappenings<string>();
    const atWork = await start({ tick: async () => slow.record('tick') }, 0.001);
    await slow.until((all) => all.length > 0);
    await atWork.stop();

    const fast = createHappenings<string>();
    await start({ tick: async () => fast.record('tick') }, 200);

    await fast.until((all) => all.length > 1);
  });

  it('forgets deliveries of more than a month ago with a tick, and no younger one', async () => {
    const store = createStore({ database });
    const now = new Date();
    const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
    const claim = async (id: string, at: Date, says: Delivery['says'] = FOLLOW) =>
      await store.transaction(
        async (transaction) => (await transaction.receive(delivery(id, { says }), { at }))?.position,
      );
    await claim('old', daysAgo(31));
    await claim('old-and-waiting', daysAgo(31), LABEL);
    const young = await claim('young', daysAgo(29));
    const ticks = createHappenings<string>();
    const atWork = await start({ tick: async () => ticks.record('tick') }, 5000);

    // A sweep follows a tick at the latest ten minutes after the last one, and ends before the next tick begins.
    await ticks.until((all) => all.length >= 4);
    await atWork.stop();

    const kept = await database.kysely.selectFrom('inbox').select('delivery_id').orderBy('position').execute();
    expect(kept.map(({ delivery_id: id }) => id)).toEqual(['old-and-waiting', 'young']);
    expect(await claim('old', now)).toBeGreaterThan(young ?? Infinity);
    expect(await claim('young', now)).toBeUndefined();
  });
});
