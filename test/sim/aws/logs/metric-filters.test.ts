import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteMetricFilterCommand,
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
  PutMetricFilterCommand,
  type PutMetricFilterCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from '@jest/globals';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

const GROUP = '/ecs/nonprod-mayfly';
const TRANSFORMATION = { metricName: 'errors', metricNamespace: 'Mayfly/nonprod', metricValue: '1', defaultValue: 0 };
const ERRORS: PutMetricFilterCommandInput = {
  logGroupName: GROUP,
  filterName: 'nonprod-errors',
  filterPattern: '{ $.level >= 50 }',
  metricTransformations: [TRANSFORMATION],
};

async function start(): Promise<CloudWatchLogsClient> {
  const { client } = await startSteppedAws({ rateLimits: false });
  const logs = new CloudWatchLogsClient(client);
  await logs.send(new CreateLogGroupCommand({ logGroupName: GROUP }));
  return logs;
}

describe('a metric filter', () => {
  it('is described as it was put, counted in its group, and changed by a second put', async () => {
    const logs = await start();
    await logs.send(new PutMetricFilterCommand(ERRORS));
    await logs.send(new PutMetricFilterCommand({ ...ERRORS, filterPattern: '{ $.level >= 60 }' }));

    const { metricFilters } = await logs.send(new DescribeMetricFiltersCommand({ logGroupName: GROUP }));
    expect(metricFilters).toEqual([
      {
        filterName: 'nonprod-errors',
        filterPattern: '{ $.level >= 60 }',
        metricTransformations: [TRANSFORMATION],
        creationTime: expect.any(Number),
        logGroupName: GROUP,
      },
    ]);
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({}));
    expect(logGroups?.[0]?.metricFilterCount).toBe(1);
  });

  it('is found by the beginning of its name and by its metric', async () => {
    const logs = await start();
    await logs.send(new PutMetricFilterCommand(ERRORS));
    const found = async (input: object) =>
      (await logs.send(new DescribeMetricFiltersCommand(input))).metricFilters?.length;

    expect(await found({ filterNamePrefix: 'nonprod-' })).toBe(1);
    expect(await found({ filterNamePrefix: 'other-' })).toBe(0);
    expect(await found({ metricName: 'errors', metricNamespace: 'Mayfly/nonprod' })).toBe(1);
    expect(await found({ metricName: 'errors', metricNamespace: 'Other' })).toBe(0);
  });

  it('is gone once it is deleted, and cannot be deleted twice', async () => {
    const logs = await start();
    await logs.send(new PutMetricFilterCommand(ERRORS));
    const end = new DeleteMetricFilterCommand({ logGroupName: GROUP, filterName: 'nonprod-errors' });
    await logs.send(end);

    expect((await logs.send(new DescribeMetricFiltersCommand({}))).metricFilters).toEqual([]);
    await expect(logs.send(end)).rejects.toThrow(expect.objectContaining({ name: 'ResourceNotFoundException' }));
  });

  it.each<[reason: string, input: Partial<PutMetricFilterCommandInput>]>([
    ['its name holds a colon', { filterName: 'a:b' }],
    ['it has two transformations', { metricTransformations: [TRANSFORMATION, TRANSFORMATION] }],
    [
      'it has dimensions and a default value',
      { metricTransformations: [{ ...TRANSFORMATION, dimensions: { who: '$.who' } }] },
    ],
    ['its pattern is longer than 1024', { filterPattern: 'x'.repeat(1025) }],
  ])('is refused when %s', async (_reason, input) => {
    const logs = await start();
    await expect(logs.send(new PutMetricFilterCommand({ ...ERRORS, ...input }))).rejects.toThrow(
      expect.objectContaining({ name: 'InvalidParameterException' }),
    );
  });

  it('is the hundredth at most', async () => {
    const logs = await start();
    for (let index = 0; index < 100; index += 1) {
      await logs.send(new PutMetricFilterCommand({ ...ERRORS, filterName: `filter-${index}` }));
    }
    await expect(logs.send(new PutMetricFilterCommand(ERRORS))).rejects.toThrow(
      expect.objectContaining({ name: 'LimitExceededException' }),
    );
    await expect(logs.send(new PutMetricFilterCommand({ ...ERRORS, filterName: 'filter-7' }))).resolves.toBeDefined();
  });
});
