import { describe, expect, it } from '@jest/globals';
import type { UseSample } from '../../../src/reconcile/cost/cost-memory.ts';
import { createUseRounds } from '../../../src/reconcile/cost/use-rounds.ts';
import { environmentRecord, resourceRecord } from '../../support/environment-record.ts';
import { createMemoryCosts } from '../../support/memory-costs.ts';

const START = new Date('2026-11-20T09:00:00Z');
const hours = (count: number) => new Date(START.getTime() + count * 3_600_000);
const sample = (hour: number): UseSample => ({
  since: hours(hour),
  until: hours(hour + 1),
  acuMilli: 500,
  acuPeakMilli: 500,
  connections: 1,
  volumeBytes: null,
});

function stage() {
  const memory = createMemoryCosts();
  const asked: string[] = [];
  const failed: unknown[] = [];
  const records = [7, 8, 9].map((number) => environmentRecord(number));
  let now = START;
  let broken = false;
  const rounds = createUseRounds({
    memory,
    clock: { now: () => now, wallMilliseconds: (seconds) => seconds * 1000 },
    store: {
      liveEnvironments: async () => await Promise.resolve(records),
      // The last one has no clone.
      resources: async (id) =>
        await Promise.resolve(
          id.endsWith('9')
            ? []
            : [resourceRecord('clone-cluster', { kind: 'clone-cluster', name: `clone of ${id}`, readyAt: hours(0.5) })],
        ),
    },
    use: {
      async read(clusters, { since, until }) {
        asked.push(`${clusters.length} clusters, ${(until.getTime() - since.getTime()) / 3_600_000} h`);
        if (broken) {
          throw new Error('no answer');
        }
        const count = Math.round((until.getTime() - since.getTime()) / 3_600_000);
        const first = (since.getTime() - START.getTime()) / 3_600_000;
        const samples = Array.from({ length: count }, (_, index) => sample(first + index));
        return await Promise.resolve(new Map(clusters.map((cluster) => [cluster, samples])));
      },
    },
    onFailed: (error) => failed.push(error),
  });
  return {
    memory,
    asked,
    failed,
    id: records[0]?.identity.id ?? '',
    async roundAt(hour: number, without = false) {
      now = hours(hour);
      broken = without;
      await rounds.callRound();
      await rounds.idle();
    },
  };
}

describe('a round of reading how clones were used', () => {
  it('reads the whole hours that are past, of all clones in one go', async () => {
    const { memory, asked, id, roundAt } = stage();
    await roundAt(3.5);

    expect(asked).toEqual(['2 clusters, 3 h']);
    expect(await memory.uses(id, 1)).toEqual([sample(0), sample(1), sample(2)]);
  });

  it('asks for no hour twice, and not more often than every quarter of an hour', async () => {
    const { memory, asked, id, roundAt } = stage();
    for (const hour of [3.5, 3.6, 3.8, 4.1, 4.5]) {
      await roundAt(hour);
    }

    expect(asked).toEqual(['2 clusters, 3 h', '2 clusters, 1 h']);
    expect(await memory.uses(id, 1)).toHaveLength(4);
  });

  it('makes up for a round that was cut short', async () => {
    const { memory, failed, id, roundAt } = stage();
    await roundAt(2.5, true);
    await roundAt(4.5);

    expect(failed).toHaveLength(1);
    expect(await memory.uses(id, 1)).toHaveLength(4);
  });
});
