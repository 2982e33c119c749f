import type { Dimension, StandardUnit } from '@aws-sdk/client-cloudwatch';
import { figuresAt } from '../rds/database-use.ts';
import { membersOf } from '../rds/lookup.ts';
import type { Cluster, DatabaseUse, Instance } from '../rds/state.ts';
import type { World } from '../world.ts';
import type { DataPoint, Metric } from './state.ts';

type Figures = Omit<DatabaseUse, 'at'>;

interface DatabaseMetric {
  readonly unit: StandardUnit;
  readonly dimensions: readonly ('DBClusterIdentifier' | 'DBInstanceIdentifier')[];
  value(figures: Figures, cluster: Cluster): number | undefined;
}

const OF_BOTH = ['DBClusterIdentifier', 'DBInstanceIdentifier'] as const;

/**
 * What RDS puts into CloudWatch of a cluster with Aurora Serverless v2. ACUUtilization is of the range's maximum.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html
 */
const METRICS: Readonly<Record<string, DatabaseMetric>> = {
  ServerlessDatabaseCapacity: { unit: 'Count', dimensions: OF_BOTH, value: ({ capacity }) => capacity },
  ACUUtilization: {
    unit: 'Percent',
    dimensions: OF_BOTH,
    value: ({ capacity }, { scaling }) =>
      capacity === undefined || !scaling ? undefined : (100 * capacity) / scaling.maximumCapacity,
  },
  DatabaseConnections: { unit: 'Count', dimensions: OF_BOTH, value: ({ connections }) => connections },
  CPUUtilization: { unit: 'Percent', dimensions: OF_BOTH, value: ({ cpu }) => cpu },
  VolumeBytesUsed: {
    unit: 'Bytes',
    dimensions: ['DBClusterIdentifier'],
    value: ({ volumeBytes }) => volumeBytes,
  },
};

export const DATABASE_NAMESPACE = 'AWS/RDS';
const MINUTE_MS = 60_000;

/**
 * One point a minute, from the first instance's start until now, of clusters that are up. What CloudWatch would go on
 * showing of one that is stopped or deleted is not kept.
 */
export function databasePoints(
  world: World,
  { name, dimensions }: { readonly name: string; readonly dimensions: readonly Dimension[] },
  { start, end }: { readonly start: Date | undefined; readonly end: Date | undefined },
): DataPoint[] {
  const metric = METRICS[name];
  const subject = metric && subjectOf(world, metric, dimensions);
  if (!metric || !subject) {
    return [];
  }
  const { cluster, since } = subject;
  const from = Math.ceil(Math.max(start?.getTime() ?? 0, since.getTime()) / MINUTE_MS) * MINUTE_MS;
  const until = Math.min(end?.getTime() ?? Number.POSITIVE_INFINITY, world.clock.now().getTime());
  const points: DataPoint[] = [];
  for (let time = from; time < until; time += MINUTE_MS) {
    const at = new Date(time);
    const value = metric.value(figuresAt(world, cluster, { at, idleFrom: since }), cluster);
    if (value !== undefined) {
      points.push({ at, unit: metric.unit, sum: value, sampleCount: 1, minimum: value, maximum: value });
    }
  }
  return points;
}

interface Subject {
  readonly cluster: Cluster;
  readonly since: Date;
}

/** Whose the one dimension is: metrics of databases have no more. */
function subjectOf(world: World, metric: DatabaseMetric, dimensions: readonly Dimension[]): Subject | undefined {
  const [dimension] = dimensions;
  if (dimensions.length !== 1 || !metric.dimensions.some((kind) => kind === dimension?.Name)) {
    return undefined;
  }
  const { clusters, instances } = world.rds;
  const isCluster = dimension?.Name === 'DBClusterIdentifier';
  const first = [...instances.values()].find(
    (instance) => isUp(instance) && (isCluster ? instance.clusterId : instance.id) === dimension?.Value,
  );
  const cluster = first && clusters.get(first.clusterId);
  return cluster && { cluster, since: upSince(world, first) };
}

const isUp = ({ status }: Instance): boolean => ['available', 'modifying'].includes(status);

const upSince = ({ durations }: World, { createdAt }: Instance): Date =>
  new Date(createdAt.getTime() + durations.instanceAvailable * 1000);

/** Every metric of every cluster that is up, as ListMetrics names them. */
export function databaseMetrics(world: World): Metric[] {
  const clusters = [...world.rds.clusters.values()].filter((cluster) => membersOf(world, cluster).some(isUp));
  return clusters.flatMap((cluster) => {
    const dimensions: Dimension[] = [
      { Name: 'DBClusterIdentifier', Value: cluster.id },
      ...membersOf(world, cluster)
        .filter(isUp)
        .map(({ id }) => ({ Name: 'DBInstanceIdentifier', Value: id })),
    ];
    return Object.entries(METRICS).flatMap(([name, metric]) =>
      dimensions
        .filter(({ Name }) => metric.dimensions.some((dimension) => dimension === Name))
        .map((dimension) => ({ namespace: DATABASE_NAMESPACE, name, dimensions: [dimension], points: [] })),
    );
  });
}
