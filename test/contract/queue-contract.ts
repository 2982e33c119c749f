import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createRunningClock, type RunningClock } from '../../sim/clock.ts';
import { environmentId } from '../../src/domain/environment.ts';
import type { PassResult, WorkHandlers, WorkQueue } from '../../src/reconcile/queue.ts';
import type { ReplyJob } from '../../src/reconcile/reply.ts';
import type { Store } from '../../src/reconcile/store.ts';
import { delivery } from '../support/deliveries.ts';
import { environmentRecord } from '../support/environment-record.ts';
import { createHappenings } from '../support/happenings.ts';

export interface QueueUnderTest {
  readonly store: Store;
  /** A queue on the database of process number `process`, counted from 0. */
  createQueue(options: {
    process: number;
    clock: RunningClock;
    workers: number;
    graceMilliseconds?: number;
  }): WorkQueue;
}

interface Look {
  readonly id: string;
  readonly kind: 'begins' | 'ends' | 'taken in' | 'reply' | 'tick';
  /** Seconds of the clock since the test began. */
  readonly at: number;
}

const NOTHING: PassResult = { requeueAfterSeconds: null };

/** What every `WorkQueue` does. `crowd` is how many queues share the database where several do. */
export function describeQueue(open: () => Promise<QueueUnderTest>, { crowd }: { crowd: number }): void {
  let underTest: QueueUnderTest;
  let ended: (() => Promise<void>)[] = [];
  let lastTest = 0;

  beforeAll(async () => {
    underTest = await open();
  }, 60_000);
  afterEach(async () => {
    // First of all: an end that hangs is one test's failure, not that of every later one.
    const ending = ended;
    ended = [];
    await Promise.all(ending.map(async (end) => await end()));
  });

  /** Queues that are at work, what they did, and ids that no other test uses. */
  function begin({ speed = 50, workers = 4 }: { speed?: number; workers?: number } = {}) {
    lastTest += 1;
    const test = lastTest;
    const clock = createRunningClock({ speed });
    const startedAt = clock.now().getTime();
    const looks = createHappenings<Look>();
    const seconds = () => (clock.now().getTime() - startedAt) / 1000;
    const seen = (id: string, kind: Look['kind'] = 'begins') =>
      looks.all.filter((each) => each.id === id && each.kind === kind);
    ended.push(async () => clock.stop());

    /** What a look can wait at. The end of the test opens it, for a queue does not stop before its looks have ended. */
    function gate(): PromiseWithResolvers<void> {
      const made = Promise.withResolvers<void>();
      ended.unshift(async () => made.resolve());
      return made;
    }

    async function start(
      handlers: Partial<WorkHandlers> = {},
      { process = 0, graceMilliseconds }: { process?: number; graceMilliseconds?: number } = {},
    ): Promise<WorkQueue> {
      const queue = underTest.createQueue({
        process,
        clock,
        workers,
        ...(graceMilliseconds !== undefined && { graceMilliseconds }),
      });
      ended.unshift(async () => await queue.stop());
      await queue.start({
        async reconcile(id, signal) {
          looks.record({ id, kind: 'begins', at: seconds() });
          try {
            return (await handlers.reconcile?.(id, signal)) ?? NOTHING;
          } finally {
            looks.record({ id, kind: 'ends', at: seconds() });
          }
        },
        async takeIn(id, signal) {
          looks.record({ id, kind: 'taken in', at: seconds() });
          return (await handlers.takeIn?.(id, signal)) ?? NOTHING;
        },
        async reply(job) {
          looks.record({ id: String(job.commentId), kind: 'reply', at: seconds() });
          await handlers.reply?.(job);
        },
        async tick() {
          looks.record({ id: 'tick', kind: 'tick', at: seconds() });
          await handlers.tick?.();
        },
      });
      return queue;
    }

    return {
      clock,
      looks,
      seen,
      start,
      gate,
      id: (name: string) => `acme/queue-${test}#${name}`,
      untilSeen: async (id: string, times: number, kind: Look['kind'] = 'ends') =>
        await looks.until(() => seen(id, kind).length >= times),
    };
  }

  describe('an inbox', () => {
    it('is taken in after a letter came, and again when it asked to be', async () => {
      const { id, start, untilSeen, looks } = begin();
      let turns = 0;
      const taken = { takeIn: async () => ({ requeueAfterSeconds: (turns += 1) === 1 ? 3 : null }) };
      await start(taken);
      await underTest.store.transaction(async (transaction) => await transaction.enqueueTakeIn(id('a')));

      await untilSeen(id('a'), 2, 'taken in');
      const [first = 0, second = 0] = looks.all.filter(({ kind }) => kind === 'taken in').map(({ at }) => at);
      expect(second - first).toBeGreaterThanOrEqual(3);
    });

    it('is taken in by one at a time, while a look at the same environment goes on', async () => {
      const { gate, id, start, untilSeen, seen, looks } = begin();
      const { promise: opened, resolve: open } = gate();
      const queue = await start({
        async reconcile() {
          await opened;
          return NOTHING;
        },
        async takeIn() {
          await opened;
          return NOTHING;
        },
      });
      await queue.enqueue(id('a'));
      await untilSeen(id('a'), 1, 'begins');
      const letter = async () =>
        await underTest.store.transaction(async (transaction) => await transaction.enqueueTakeIn(id('a')));
      await letter();
      await untilSeen(id('a'), 1, 'taken in');
      await letter();
      await underTest.store.transaction(async (transaction) => await transaction.enqueueTakeIn(id('b')));
      await untilSeen(id('b'), 1, 'taken in');
      expect(seen(id('a'), 'taken in')).toHaveLength(1);

      open();
      await looks.until(() => seen(id('a'), 'taken in').length === 2);
    });

    it('waits for nobody when a process dies with a letter in hand: the next one finds it at its start', async () => {
      const { start, untilSeen } = begin();
      const waiting = delivery('left behind');
      await underTest.store.transaction(async (transaction) => await transaction.receive(waiting, { at: new Date() }));
      await start();

      await untilSeen(environmentId(waiting.pullRequest), 1, 'taken in');
    });

    it('is tried again when its taking in throws', async () => {
      const { id, start, untilSeen } = begin();
      await start({ takeIn: async () => await Promise.reject(new Error('no database')) });
      await underTest.store.transaction(async (transaction) => await transaction.enqueueTakeIn(id('a')));

      await untilSeen(id('a'), 2, 'taken in');
    });
  });

  describe('a look', () => {
    it('follows an enqueue', async () => {
      const { id, start, untilSeen } = begin();
      const queue = await start();

      await queue.enqueue(id('a'));

      await untilSeen(id('a'), 1);
    });

    it('is one for many enqueues before it begins', async () => {
      const { gate, id, start, untilSeen, seen } = begin({ workers: 1 });
      const { promise: opened, resolve: open } = gate();
      const queue = await start({
        async reconcile(each) {
          if (each === id('first')) {
            await opened;
          }
          return NOTHING;
        },
      });
      await queue.enqueue(id('first'));
      await untilSeen(id('first'), 1, 'begins');

      await Promise.all(Array.from({ length: 10 }, async () => await queue.enqueue(id('a'))));
      await queue.enqueue(id('last'));
      open();

      await untilSeen(id('last'), 1);
      expect(seen(id('a'))).toHaveLength(1);
    });

    it('is followed by exactly one more when the environment is enqueued during it', async () => {
      const { gate, id, start, untilSeen, seen } = begin({ workers: 1 });
      const { promise: opened, resolve: open } = gate();
      const queue = await start({
        async reconcile() {
          await opened;
          return NOTHING;
        },
      });
      await queue.enqueue(id('a'));
      await untilSeen(id('a'), 1, 'begins');

      await Promise.all(Array.from({ length: 5 }, async () => await queue.enqueue(id('a'))));
      await queue.enqueue(id('last'));
      open();

      await untilSeen(id('last'), 1);
      await untilSeen(id('a'), 2);
      await queue.stop();
      expect(seen(id('a'))).toHaveLength(2);
    });

    it(`never runs beside another of the same environment, with ${crowd} queues at work`, async () => {
      const { id, start, looks, untilSeen, clock } = begin();
      const names = ['a', 'b', 'c'];
      const queues: WorkQueue[] = [];
      for (let process = 0; process < crowd; process += 1) {
        queues.push(
          await start(
            {
              async reconcile() {
                await clock.sleep(0.2);
                return NOTHING;
              },
            },
            { process },
          ),
        );
      }

      for (let round = 0; round < 15; round += 1) {
        await Promise.all(queues.flatMap((queue) => names.map(async (name) => await queue.enqueue(id(name)))));
      }
      await Promise.all(names.map(async (name) => await untilSeen(id(name), 2)));
      await Promise.all(queues.map(async (queue) => await queue.stop()));

      for (const name of names) {
        const kinds = looks.all.filter((each) => each.id === id(name)).map(({ kind }) => kind);
        expect(kinds).toEqual(kinds.map((_, index) => (index % 2 === 0 ? 'begins' : 'ends')));
      }
    });

    it('does not hold up looks at other environments', async () => {
      const { gate, id, start, untilSeen } = begin({ workers: 3 });
      const { promise: opened, resolve: open } = gate();
      const queue = await start({
        async reconcile(each) {
          if (each === id('slow')) {
            await opened;
          }
          return NOTHING;
        },
      });
      await queue.enqueue(id('slow'));
      await untilSeen(id('slow'), 1, 'begins');

      await Promise.all(['a', 'b', 'c', 'd'].map(async (name) => await queue.enqueue(id(name))));

      await Promise.all(['a', 'b', 'c', 'd'].map(async (name) => await untilSeen(id(name), 1)));
      open();
    });
  });

  describe('a delayed look', () => {
    it('comes in the order of the delays, close to its instant', async () => {
      // At this speed an idle worker polls every five real seconds: only an alarm is on time.
      const { id, start, untilSeen, seen } = begin({ speed: 1, workers: 2 });
      const delays = [0.9, 0.3, 0.7, 0.5, 0.4, 0.8, 0.6];
      const delayOf = new Map(delays.map((delay) => [id(String(delay)), delay]));
      const queue = await start({
        reconcile: async (each) => ({
          requeueAfterSeconds: seen(each).length === 1 ? (delayOf.get(each) ?? null) : null,
        }),
      });

      await Promise.all([...delayOf.keys()].map(async (each) => await queue.enqueue(each)));
      await Promise.all([...delayOf.keys()].map(async (each) => await untilSeen(each, 2)));

      const again = [...delayOf].map(([each, delay]) => {
        const [first, second] = [seen(each, 'ends')[0]?.at ?? 0, seen(each)[1]?.at ?? 0];
        return { delay, late: second - first - delay };
      });
      const lateness = again.map(({ late }) => late).toSorted((a, b) => a - b);
      expect(lateness[0]).toBeGreaterThanOrEqual(0);
      expect(lateness[3]).toBeLessThan(1);
    });

    it('is pulled forward by an enqueue', async () => {
      const { id, start, untilSeen, clock } = begin();
      const queue = await start({ reconcile: async () => ({ requeueAfterSeconds: 86_400 }) });
      const before = clock.now().getTime();
      await queue.enqueue(id('a'));
      await untilSeen(id('a'), 1);

      await queue.enqueue(id('a'));

      await untilSeen(id('a'), 2);
      expect(clock.now().getTime() - before).toBeLessThan(86_400_000);
    });

    it('does not stand in the way of an enqueue that came during the look', async () => {
      const { gate, id, start, untilSeen } = begin({ workers: 1 });
      const { promise: opened, resolve: open } = gate();
      const queue = await start({
        async reconcile() {
          await opened;
          return { requeueAfterSeconds: 86_400 };
        },
      });
      await queue.enqueue(id('a'));
      await untilSeen(id('a'), 1, 'begins');

      await queue.enqueue(id('a'));
      open();

      await untilSeen(id('a'), 2);
    });
  });

  describe('a look that fails', () => {
    it('is tried again after pauses that grow, and leaves other environments alone', async () => {
      const { id, start, untilSeen, seen } = begin();
      const queue = await start({
        async reconcile(each) {
          if (each === id('bad')) {
            throw new Error('observing the clone');
          }
          return { requeueAfterSeconds: 1 };
        },
      });

      await queue.enqueue(id('bad'));
      await queue.enqueue(id('good'));
      await untilSeen(id('bad'), 5);

      const ends = seen(id('bad'), 'ends');
      const pauses = seen(id('bad'))
        .slice(1)
        .map(({ at }, index) => at - (ends[index]?.at ?? at));
      for (const [index, seconds] of [2, 4, 8, 16].entries()) {
        expect(pauses[index]).toBeGreaterThanOrEqual(seconds);
      }
      expect(seen(id('good')).length).toBeGreaterThan(3);
    });

    it('comes at once when the environment is enqueued during the pause', async () => {
      const { id, start, untilSeen, seen } = begin({ speed: 0.1 });
      const queue = await start({
        async reconcile(each) {
          if (seen(each).length === 1) {
            throw new Error('observing the clone');
          }
          return NOTHING;
        },
      });
      await queue.enqueue(id('a'));
      await untilSeen(id('a'), 1);

      // The pause would last twenty real seconds; an enqueue that came before it was written counts as well.
      await queue.enqueue(id('a'));

      await untilSeen(id('a'), 2);
    });
  });

  describe('a reply', () => {
    const reply = (commentId: number): ReplyJob => ({
      pullRequest: { repository: 'acme/shop', number: 7 },
      installationId: 1,
      commentId,
      reaction: 'rocket',
      messages: [
        {
          kind: 'extended',
          expiresAt: new Date('2026-11-30T09:00:00Z'),
          now: new Date('2026-11-20T09:00:00Z'),
          capped: false,
          capSeconds: 1_209_600,
        },
      ],
    });
    const send = async (job: ReplyJob) =>
      await underTest.store.transaction(async (transaction) => await transaction.enqueueReply(job));

    it('is sent after the transaction commits, as it was enqueued', async () => {
      const { start, untilSeen } = begin();
      const got: ReplyJob[] = [];
      await start({ reply: async (job) => void got.push(job) });

      await send(reply(9001));

      await untilSeen('9001', 1, 'reply');
      expect(got).toEqual([reply(9001)]);
    });

    it('is sent again until it succeeds', async () => {
      const { start, untilSeen, seen } = begin();
      const sent = Promise.withResolvers<void>();
      await start({
        async reply() {
          if (seen('9002', 'reply').length < 3) {
            throw new Error('commenting');
          }
          sent.resolve();
        },
      });

      await send(reply(9002));

      await untilSeen('9002', 3, 'reply');
      await sent.promise;
    });
  });

  describe('the tick', () => {
    it(`comes once a minute, however many processes there are (here ${crowd})`, async () => {
      const { start, looks, untilSeen } = begin({ speed: 150 });
      await Promise.all(Array.from({ length: crowd }, async (_, process) => await start({}, { process })));

      await untilSeen('tick', 3, 'tick');

      const at = looks.all.filter(({ kind }) => kind === 'tick').map((tick) => tick.at);
      const apart = at.slice(1).map((seconds, index) => seconds - (at[index] ?? 0));
      expect(Math.min(...apart)).toBeGreaterThanOrEqual(60);
    });

    it('comes again after one that failed', async () => {
      const { start, untilSeen } = begin({ speed: 200 });
      await start({
        async tick() {
          throw new Error('asking GitHub');
        },
      });

      await untilSeen('tick', 2, 'tick');
    });
  });

  describe('an environment that nobody enqueues', () => {
    it('is looked at when a process starts and every ten minutes, until it is gone', async () => {
      const { start, untilSeen, seen, looks } = begin({ speed: 2000 });
      const [lost, gone] = [environmentRecord(8001), environmentRecord(8002, { goneAt: new Date() })];
      await underTest.store.transaction(async (transaction) => {
        await transaction.saveEnvironment(lost);
        await transaction.saveEnvironment(gone);
      });
      await start();

      await untilSeen(lost.identity.id, 1);
      const ticks = () => looks.all.filter(({ kind }) => kind === 'tick').length;
      const ticksBefore = ticks();
      await untilSeen(lost.identity.id, 3);
      expect(ticks()).toBeGreaterThan(ticksBefore);
      expect(seen(gone.identity.id)).toEqual([]);
      await underTest.store.saveOutcome(lost.identity.id, lost.life, { goneAt: new Date() });
    });
  });

  describe('stopping', () => {
    it('waits for the work in hand and takes no more', async () => {
      const { gate, id, start, untilSeen, seen, looks } = begin({ workers: 1 });
      const { promise: opened, resolve: open } = gate();
      const queue = await start({
        async reconcile() {
          await opened;
          return NOTHING;
        },
      });
      await queue.enqueue(id('a'));
      await untilSeen(id('a'), 1, 'begins');
      await queue.enqueue(id('b'));

      const stopped = Promise.all([queue.stop(), queue.stop()]).then(() => looks.record(atRest));
      open();
      await stopped;

      expect(looks.all.at(-1)).toBe(atRest);
      expect(seen(id('a'), 'ends')).toHaveLength(1);
      expect(seen(id('b'))).toEqual([]);
      const next = begin();
      await next.start();
      await next.untilSeen(id('b'), 1);
    });

    it('ends a pass that takes too long by its signal, and leaves it to the next process', async () => {
      const { id, start, untilSeen } = begin({ workers: 1 });
      const queue = await start(
        {
          async reconcile(_id, signal) {
            await new Promise((resolve) => signal.addEventListener('abort', resolve));
            throw new Error('told to end');
          },
        },
        { graceMilliseconds: 10 },
      );
      await queue.enqueue(id('a'));
      await untilSeen(id('a'), 1, 'begins');

      await queue.stop();

      const next = begin();
      await next.start();
      await next.untilSeen(id('a'), 1);
    });

    it('is harmless when nothing was started', async () => {
      const queue = underTest.createQueue({ process: 0, clock: begin().clock, workers: 1 });

      await queue.stop();
      await queue.stop();
    });
  });
}

const atRest: Look = { id: 'at rest', kind: 'ends', at: 0 };
