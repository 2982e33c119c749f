import type { GetMetricDataCommand, GetMetricDataOutput } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from '@jest/globals';
import { TransientError } from '../../src/domain/failure.ts';
import { createDatabaseUse } from '../../src/provision/aws/database-use.ts';

const START = new Date('2026-11-20T09:00:00Z');
const hours = (count: number) => new Date(START.getTime() + count * 3_600_000);
const HOURS = { since: hours(0), until: hours(3) };

/** A CloudWatch that answers with these pages, or throws them, one after the other. */
function answering(pages: readonly (GetMetricDataOutput | Error)[]) {
  const asked: GetMetricDataCommand['input'][] = [];
  async function send({ input }: GetMetricDataCommand): Promise<GetMetricDataOutput> {
    asked.push(input);
    const page = pages[asked.length - 1] ?? {};
    return page instanceof Error ? await Promise.reject(page) : await Promise.resolve(page);
  }
  // The SDK's own signature has overloads that no call here takes.
  return { use: createDatabaseUse({ send } as unknown as Parameters<typeof createDatabaseUse>[0]), asked };
}

const result = (Id: string, values: readonly (readonly [hour: number, value: number])[]) => ({
  Id,
  Timestamps: values.map(([hour]) => hours(hour)),
  Values: values.map(([, value]) => value),
});

describe('how clones were used', () => {
  it('is asked of all of them in one call, and read hour by hour', async () => {
    const page = {
      MetricDataResults: [
        result('acu_0', [
          [1, 0.75],
          [0, 0.5],
        ]),
        result('peak_0', [
          [0, 1.5],
          [1, 2],
        ]),
        result('connections_0', [[0, 12]]),
        result('volume_0', [[1, 1_234_567]]),
        result('acu_1', []),
      ],
    };
    const { use, asked } = answering([page]);
    const read = await use.read(['one', 'two'], HOURS);

    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ StartTime: hours(0), EndTime: hours(3) });
    expect(asked[0]?.MetricDataQueries?.map(({ Id }) => Id)).toEqual(
      [0, 1].flatMap((index) => ['acu', 'peak', 'connections', 'volume'].map((figure) => `${figure}_${index}`)),
    );
    expect(Object.fromEntries(read)).toEqual({
      one: [
        { since: hours(0), until: hours(1), acuMilli: 500, acuPeakMilli: 1500, connections: 12, volumeBytes: null },
        {
          since: hours(1),
          until: hours(2),
          acuMilli: 750,
          acuPeakMilli: 2000,
          connections: null,
          volumeBytes: 1_234_567,
        },
      ],
    });
  });

  it('is read from all pages of an answer', async () => {
    const { use } = answering([
      { MetricDataResults: [result('acu_0', [[0, 1]])], NextToken: 'more' },
      { MetricDataResults: [result('acu_0', [[1, 2]])] },
    ]);

    expect((await use.read(['one'], HOURS)).get('one')?.map(({ acuMilli }) => acuMilli)).toEqual([1000, 2000]);
  });

  it('takes no more than 500 queries in one call', async () => {
    const { use, asked } = answering([]);
    await use.read(
      Array.from({ length: 126 }, (_, index) => `clone-${index}`),
      HOURS,
    );

    expect(asked.map(({ MetricDataQueries }) => MetricDataQueries?.length)).toEqual([500, 4]);
  });

  it('is tried again later where CloudWatch is asked too often', async () => {
    const { use } = answering([Object.assign(new Error('Rate exceeded'), { name: 'Throttling' })]);

    await expect(use.read(['one'], HOURS)).rejects.toBeInstanceOf(TransientError);
  });
});
