import { describe, expect, it } from '@jest/globals';
import { createSteppedClock } from '../../sim/clock.ts';
import { admit, callWaiting } from '../../src/reconcile/admission.ts';
import type { EnvironmentRecord, Resolution } from '../../src/reconcile/store.ts';
import { environmentRecord } from '../support/environment-record.ts';
import { createMemoryStore } from '../support/memory-store.ts';

const START = new Date('2026-11-20T09:00:00Z').getTime();

async function setUp(records: readonly EnvironmentRecord[]) {
  const clock = createSteppedClock();
  const store = createMemoryStore();
  await store.transaction(async (transaction) => {
    for (const record of records) {
      await transaction.saveEnvironment(record);
    }
  });
  const ask = async (number: number, limit: number) =>
    await admit({ store, clock, limit, id: environmentRecord(number).identity.id });
  return { clock, store, ask };
}

/** The nth to come. */
function waiting(number: number, overrides: Parameters<typeof environmentRecord>[1] = {}): EnvironmentRecord {
  return environmentRecord(number, { createdAt: new Date(START + number * 1000), ...overrides });
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
    const { ask, store } = await setUp(numbers.map((number) => waiting(number)));

    const answers = await Promise.all(
      numbers.toReversed().map(async (number) => ({ number, ...(await ask(number, 3)) })),
    );

    expect(
      answers
        .filter(({ admitted }) => admitted)
        .map(({ number }) => number)
        .toSorted((a, b) => a - b),
    ).toEqual([1, 2, 3]);
    expect((await store.liveEnvironments()).filter(({ admittedAt }) => admittedAt)).toHaveLength(3);
    expect(await ask(5, 3)).toMatchObject({ admitted: false, place: 2, limit: 3 });
    expect(await ask(1, 3)).toMatchObject({ admitted: true });
  });

  it('keeps the slot of one on its way out until it is gone', async () => {
    const leaving = waiting(1, { admittedAt: new Date(START), intent: { state: 'absent' } });
    const { ask, store } = await setUp([leaving, waiting(2)]);
    expect(await ask(2, 1)).toMatchObject({ admitted: false, place: 1, holders: [{ identity: { name: 'pr-1' } }] });

    await store.saveOutcome(leaving.identity.id, 1, { goneAt: new Date(START) });
    expect(await ask(2, 1)).toMatchObject({ admitted: true });
  });

  it('remembers when a slot was given, however often it is asked for again', async () => {
    const { ask, clock } = await setUp([waiting(1)]);
    const first = await ask(1, 1);
    clock.advance(60);

    expect(await ask(1, 1)).toEqual(first);
  });

  it('has nobody wait behind one that will never run', async () => {
    const { ask } = await setUp([
      waiting(1, { intent: { fromFork: true } }),
      waiting(2, { intent: { state: 'absent' } }),
      waiting(3),
    ]);

    expect(await ask(3, 1)).toMatchObject({ admitted: true });
  });

  it("holds a repository's own limit, behind which other repositories do not wait", async () => {
    const holder = waiting(1, { admittedAt: new Date(START), ...allowing(1) });
    const other = elsewhere(waiting(9));
    const { ask, store } = await setUp([holder, waiting(2, allowing(1)), other]);

    expect(await ask(2, 2)).toMatchObject({ admitted: false, place: 1, limit: 1 });
    expect(await admit({ store, clock: createSteppedClock(), limit: 2, id: other.identity.id })).toMatchObject({
      admitted: true,
    });
  });

  it('calls those who wait, and nobody else', async () => {
    const { store } = await setUp([waiting(1, { admittedAt: new Date(START) }), waiting(2), waiting(3)]);
    await callWaiting(store);

    expect(store.takeEnqueued()).toEqual(['acme/shop#2', 'acme/shop#3']);
  });
});
