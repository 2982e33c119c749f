import { type CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { DBCluster } from '@aws-sdk/client-rds';
import { TerminalError, TransientError } from '../../domain/failure.ts';
import type { Clock } from '../../reconcile/clock.ts';
import type { CloneFigures, CloneLook, CloneSight } from '../../reconcile/database/clone-look.ts';
import type { Sender } from './clients.ts';
import { describeCluster, type Rds } from './clusters.ts';
import { ask } from './errors.ts';
import { readSecret, type Secrets } from './own-secret.ts';

interface Parts {
  readonly rds: Rds;
  readonly cloudwatch: Sender<CloudWatchClient>;
  readonly secrets: Secrets;
  readonly clock: Clock;
}

/** The newest point is what it is now; those of storage come later than those of use. */
const BACK_SECONDS = 1800;
const PERIOD_SECONDS = 60;

export function createCloneLook({ rds, cloudwatch, secrets, clock }: Parts): CloneLook {
  return {
    async see(identifier) {
      const cluster = await describeCluster(rds, identifier);
      return cluster && sightOf(cluster);
    },
    async measure(identifier) {
      try {
        return await figuresOf(cloudwatch, identifier, clock.now());
      } catch (error) {
        if (error instanceof TransientError || error instanceof TerminalError) {
          return { capacity: null, volumeBytes: null };
        }
        throw error;
      }
    },
    async credentials(secretName) {
      const { username, password } = (await readSecret(secrets, secretName)) ?? {};
      return typeof username === 'string' && typeof password === 'string' ? { user: username, password } : undefined;
    },
  };
}

function sightOf({ Status, Endpoint, Port, ServerlessV2ScalingConfiguration: scaling }: DBCluster): CloneSight {
  return {
    status: Status ?? 'unknown',
    endpoint: Endpoint ?? null,
    port: Port ?? null,
    limits: scaling
      ? {
          min: scaling.MinCapacity ?? 0,
          max: scaling.MaxCapacity ?? 0,
          autoPauseSeconds: scaling.MinCapacity === 0 ? (scaling.SecondsUntilAutoPause ?? null) : null,
        }
      : null,
  };
}

/** Metrics of a cluster as Aurora publishes them (Amazon CloudWatch metrics for Amazon Aurora, user guide). */
async function figuresOf(cloudwatch: Sender<CloudWatchClient>, cluster: string, now: Date): Promise<CloneFigures> {
  const queries = [
    query('capacity', 'ServerlessDatabaseCapacity', cluster),
    query('volume', 'VolumeBytesUsed', cluster),
  ];
  const { MetricDataResults = [] } = await ask(`reading the metrics of the cluster ${cluster}`, () =>
    cloudwatch.send(
      new GetMetricDataCommand({
        MetricDataQueries: queries,
        StartTime: new Date(now.getTime() - BACK_SECONDS * 1000),
        EndTime: now,
        ScanBy: 'TimestampDescending',
      }),
    ),
  );
  const newest = (id: string): number | null => MetricDataResults.find(({ Id }) => Id === id)?.Values?.[0] ?? null;
  return { capacity: newest('capacity'), volumeBytes: newest('volume') };
}

function query(Id: string, MetricName: string, cluster: string): MetricDataQuery {
  return {
    Id,
    MetricStat: {
      Metric: { Namespace: 'AWS/RDS', MetricName, Dimensions: [{ Name: 'DBClusterIdentifier', Value: cluster }] },
      Period: PERIOD_SECONDS,
      Stat: 'Average',
    },
  };
}
