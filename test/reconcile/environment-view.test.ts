import { describe, expect, it } from '@jest/globals';
import type { Condition } from '../../src/domain/condition.ts';
import type { CostReport } from '../../src/reconcile/cost/cost-report.ts';
import { environmentViews } from '../../src/reconcile/environment-view.ts';
import type { EnvironmentRecord, ResourceRecord } from '../../src/reconcile/store.ts';
import { environmentRecord, resourceRecord } from '../support/environment-record.ts';
import { createMemoryStore } from '../support/memory-store.ts';
import { stringsIn } from '../support/strings-in.ts';

const START = new Date('2026-11-20T09:00:00Z');
const LATER = new Date('2026-11-21T09:00:00Z');
const ADMITTED = { admittedAt: START, readyAt: LATER };
const WAITS: Condition = { type: 'Admitted', status: 'unknown', reason: 'Queued', message: '', since: START };
const COST: CostReport = {
  currency: 'GBP',
  perDay: { low: 3_100_000, high: 3_100_000 },
  byExpiry: { low: 21_700_000, high: 21_700_000 },
  spent: { low: 6_204_512, high: 6_204_512 },
  measured: true,
  parts: [
    { name: 'database', perDay: { low: 3_100_000, high: 3_100_000 } },
    { name: 'storage', perDay: null },
  ],
  sources: ['made up, 2026-11-01'],
  advice: { settings: { min: 0.5, max: 4 }, enough: { min: 0, max: 1.5, hours: 30 } },
  idleSince: LATER,
  nearlyIdleSince: null,
};

function clone(key: string, more: Partial<ResourceRecord> & { of: string; max?: number }): ResourceRecord {
  const { of, max = 4, ...rest } = more;
  const capacity = { min: 0.5, max, autoPauseSeconds: 300 };
  return resourceRecord(key, { kind: 'clone-cluster', spec: { sourceIdentifier: of, capacity }, ...rest });
}

async function views(
  records: readonly (readonly [EnvironmentRecord, readonly ResourceRecord[]])[],
  costs: Readonly<Record<string, CostReport>> = {},
) {
  const store = createMemoryStore();
  for (const [record, rows] of records) {
    await store.transaction(async (transaction) => await transaction.saveEnvironment(record));
    for (const row of rows) {
      await store.saveResource(record.identity.id, record.life, row);
    }
  }
  return await environmentViews({
    store,
    costOf: async ({ identity }) => await Promise.resolve(costs[identity.name]),
    sourceOf: async (identifier) =>
      await Promise.resolve({ identifier, day: '2026-11-20', passport: 'good', problem: null }),
  });
}

describe('environments as programs are shown them', () => {
  it('say what it is, until when, of which source, what it costs and which settings would have been enough, and why', async () => {
    const record = environmentRecord(7, { ...ADMITTED, servedSha: 'a'.repeat(40) });

    expect(await views([[record, [clone('clone-cluster', { of: 'source-2' })]]], { 'pr-7': COST })).toEqual([
      {
        name: 'pr-7',
        repository: 'acme/shop',
        pullRequest: 7,
        owner: 'octocat',
        phase: 'updating',
        headSha: record.intent.headSha,
        servedSha: 'a'.repeat(40),
        createdAt: record.createdAt,
        readyAt: LATER,
        expiresAt: record.intent.expiresAt,
        source: { identifier: 'source-2', day: '2026-11-20', passport: 'good', problem: null },
        capacity: { min: 0.5, max: 4 },
        cost: {
          currency: 'GBP',
          perDay: { low: 3.1, high: 3.1 },
          spent: { low: 6.204_512, high: 6.204_512 },
          byExpiry: { low: 21.7, high: 21.7 },
          measured: true,
          parts: [
            { name: 'database', perDay: { low: 3.1, high: 3.1 } },
            { name: 'storage', perDay: null },
          ],
          sources: ['made up, 2026-11-01'],
        },
        advice: {
          min: 0,
          max: 1.5,
          hours: 30,
          insteadOf: { min: 0.5, max: 4 },
          because: 'Less would have been enough in the 30 hours that were measured',
        },
        idleSince: LATER,
        nearlyIdleSince: null,
      },
    ]);
  });

  it('leave out what is not known: without a slot, a database and prices', async () => {
    expect(await views([[environmentRecord(8, { conditions: [WAITS] }), []]])).toMatchObject([
      { name: 'pr-8', phase: 'waiting', expiresAt: null, source: null, capacity: null, cost: null, advice: null },
    ]);
  });

  it('tell of the newest clone while one takes another’s place', async () => {
    const rows = [
      clone('clone-cluster/2', { of: 'source-2', max: 8, askedAt: LATER }),
      clone('clone-cluster', { of: 'source-1', state: 'releasing', askedAt: START }),
    ];

    expect(await views([[environmentRecord(7, ADMITTED), rows]])).toMatchObject([
      { source: { identifier: 'source-2' }, capacity: { min: 0.5, max: 8 } },
    ]);
    expect(
      await views([[environmentRecord(7, ADMITTED), [clone('clone-cluster', { of: 'x', state: 'gone' })]]]),
    ).toMatchObject([{ source: null, capacity: null }]);
  });

  it('look at each source once, whoever is a clone of it', async () => {
    const seen: string[] = [];
    const store = createMemoryStore();
    for (const number of [7, 8]) {
      const record = environmentRecord(number, ADMITTED);
      await store.transaction(async (transaction) => await transaction.saveEnvironment(record));
      await store.saveResource(record.identity.id, 1, clone('clone-cluster', { of: 'source-2' }));
    }
    const all = await environmentViews({
      store,
      costOf: async () => await Promise.resolve(undefined),
      async sourceOf(identifier) {
        seen.push(identifier);
        return await Promise.resolve({ identifier, day: null, passport: 'unasked', problem: null });
      },
    });

    expect(all.map(({ source }) => source?.identifier)).toEqual(['source-2', 'source-2']);
    expect(seen).toEqual(['source-2']);
  });

  it('are those that are not gone, oldest first', async () => {
    const named = async (...records: EnvironmentRecord[]) =>
      (await views(records.map((record) => [record, []]))).map(({ name, phase }) => `${name} ${phase}`);

    expect(
      await named(
        environmentRecord(2, { createdAt: LATER, intent: { state: 'absent', releaseReason: 'closed' } }),
        environmentRecord(1, { createdAt: START, conditions: [WAITS] }),
        environmentRecord(3, { createdAt: START, goneAt: LATER }),
      ),
    ).toEqual(['pr-1 waiting', 'pr-2 going']);
  });

  it('hold nothing of what people wrote, and nothing that a service said', async () => {
    const canary = 'canary-0d1f';
    const record = environmentRecord(7, {
      ...ADMITTED,
      intent: { title: canary, headRef: canary, baseRef: canary },
      resolution: {
        headSha: 'a'.repeat(40),
        readAt: START.toISOString(),
        blueprint: canary,
        changedPaths: [canary],
        baseCommits: {},
      },
      conditions: [{ type: 'Serving', status: 'false', reason: canary, message: canary, since: START }],
    });
    const row = clone('clone-cluster', { of: 'source-2', message: canary, outputs: { endpoint: canary } });

    expect(
      stringsIn(await views([[record, [row]]], { 'pr-7': COST })).filter((one) => JSON.stringify(one).includes(canary)),
    ).toEqual([]);
  });
});
