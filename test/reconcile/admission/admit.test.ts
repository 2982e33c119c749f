import { describe, expect, it } from '@jest/globals';
import { createSteppedClock } from '../../../sim/clock.ts';
import type { BudgetNeed } from '../../../src/domain/budget.ts';
import { TransientError } from '../../../src/domain/failure.ts';
import { admit, withdraw } from '../../../src/reconcile/admission/admit.ts';
import { callWaiting, passOn } from '../../../src/reconcile/admission/call-waiting.ts';
import type { EnvironmentRecord, Resolution } from '../../../src/reconcile/store.ts';
import { SupersededError } from '../../../src/reconcile/superseded.ts';
import { environmentRecord } from '../../support/environment-record.ts';
import { createFakeBudgets } from '../../support/fake-budgets.ts';
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
  const budgets = createFakeBudgets();
  const needs = new Map<number | string, readonly BudgetNeed[]>();
  const ask = async (id: number | string, limit: number) =>
    await admit({ store, clock, budgets, limit }, { record: await record(id), needs: needs.get(id) ?? [] });
  /** They come one after the other, and no slot is free. */
  const queue = async (...ids: (number | string)[]) => {
    for (const id of ids) {
      clock.advance(1);
      await ask(id, 0);
    }
  };
  const end = async (number: number) =>
    await store.transaction(async (transaction) => {
      await passOn(transaction);
      await transaction.saveEnvironment({ ...(await record(number)), goneAt: clock.now() });
    });
  return { clock, store, budgets, needs, save, record, ask, queue, end };
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
    const { budgets, clock, record, save, store } = await setUp([waiting(1)]);
    const before = await record(1);
    await save({ ...before, intent: { ...before.intent, generation: 2, state: 'absent', releaseReason: 'closed' } });

    const asking = admit({ store, clock, budgets, limit: 1 }, { record: before, needs: [] });
    await expect(asking).rejects.toThrow(SupersededError);
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
    await store.transaction(async (transaction) => await callWaiting(transaction));

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
    await store.transaction(async (transaction) => await callWaiting(transaction));

    expect(store.takeEnqueued()).toEqual(['acme/shop#2', 'acme/shop#3']);
  });
});

const SOURCE = { kind: 'clones', of: 'mayfly-source' } as const;
const clone = (number: number): BudgetNeed => ({ ...SOURCE, item: `nonprod-pr-${number}` });
const clonesOf = (...of: number[]) => of.map((number) => clone(number).item);
const others = (count: number) => Array.from({ length: count }, (_, index) => `somebody-s-${index}`);

describe('giving out clones', () => {
  it('gives the last one to one of two that ask at once, although AWS shows neither yet', async () => {
    const { ask, budgets, needs, queue } = await setUp([waiting(1), waiting(2)]);
    budgets.items.clones = others(14);
    needs.set(1, [clone(1)]).set(2, [clone(2)]);
    await queue(1, 2);

    expect((await Promise.all([ask(1, 10), ask(2, 10)])).map(({ admitted }) => admitted)).toEqual([true, false]);
    expect(await ask(2, 10)).toMatchObject({
      waiting: { place: 1, limit: 15, shortage: { used: 15, limit: 15 }, holders: [{ identity: { name: 'pr-1' } }] },
    });
  });

  it('counts what is promised and there once', async () => {
    const { ask, budgets, needs } = await setUp([waiting(1), waiting(2)]);
    needs.set(1, [clone(1)]).set(2, [clone(2)]);
    await ask(1, 10);
    budgets.items.clones = [...others(13), ...clonesOf(1)];

    expect(await ask(2, 10)).toMatchObject({ admitted: true });
  });

  it('counts a clone that is there without an environment, its own as its own', async () => {
    const { ask, budgets, needs } = await setUp([waiting(1), waiting(2)]);
    needs.set(1, [clone(1)]).set(2, [clone(2)]);
    budgets.items.clones = [...others(14), ...clonesOf(1)];

    expect(await ask(2, 10)).toMatchObject({ admitted: false });
    expect(await ask(1, 10)).toMatchObject({ admitted: true });
  });

  it('asks AWS only when a slot is free, and not again within minutes of a refusal', async () => {
    const { ask, budgets, clock, needs } = await setUp([holding(1), waiting(2)]);
    needs.set(2, [clone(2)]);
    budgets.items.clones = others(15);
    await ask(2, 1);
    expect(budgets.reads).toEqual([]);

    await ask(2, 2);
    await ask(2, 2);
    expect(budgets.reads).toEqual([[SOURCE]]);
    clock.advance(300);
    budgets.items.clones = others(14);

    expect(await ask(2, 2)).toMatchObject({ admitted: true });
    await ask(2, 2);
    expect(budgets.reads).toHaveLength(2);
  });

  it('is looked for again although the clock was set back behind the last look', async () => {
    const { ask, budgets, clock, needs } = await setUp([waiting(1)]);
    needs.set(1, [{ kind: 'clones', of: 'mayfly-source', item: 'one' }]);
    budgets.items.clones = Array.from({ length: 15 }, (_, index) => `somebody-s-${index}`);
    clock.advance(DAY);
    expect(await ask(1, 1)).toMatchObject({ admitted: false });
    budgets.items.clones = [];
    clock.advance(-DAY);

    expect(await ask(1, 1)).toMatchObject({ admitted: true });
  });

  it('is looked for again at once when an environment has gone, even while AWS was being asked', async () => {
    const { ask, budgets, end, needs } = await setUp([waiting(1), waiting(2)]);
    needs.set(1, [clone(1)]).set(2, [clone(2)]);
    await ask(1, 10);
    budgets.items.clones = [...others(14), ...clonesOf(1)];
    budgets.meanwhile = async () => {
      budgets.meanwhile = undefined;
      budgets.items.clones = others(14);
      await end(1);
    };

    expect(await ask(2, 10)).toMatchObject({ admitted: true });
  });

  it('has those who need none pass one that waits for one, and nobody who needs one', async () => {
    const { ask, budgets, needs, queue, store } = await setUp([waiting(1), waiting(2), waiting(3)]);
    needs.set(1, [clone(1)]).set(3, [clone(3)]);
    budgets.items.clones = others(15);
    await queue(1, 2, 3);
    store.takeEnqueued();
    await ask(1, 2);
    expect(store.takeEnqueued()).toEqual(['acme/shop#2', 'acme/shop#3']);
    budgets.items.clones = others(14);

    expect(await ask(3, 10)).toMatchObject({ admitted: false, waiting: { place: 2 } });
    expect(await ask(2, 10)).toMatchObject({ admitted: true });
  });

  it('is not taken by one behind it before the first has found out that there is one again', async () => {
    const { ask, budgets, end, needs, queue, store } = await setUp([waiting(1), waiting(2), waiting(3)]);
    needs.set(1, [clone(1)]).set(2, [clone(2)]);
    await ask(1, 1);
    budgets.items.clones = [...others(14), ...clonesOf(1)];
    await queue(2, 3);
    expect(await ask(2, 2)).toMatchObject({ waiting: { shortage: { kind: 'clones' } } });
    store.takeEnqueued();
    budgets.items.clones = others(14);
    await end(1);

    expect(store.takeEnqueued()).toEqual(['acme/shop#2', 'acme/shop#3']);
    expect(await ask(3, 1)).toMatchObject({ admitted: false, waiting: { place: 1 } });
    expect(await ask(2, 1)).toMatchObject({ admitted: true });
  });

  it('is promised to an environment whose commit wants a database now, or it waits with all that it has', async () => {
    const { ask, budgets, needs, record } = await setUp([waiting(1), waiting(2)]);
    await ask(1, 10);
    needs.set(1, [clone(1)]).set(2, [clone(2)]);
    budgets.items.clones = others(15);
    expect(await ask(1, 10)).toMatchObject({ admitted: false, waiting: { shortage: { used: 15 } } });
    expect((await record(1)).admittedAt).not.toBeNull();
    needs.set(1, []);
    expect(await ask(1, 10)).toMatchObject({ admitted: true });

    budgets.items.clones = others(14);
    needs.set(1, [clone(1)]);
    expect(await ask(1, 10)).toMatchObject({ admitted: true });
    expect(await ask(2, 10)).toMatchObject({ admitted: false });
  });

  it('is free for others once a commit needs it no more and AWS does not show it', async () => {
    const { ask, budgets, needs } = await setUp([waiting(1), waiting(2)]);
    needs.set(1, [clone(1)]).set(2, [clone(2)]);
    budgets.items.clones = others(14);
    await ask(1, 10);
    needs.set(1, []);
    await ask(1, 10);

    expect(await ask(2, 10)).toMatchObject({ admitted: true });
  });

  it('is not given when AWS does not answer', async () => {
    const { ask, budgets, needs, record } = await setUp([waiting(1)]);
    needs.set(1, [clone(1)]);
    budgets.error = new TransientError('Throttled', 'AWS asked for a slower pace.');

    await expect(ask(1, 10)).rejects.toThrow('slower pace');
    expect((await record(1)).admittedAt).toBeNull();
  });
});
