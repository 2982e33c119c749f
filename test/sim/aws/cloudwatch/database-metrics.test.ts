import {
  CloudWatchClient,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
} from '@aws-sdk/client-cloudwatch';
import { ModifyDBClusterCommand } from '@aws-sdk/client-rds';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { useDatabase } from '../../../../sim/aws/rds/database-use.ts';
import { type Aurora, startAurora } from '../rds/aurora.ts';

let aurora: Aurora;
let cloudWatch: CloudWatchClient;
beforeEach(async () => {
  aurora = await startAurora();
  cloudWatch = new CloudWatchClient(aurora.client);
});

const MINUTE = 60;
const minutesAgo = (minutes: number) => new Date(aurora.clock.now().getTime() - minutes * MINUTE * 1000);

/** Of the last minutes, oldest first. */
async function values(name: string, { minutes = 5, period = MINUTE, stat = 'Average', id = 'golden' } = {}) {
  const Dimension = id.endsWith('-1') ? 'DBInstanceIdentifier' : 'DBClusterIdentifier';
  const { MetricDataResults = [] } = await cloudWatch.send(
    new GetMetricDataCommand({
      StartTime: minutesAgo(minutes),
      EndTime: aurora.clock.now(),
      ScanBy: 'TimestampAscending',
      MetricDataQueries: [
        {
          Id: 'asked',
          MetricStat: {
            Metric: { Namespace: 'AWS/RDS', MetricName: name, Dimensions: [{ Name: Dimension, Value: id }] },
            Period: period,
            Stat: stat,
          },
        },
      ],
    }),
  );
  return MetricDataResults[0]?.Values;
}

const pass = (minutes: number) => aurora.clock.advance(minutes * MINUTE);

describe('the metrics of a database', () => {
  it('say of an idle one that it has its minimum, and nobody in it', async () => {
    pass(5);
    expect(await values('ServerlessDatabaseCapacity')).toEqual([0.5, 0.5, 0.5, 0.5, 0.5]);
    expect(await values('ACUUtilization')).toEqual([25, 25, 25, 25, 25]);
    expect(await values('DatabaseConnections', { id: 'golden-1' })).toEqual([0, 0, 0, 0, 0]);
    expect(await values('CPUUtilization')).toEqual([0, 0, 0, 0, 0]);
    expect(await values('VolumeBytesUsed', { stat: 'Maximum' })).toHaveLength(5);
  });

  it('begin when the first instance is up, and end with it', async () => {
    expect(await values('DatabaseConnections', { minutes: 60 })).toEqual([]);
    pass(2);
    expect(await values('DatabaseConnections', { minutes: 60 })).toEqual([0, 0]);
    await aurora.deleteInstance('golden-1');
    expect(await values('DatabaseConnections', { minutes: 60 })).toEqual([]);
  });

  it('tell what it was used for, minute by minute and by statistics over longer', async () => {
    pass(2);
    useDatabase(aurora.world, { cluster: 'golden', connections: 7, capacity: 1.5, cpu: 40, volumeBytes: 2e9 });
    pass(2);
    useDatabase(aurora.world, { cluster: 'golden', connections: 0 });
    pass(1);
    expect(await values('ServerlessDatabaseCapacity')).toEqual([0.5, 0.5, 1.5, 1.5, 0.5]);
    expect(await values('DatabaseConnections')).toEqual([0, 0, 7, 7, 0]);
    expect((await values('VolumeBytesUsed'))?.at(-1)).toBe(2e9);
    const { Datapoints = [] } = await cloudWatch.send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/RDS',
        MetricName: 'DatabaseConnections',
        Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'golden-1' }],
        StartTime: minutesAgo(5),
        EndTime: aurora.clock.now(),
        Period: 3600,
        Statistics: ['Maximum', 'Sum', 'SampleCount'],
      }),
    );
    expect(Datapoints).toMatchObject([{ Maximum: 7, Sum: 14, SampleCount: 5, Unit: 'Count' }]);
  });

  it('say that one which may pause does, once nobody was in it for so long', async () => {
    await aurora.rds.send(
      new ModifyDBClusterCommand({
        DBClusterIdentifier: 'golden',
        ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 4, SecondsUntilAutoPause: 300 },
      }),
    );
    pass(2);
    useDatabase(aurora.world, { cluster: 'golden', connections: 1 });
    pass(10);
    expect(await values('ServerlessDatabaseCapacity', { minutes: 1 })).toEqual([0.5]);
    useDatabase(aurora.world, { cluster: 'golden', connections: 0 });
    pass(6);
    expect(await values('ServerlessDatabaseCapacity', { minutes: 6 })).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 0]);
    useDatabase(aurora.world, { cluster: 'golden', connections: 1, capacity: 100 });
    pass(1);
    expect(await values('ServerlessDatabaseCapacity', { minutes: 1 })).toEqual([4]);
    expect(await values('ACUUtilization', { minutes: 1 })).toEqual([100]);
  });

  it('are listed, by cluster and by instance', async () => {
    const { Metrics = [] } = await cloudWatch.send(new ListMetricsCommand({ Namespace: 'AWS/RDS' }));
    expect(Metrics).toHaveLength(9);
    expect(Metrics).toContainEqual({
      Namespace: 'AWS/RDS',
      MetricName: 'ServerlessDatabaseCapacity',
      Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'golden-1' }],
    });
  });

  it('are none of what is not there', async () => {
    pass(5);
    expect(await values('DatabaseConnections', { id: 'nobody' })).toEqual([]);
    expect(await values('FreeableMemory')).toEqual([]);
  });

  it('follow what another process says', async () => {
    const answer = await fetch(`${aurora.aws.url}/_sim/databases`, {
      method: 'POST',
      body: JSON.stringify({ cluster: 'golden', connections: 3 }),
    });
    expect(answer.status).toBe(201);
    pass(1);
    expect(await values('DatabaseConnections', { minutes: 1 })).toEqual([3]);
    const wrong = await fetch(`${aurora.aws.url}/_sim/databases`, { method: 'POST', body: '{"connections":-1}' });
    expect(wrong.status).toBe(400);
  });
});
