import { describe, expect, it } from '@jest/globals';
import { createSteppedClock } from '../../../sim/clock.ts';
import { admit, withdraw } from '../../../src/reconcile/admission/admit.ts';
import { callWaiting } from '../../../src/reconcile/admission/call-waiting.ts';
import type { EnvironmentRecord, Resolution } from '../../../src/reconcile/store.ts';
import { SupersededError } from '../../../src/reconcile/superseded.ts';
import { environmentRecord } from '../../support/environment-record.ts';
import { createMemoryStore } from '../../support/memory-store.ts';

type Overrides = Parameters<typeof environmentRecord>[1];
const START = new Date('2026-11-20T09:00:00Z');
const DAY = 86_400;

async function setUp(records: readonly EnvironmentRecord[]) {
  const clock = createSteppedClock();
  const store = createMemoryStore();
  const save = async (record: EnvironmentRecord) =>
    await store.transaction(async (transaction) => await transaction.saveEnvironment(record));
  for (const record of records) {
    await save(record);
  }
  const record = async (id: number | string) => {
    const found = await store.environment(typeof id === 'number' ? `acme/shop#${id}` : id);
    if (!found) {
      throw new Error(`no record of ${id}`);
    }
    return found;
  };
  const ask = async (id: number | string, limit: number) =>
    await admit({ store, clock, limit, record: await record(id) });
  /** They come one after the other, and no slot is free. */
  const queue = async (...ids: (number | string)[]) => {
    for (const id of ids) {
      clock.advance(1);
      await ask(id, 0);
    }
  };
  const end = async (number: number) => await store.saveOutcome(`acme/shop#${number}`, 1, { goneAt: clock.now() });
  return { clock, store, save, record, ask, queue, end };
}

function waiting(number: number, overrides: Overrides = {}): EnvironmentRecord {
  const author = overrides.intent?.author ?? `author-${number}`;
  return environmentRecord(number, { ...overrides, intent: { ...overrides.intent, author } });
}

function holding(number: number, overrides: Overrides = {}): EnvironmentRecord {
  return waiting(number, { admittedAt: START, ...overrides });
}

function elsewhere(record: EnvironmentRecord): EnvironmentRecord {
  const pullRequest = { ...record.identity.pullRequest, repository: 'acme/bank' };
  return { ...record, identity: { ...record.identity, id: `acme/bank#${pullRequest.number}`, pullRequest } };
}

function allowing(environments: number): { resolution: Resolution } {
  const terms = { ttlSeconds: null, maxTtlSeconds: null, environments };
  return { resolution: { headSha: '', readAt: '', blueprint: '', changedPaths: [], baseCommits: {}, terms } };
}

const numbers = Array.from({ length: 20 }, (_, index) => index + 1);

describe('giving out slots', () => {
  it('holds the limit when twenty ask at once, and serves whoever came first', async () => {
    const { ask, queue, store } = await setUp(numbers.map((number) => waiting(number)));
    await queue(...numbers);

    const answers = await Promise.all(
      numbers.toReversed().map(async (number) => ({ number, ...(await ask(number, 3)) })),
    );

    const admitted = answers.filter((answer) => answer.admitted).map(({ number }) => number);
    expect(admitted.toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
    expect((await store.liveEnvironments()).filter(({ admittedAt }) => admittedAt)).toHaveLength(3);
    expect(await ask(5, 3)).toMatchObject({ admitted: false, waiting: { place: 2, limit: 3 } });
    expect(await ask(1, 3)).toMatchObject({ admitted: true });
  });

  it('has authors take turns, with what they hold counted', async () => {
    const ann = { intent: { author: 'ann' } };
    const { ask, queue } = await setUp([holding(1, ann), waiting(2, ann), waiting(3, ann), waiting(4), waiting(5)]);
    await queue(2, 3, 4, 5);

    expect(await ask(2, 2)).toMatchObject({ waiting: { place: 2 } });
    expect(await ask(5, 2)).toMatchObject({ waiting: { place: 1 } });
    expect(await ask(4, 2)).toMatchObject({ admitted: true });
    expect(await ask(3, 2)).toMatchObject({ waiting: { place: 3 } });
  });

  it('lets a draft go ahead once it is ready for review', async () => {
    const { ask, queue, record, save } = await setUp([waiting(1, { intent: { draft: true } }), waiting(2)]);
    await queue(1, 2);
    expect(await ask(1, 0)).toMatchObject({ waiting: { place: 2 } });
    const before = await record(1);
    await save({ ...before, intent: { ...before.intent, draft: false } });

    expect(await ask(1, 1)).toMatchObject({ admitted: true });
  });

  it('does not let newcomers pass one that waits for ever', async () => {
    const ann = { intent: { author: 'ann' } };
    const newcomers = numbers.slice(2, 12);
    const { ask, end, queue } = await setUp([
      holding(1, ann),
      waiting(2, ann),
      ...newcomers.map((number) => waiting(number)),
    ]);
    await queue(2);
    const before: number[] = [];
    for (const number of newcomers) {
      await queue(number);
      const [mine, theirs] = [await ask(2, 2), await ask(number, 2)];
      if (mine.admitted) {
        break;
      }
      expect(theirs).toMatchObject({ admitted: true });
      before.push(number);
      await end(number);
    }

    expect(before).toHaveLength(3);
  });

  it('keeps the slot of one on its way out until it is gone', async () => {
    const leaving = holding(1, { intent: { state: 'absent' } });
    const { ask, end } = await setUp([leaving, waiting(2)]);
    expect(await ask(2, 1)).toMatchObject({
      admitted: false,
      waiting: { place: 1, holders: [{ identity: { name: 'pr-1' } }] },
    });

    await end(1);
    expect(await ask(2, 1)).toMatchObject({ admitted: true });
  });

  it('begins the time of an environment when it gets its slot, once, however often it is asked for again', async () => {
    const { ask, clock, record } = await setUp([waiting(1, { intent: { lifeSeconds: 2 * DAY } })]);
    await ask(1, 0);
    clock.advance(3 * DAY);
    const admittedAt = clock.now();
    const first = await ask(1, 1);
    clock.advance(60);

    expect(await ask(1, 1)).toEqual(first);
    expect(await record(1)).toMatchObject({
      admittedAt,
      intent: { expiresAt: new Date(admittedAt.getTime() + 2 * DAY * 1000), generation: 1 },
    });
  });

  it('keeps what a webhook wrote while the slot was given: nobody is admitted who has left', async () => {
    const { clock, record, save, store } = await setUp([waiting(1)]);
    const before = await record(1);
    await save({ ...before, intent: { ...before.intent, generation: 2, state: 'absent', releaseReason: 'closed' } });

    await expect(admit({ store, clock, limit: 1, record: before })).rejects.toThrow(SupersededError);
    expect(await record(1)).toMatchObject({ admittedAt: null, intent: { state: 'absent', releaseReason: 'closed' } });
  });

  it('has nobody wait behind one that never claimed a slot, or does so no more', async () => {
    const { ask, queue, record, store } = await setUp([
      waiting(1, { intent: { fromFork: true } }),
      waiting(2, { intent: { state: 'absent' } }),
      waiting(3),
      waiting(4),
    ]);
    await queue(3, 4);
    expect(await ask(4, 1)).toMatchObject({ waiting: { place: 1 } });
    await withdraw(store, await record(3));

    expect(await ask(4, 1)).toMatchObject({ admitted: true });
  });

  it('takes no slot from one whose blueprint is broken later', async () => {
    const { ask, record, store } = await setUp([waiting(1), waiting(2)]);
    await ask(1, 1);
    await withdraw(store, await record(1));

    expect(await ask(2, 1)).toMatchObject({ admitted: false });
  });

  it('lets holders stay when the limit shrinks, and serves who waits when it grows', async () => {
    const { ask, queue, store } = await setUp([holding(1), holding(2), waiting(3)]);
    await queue(3);
    expect(await ask(1, 1)).toMatchObject({ admitted: true });
    expect(await ask(3, 1)).toMatchObject({ waiting: { place: 1, holders: [{}, {}] } });
    await store.transaction(callWaiting);

    expect(store.takeEnqueued()).toEqual(['acme/shop#3']);
    expect(await ask(3, 3)).toMatchObject({ admitted: true });
  });

  it("holds a repository's own limit, behind which other repositories do not wait", async () => {
    const holder = holding(1, allowing(1));
    const other = elsewhere(waiting(9));
    const { ask, queue } = await setUp([holder, waiting(2, allowing(1)), other]);
    await queue(2, other.identity.id);

    expect(await ask(2, 2)).toMatchObject({ admitted: false, waiting: { place: 1, limit: 1 } });
    expect(await ask(other.identity.id, 2)).toMatchObject({ admitted: true });
  });

  it('calls those who wait, and nobody else', async () => {
    const { store } = await setUp([holding(1), waiting(2), waiting(3), waiting(4, { intent: { state: 'absent' } })]);
    await store.transaction(callWaiting);

    expect(store.takeEnqueued()).toEqual(['acme/shop#2', 'acme/shop#3']);
  });
});
