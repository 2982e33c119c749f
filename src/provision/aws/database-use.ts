import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type MetricDataQuery,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import type { UseSample } from '../../reconcile/cost/cost-memory.ts';
import type { DatabaseUse } from '../../reconcile/cost/database-use.ts';
import type { Sender } from './clients.ts';
import { ask } from './errors.ts';

const HOUR_SECONDS = 3600;
/** Most queries of one request (GetMetricData, CloudWatch API reference). */
const MOST_QUERIES = 500;

/** Metrics of a cluster as Aurora publishes them (Amazon CloudWatch metrics for Amazon Aurora, user guide). */
const METRICS = [
  ['acu', 'ServerlessDatabaseCapacity', 'Average'],
  ['peak', 'ServerlessDatabaseCapacity', 'Maximum'],
  ['connections', 'DatabaseConnections', 'Maximum'],
  ['volume', 'VolumeBytesUsed', 'Maximum'],
] as const;
type Figure = (typeof METRICS)[number][0];

/** A request for as many clusters as fit in one, and further ones only where an answer has further pages. */
export function createDatabaseUse(cloudwatch: Sender<CloudWatchClient>): DatabaseUse {
  async function results(queries: MetricDataQuery[], since: Date, until: Date): Promise<MetricDataResult[]> {
    const found: MetricDataResult[] = [];
    let NextToken: string | undefined;
    do {
      const request = new GetMetricDataCommand({
        MetricDataQueries: queries,
        StartTime: since,
        EndTime: until,
        ScanBy: 'TimestampAscending',
        NextToken,
      });
      const page = await ask('reading how clones were used', async () => await cloudwatch.send(request));
      found.push(...(page.MetricDataResults ?? []));
      NextToken = page.NextToken;
    } while (NextToken !== undefined && NextToken !== '');
    return found;
  }

  return {
    async read(clusters, { since, until }) {
      const used = new Map<string, readonly UseSample[]>();
      for (const group of inGroups(clusters, Math.floor(MOST_QUERIES / METRICS.length))) {
        const found = await results(group.flatMap(queriesOf), since, until);
        for (const [index, cluster] of group.entries()) {
          const samples = samplesOf(found, index);
          if (samples.length > 0) {
            used.set(cluster, samples);
          }
        }
      }
      return used;
    },
  };
}

function queriesOf(cluster: string, index: number): MetricDataQuery[] {
  return METRICS.map(([figure, MetricName, Stat]) => ({
    Id: idOf(figure, index),
    MetricStat: {
      Metric: { Namespace: 'AWS/RDS', MetricName, Dimensions: [{ Name: 'DBClusterIdentifier', Value: cluster }] },
      Period: HOUR_SECONDS,
      Stat,
    },
  }));
}

function idOf(figure: Figure, index: number): string {
  return `${figure}_${index}`;
}

/** An hour of which the capacity is not known is no sample; a page may hold a part of a metric's values only. */
function samplesOf(results: readonly MetricDataResult[], index: number): UseSample[] {
  const valuesOf = (figure: Figure): Map<number, number> => {
    const own = results.filter(({ Id }) => Id === idOf(figure, index));
    return new Map(
      own.flatMap(({ Timestamps = [], Values = [] }) =>
        Timestamps.map((at, position): [number, number] => [at.getTime(), Values[position] ?? 0]),
      ),
    );
  };
  const [peaks, connections, volumes] = [valuesOf('peak'), valuesOf('connections'), valuesOf('volume')];
  return [...valuesOf('acu')]
    .toSorted(([a], [b]) => a - b)
    .map(([at, acu]) => ({
      since: new Date(at),
      until: new Date(at + HOUR_SECONDS * 1000),
      acuMilli: Math.round(acu * 1000),
      acuPeakMilli: Math.round((peaks.get(at) ?? acu) * 1000),
      connections: whole(connections.get(at)),
      volumeBytes: whole(volumes.get(at)),
    }));
}

function whole(value: number | undefined): number | null {
  return value === undefined ? null : Math.round(value);
}

function inGroups<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
