import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createSteppedClock } from '../../sim/clock.ts';
import { type Admission, admit } from '../../src/reconcile/admission/admit.ts';
import { passOn } from '../../src/reconcile/admission/call-waiting.ts';
import { SupersededError } from '../../src/reconcile/superseded.ts';
import { environmentRecord } from '../support/environment-record.ts';
import { createFakeBudgets } from '../support/fake-budgets.ts';
import { createMemoryStore } from '../support/memory-store.ts';

const idOf = (number: number) => environmentRecord(number).identity.id;
const count = 8;

async function setUp(limit: number) {
  const clock = createSteppedClock();
  const store = createMemoryStore();
  const budgets = createFakeBudgets();
  let most = 0;

  const holders = async () =>
    (await store.liveEnvironments()).filter(({ admittedAt }) => admittedAt).map(({ identity }) => identity.id);

  for (let number = 1; number <= count; number += 1) {
    const author = `author-${number % 3}`;
    const record = environmentRecord(number, { createdAt: new Date(number * 1000), intent: { author } });
    await store.transaction(async (transaction) => await transaction.saveEnvironment(record));
  }

  async function ask(number: number): Promise<Admission | undefined> {
    const record = await store.environment(idOf(number));
    if (!record || record.goneAt) {
      return undefined;
    }
    clock.advance(1);
    // Every one needs something that AWS is asked about, so that others come in between.
    const needs = [{ kind: 'target-groups', of: 'balancer', item: `pr-${number}` } as const];
    try {
      const admission = await admit({ store, clock, budgets, limit }, { record, needs });
      most = Math.max(most, (await holders()).length);
      return admission;
    } catch (error) {
      expect(error).toBeInstanceOf(SupersededError);
      return undefined;
    }
  }

  async function end(number: number): Promise<void> {
    await store.transaction(async (transaction) => {
      await passOn(transaction);
      const record = await transaction.environment(idOf(number));
      if (record) {
        await transaction.saveEnvironment({ ...record, goneAt: clock.now() });
      }
    });
  }

  return { ask, budgets, end, holders, most: () => most, clock, store };
}

const steps = fc.array(
  fc.record({ what: fc.constantFrom('ask', 'ask', 'ask', 'end'), number: fc.integer({ min: 1, max: count }) }),
  { minLength: 1, maxLength: 20 },
);

describe('The quota (10) is held under any race; who waits sees a place in the queue and who holds the slots.', () => {
  it('when somebody who goes before a draft takes the last slot while AWS is asked for the draft', async () => {
    const { ask, budgets, holders, most, store } = await setUp(1);
    const draft = environmentRecord(2, { intent: { author: 'author-2', draft: true } });
    await store.transaction(async (transaction) => await transaction.saveEnvironment(draft));
    budgets.meanwhile = async () => {
      budgets.meanwhile = undefined;
      await ask(1);
    };
    const admission = await ask(2);

    expect(await holders()).toEqual([idOf(1)]);
    expect(most()).toBe(1);
    expect(admission).toMatchObject({ admitted: false });
  });

  it('in whichever order they ask, and AWS answers, and others end meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), steps, fc.integer({ min: 0, max: 3 }), async (scheduler, all, limit) => {
        const { ask, budgets, end, most } = await setUp(limit);
        budgets.meanwhile = async () => await scheduler.schedule(Promise.resolve(), 'AWS answers');
        const begun = all.map(async ({ what, number }) => {
          await scheduler.schedule(Promise.resolve(), `${what} ${number}`);
          await (what === 'ask' ? ask(number) : end(number));
        });
        await scheduler.waitFor(Promise.all(begun));

        expect(most()).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 60 },
    );
  });

  it('one on its way out holds its slot until it is gone', async () => {
    const { ask, end, holders, store } = await setUp(1);
    expect(await ask(1)).toMatchObject({ admitted: true });
    await store.transaction(async (transaction) => {
      const record = await transaction.environment(idOf(1));
      if (record) {
        await transaction.saveEnvironment({ ...record, intent: { ...record.intent, state: 'absent' } });
      }
    });
    expect(await ask(2)).toMatchObject({ admitted: false });
    expect(await holders()).toEqual([idOf(1)]);

    await end(1);
    expect(await ask(2)).toMatchObject({ admitted: true });
  });

  it('everybody who waits has a place of its own, and is told the same holders', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8], { minLength: 1 }),
        fc.nat({ max: 4 }),
        async (order, limit) => {
          const { ask, holders } = await setUp(limit);
          // Twice: the first time some have not claimed yet.
          for (const number of order) {
            await ask(number);
          }
          const answers: (Admission | undefined)[] = [];
          for (const number of order) {
            answers.push(await ask(number));
          }
          const waiting = answers.flatMap((answer) => (answer?.admitted === false ? [answer.waiting] : []));

          expect(await holders()).toHaveLength(Math.min(limit, order.length));
          expect(new Set(waiting.map(({ place }) => place))).toEqual(new Set(waiting.map((_, index) => index + 1)));
          for (const { holders: told } of waiting) {
            expect(told.map(({ identity }) => identity.id).toSorted()).toEqual((await holders()).toSorted());
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
