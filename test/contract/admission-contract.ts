import { beforeAll, describe, expect, it } from '@jest/globals';
import { createSteppedClock } from '../../sim/clock.ts';
import { admit } from '../../src/reconcile/admission/admit.ts';
import { passOn } from '../../src/reconcile/admission/call-waiting.ts';
import type { EnvironmentRecord, Store } from '../../src/reconcile/store.ts';
import { SupersededError } from '../../src/reconcile/superseded.ts';
import { environmentRecord } from '../support/environment-record.ts';
import { createFakeBudgets } from '../support/fake-budgets.ts';

export interface ProcessesUnderTest {
  /** Each process's own, all on one database, in which nothing is. */
  readonly stores: readonly Store[];
  /** Environments with a look waiting. */
  enqueued(): Promise<readonly string[]>;
}

const LIMIT = 3;
const CROWD = Array.from({ length: 12 }, (_, index) => index + 1);
const clock = createSteppedClock();
const budgets = createFakeBudgets();

/** What holds of admission however many processes ask at once. */
export function describeAdmission(open: () => Promise<ProcessesUnderTest>): void {
  let underTest: ProcessesUnderTest;

  beforeAll(async () => {
    underTest = await open();
  });

  const storeOf = (number: number): Store => {
    const { stores } = underTest;
    const store = stores[number % stores.length];
    if (!store) {
      throw new Error('no store');
    }
    return store;
  };
  const everybody = async () => await storeOf(0).liveEnvironments();
  const holders = async () => (await everybody()).filter(({ admittedAt }) => admittedAt);
  const ask = async (record: EnvironmentRecord, number: number) =>
    await admit({ store: storeOf(number), clock, budgets, limit: LIMIT }, { record, needs: [] });

  describe('processes that admit at the same time', () => {
    it('never give out more slots than there are, and serve everybody in the end', async () => {
      for (const number of CROWD) {
        const record = environmentRecord(number, { intent: { author: `author-${number % 4}` } });
        await storeOf(number).transaction(async (transaction) => await transaction.saveEnvironment(record));
      }
      let served = 0;
      for (let round = 0; served < CROWD.length && round < CROWD.length; round += 1) {
        // Each is looked at by both at once, as after a lost lease; half of those who hold one let go meanwhile.
        const waiting = (await everybody()).filter(({ admittedAt }) => !admittedAt);
        const leaving = (await holders()).slice(0, 2);
        await Promise.allSettled([
          ...waiting.flatMap((record) => underTest.stores.map(async (_, number) => await ask(record, number))),
          ...leaving.map(async ({ identity }, number) => {
            await storeOf(number).transaction(async (transaction) => {
              await passOn(transaction);
              const current = await transaction.environment(identity.id);
              if (current) {
                await transaction.saveEnvironment({ ...current, goneAt: clock.now() });
              }
            });
          }),
        ]);
        served += leaving.length;
        expect((await holders()).length).toBeLessThanOrEqual(LIMIT);
      }

      expect(served).toBe(CROWD.length);
    });

    it('promise the last clone once, although AWS shows none of theirs yet', async () => {
      const pool = { kind: 'clones', of: 'mayfly-source' } as const;
      const records = [301, 302, 303, 304].map((number) => environmentRecord(number));
      budgets.items.clones = Array.from({ length: 14 }, (_, index) => `somebody-s-${index}`);
      for (const record of records) {
        await storeOf(0).transaction(async (transaction) => await transaction.saveEnvironment(record));
      }
      const admissions = await Promise.all(
        records.map(async (record, number) => {
          const needs = [{ ...pool, item: record.identity.name }];
          return await admit({ store: storeOf(number), clock, budgets, limit: 1000 }, { record, needs });
        }),
      );

      expect(admissions.filter(({ admitted }) => admitted)).toHaveLength(1);
    });

    it('lose no close that another process takes in while a slot is given', async () => {
      const [own, other] = underTest.stores;
      if (!own || !other) {
        return;
      }
      const record = environmentRecord(101);
      const { id } = record.identity;
      await own.transaction(async (transaction) => await transaction.saveEnvironment(record));
      const close = async () =>
        await other.transaction(async (transaction) => {
          const current = (await transaction.environment(id)) ?? record;
          const intent = { ...current.intent, generation: 2, state: 'absent' as const };
          await transaction.saveEnvironment({ ...current, intent });
        });
      const interrupted: Store = {
        ...own,
        transaction: async (work) =>
          await own.transaction(
            async (transaction) =>
              await work({
                ...transaction,
                // Everybody was counted by now, and this one found to be wanted.
                environment: async (asked) => {
                  await close();
                  return await transaction.environment(asked);
                },
              }),
          ),
      };

      await expect(admit({ store: interrupted, clock, budgets, limit: 1000 }, { record, needs: [] })).rejects.toThrow(
        SupersededError,
      );
      expect(await own.environment(id)).toMatchObject({ admittedAt: null, intent: { state: 'absent', generation: 2 } });
    });
  });

  it('has the call of those who wait undone together with the end that made it', async () => {
    const waiting = environmentRecord(201);
    await storeOf(0).transaction(async (transaction) => await transaction.saveEnvironment(waiting));
    const failing = storeOf(0).transaction(async (transaction) => {
      await passOn(transaction);
      throw new Error('it was wanted again');
    });
    await expect(failing).rejects.toThrow('wanted again');
    expect(await underTest.enqueued()).not.toContain(waiting.identity.id);

    await storeOf(0).transaction(passOn);
    expect(await underTest.enqueued()).toContain(waiting.identity.id);
  });
}
