import {
  CloudWatchClient,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  type MetricDatum,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { SteppedClock } from '../../../../sim/clock.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

let cloudwatch: CloudWatchClient;
let clock: SteppedClock;

beforeEach(async () => {
  const started = await startSteppedAws();
  ({ clock } = started);
  cloudwatch = new CloudWatchClient(started.client);
});

const put = async (...MetricData: MetricDatum[]) =>
  await cloudwatch.send(new PutMetricDataCommand({ Namespace: 'Mayfly', MetricData }));

const waiting = (Value: number): MetricDatum => ({ MetricName: 'Waiting', Value, Unit: 'Count' });

const range = () => ({
  StartTime: new Date(clock.now().getTime() - 3_600_000),
  EndTime: new Date(clock.now().getTime() + 3_600_000),
});

describe('metric data', () => {
  it('is summed up by period', async () => {
    const start = Math.ceil(clock.now().getTime() / 60_000) * 60_000;
    const at = (seconds: number) => new Date(start + seconds * 1000);
    await put(
      { ...waiting(2), Timestamp: at(0) },
      { ...waiting(6), Timestamp: at(59) },
      { MetricName: 'Waiting', Unit: 'Count', Timestamp: at(60), Values: [1, 5], Counts: [3, 1] },
    );
    const { Datapoints } = await cloudwatch.send(
      new GetMetricStatisticsCommand({
        ...range(),
        Namespace: 'Mayfly',
        MetricName: 'Waiting',
        Period: 60,
        Statistics: ['Average', 'Sum', 'Maximum', 'Minimum', 'SampleCount'],
      }),
    );
    expect(Datapoints).toEqual([
      { Timestamp: at(0), Unit: 'Count', Average: 4, Sum: 8, Maximum: 6, Minimum: 2, SampleCount: 2 },
      { Timestamp: at(60), Unit: 'Count', Average: 2, Sum: 8, Maximum: 5, Minimum: 1, SampleCount: 4 },
    ]);
    const { MetricDataResults } = await cloudwatch.send(
      new GetMetricDataCommand({
        ...range(),
        MetricDataQueries: [
          { Id: 'm1', MetricStat: { Metric: { Namespace: 'Mayfly', MetricName: 'Waiting' }, Period: 60, Stat: 'Sum' } },
          { Id: 'm2', MetricStat: { Metric: { Namespace: 'Mayfly', MetricName: 'Other' }, Period: 60, Stat: 'Sum' } },
        ],
      }),
    );
    expect(MetricDataResults).toMatchObject([
      { Id: 'm1', Label: 'Waiting', Timestamps: [at(60), at(0)], Values: [8, 8] },
      { Id: 'm2', Values: [] },
    ]);
  });

  it('is of another metric with other dimensions', async () => {
    const Dimensions = [{ Name: 'Repository', Value: 'web' }];
    await put(waiting(1), { ...waiting(2), Dimensions });
    const { Metrics } = await cloudwatch.send(
      new ListMetricsCommand({ Namespace: 'Mayfly', Dimensions: [{ Name: 'Repository' }] }),
    );
    expect(Metrics).toEqual([{ Namespace: 'Mayfly', MetricName: 'Waiting', Dimensions }]);
    expect((await cloudwatch.send(new ListMetricsCommand({}))).Metrics).toHaveLength(2);
  });

  it.each([
    {
      reason: 'older than two weeks',
      datum: { ...waiting(1), Timestamp: new Date(0) },
      code: 'InvalidParameterValueException',
    },
    { reason: 'without a value', datum: { MetricName: 'Waiting' }, code: 'InvalidParameterCombinationException' },
    {
      reason: 'with fewer counts than values',
      datum: { MetricName: 'Waiting', Values: [1, 2], Counts: [1] },
      code: 'InvalidParameterValueException',
    },
  ])('is refused as a whole with one $reason', async ({ datum, code }) => {
    await expect(put(waiting(1), datum)).rejects.toMatchObject({ name: code });
    expect((await cloudwatch.send(new ListMetricsCommand({}))).Metrics).toEqual([]);
  });

  it("is not put into AWS's own namespaces", async () => {
    const command = new PutMetricDataCommand({ Namespace: 'AWS/ECS', MetricData: [waiting(1)] });
    await expect(cloudwatch.send(command)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });

  it('is asked for by statistic, not by expression, which is not computed here', async () => {
    const MetricDataQueries = [{ Id: 'e1', Expression: 'SUM(METRICS())' }];
    const command = new GetMetricDataCommand({ ...range(), MetricDataQueries });
    await expect(cloudwatch.send(command)).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
