import type {
  Dimension,
  ListMetricsInput,
  ListMetricsOutput,
  MetricDatum,
  PutMetricDataInput,
} from '@aws-sdk/client-cloudwatch';
import { pageOf } from '../paging.ts';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { databaseMetrics } from './database-metrics.ts';
import type { DataPoint, Metric } from './state.ts';

const MOST_DATA = 1000;
const MOST_DIMENSIONS = 30;
const MOST_VALUES = 150;
const PAGE = 500;
const TWO_WEEKS_MS = 14 * 86_400_000;
const TWO_HOURS_MS = 2 * 3_600_000;

const invalidValue = (message: string): Refusal => new Refusal('InvalidParameterValueException', message);

/** The order of dimensions says nothing. */
export function sameDimensions(one: readonly Dimension[], other: readonly Dimension[]): boolean {
  return keyOf(one) === keyOf(other);
}

function keyOf(dimensions: readonly Dimension[]): string {
  const pairs = dimensions.map(({ Name = '', Value = '' }) => JSON.stringify([Name, Value]));
  return JSON.stringify(pairs.toSorted((one, other) => (one < other ? -1 : 1)));
}

/** A metric is its namespace, its name and all of its dimensions. */
export function metricKey(namespace: string, name: string, dimensions: readonly Dimension[]): string {
  return JSON.stringify([namespace, name, keyOf(dimensions)]);
}

/** All the data or, when one of them is wrong, none. */
export function putMetricData(world: World, input: PutMetricDataInput): void {
  const { Namespace: namespace = '', MetricData = [] } = input;
  if (!/^[^:][\w./#: -]{0,254}$/.test(namespace) || namespace.startsWith('AWS/')) {
    throw invalidValue(`The value ${namespace} for parameter Namespace is invalid.`);
  }
  if (MetricData.length === 0) {
    throw new Refusal('MissingRequiredParameterException', 'The parameter MetricData is required.');
  }
  if (MetricData.length > MOST_DATA) {
    throw invalidValue(`MetricData must hold at most ${MOST_DATA} items.`);
  }
  const read = MetricData.map((datum) => ({ datum, point: pointIn(world, datum) }));
  for (const { datum, point } of read) {
    metricOf(world, namespace, datum).points.push(point);
  }
}

function metricOf({ cloudwatch }: World, namespace: string, datum: MetricDatum): Metric {
  const { MetricName: name = '', Dimensions: dimensions = [] } = datum;
  const key = metricKey(namespace, name, dimensions);
  const metric = cloudwatch.metrics.get(key) ?? { namespace, name, dimensions, points: [] };
  cloudwatch.metrics.set(key, metric);
  return metric;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
function pointIn({ clock }: World, datum: MetricDatum): DataPoint {
  const now = clock.now();
  const { MetricName = '', Timestamp: at = now, Unit: unit = 'None', Dimensions = [] } = datum;
  if (MetricName === '') {
    throw new Refusal('MissingRequiredParameterException', 'The parameter MetricName is required.');
  }
  if (Dimensions.length > MOST_DIMENSIONS) {
    throw invalidValue(`The collection Dimensions must not have a size greater than ${MOST_DIMENSIONS}.`);
  }
  if (at.getTime() < now.getTime() - TWO_WEEKS_MS || at.getTime() > now.getTime() + TWO_HOURS_MS) {
    throw invalidValue('The parameter Timestamp must be at most two weeks old and two hours ahead.');
  }
  return { at, unit, ...figuresIn(datum) };
}

function figuresIn(datum: MetricDatum): Omit<DataPoint, 'at' | 'unit'> {
  const { Value, Values, StatisticValues: set, MetricName = '' } = datum;
  if ([Value, Values, set].filter((given) => given !== undefined).length !== 1) {
    throw new Refusal(
      'InvalidParameterCombinationException',
      `Exactly one of Value, Values and StatisticValues must be given for ${MetricName}.`,
    );
  }
  if (set) {
    const { Sum = 0, SampleCount = 0, Minimum = 0, Maximum = 0 } = set;
    return { sum: Sum, sampleCount: SampleCount, minimum: Minimum, maximum: Maximum };
  }
  return figuresOf(Values ?? [Value ?? 0], datum.Counts);
}

function figuresOf(values: readonly number[], given: readonly number[] | undefined): Omit<DataPoint, 'at' | 'unit'> {
  const counts = given ?? values.map(() => 1);
  if (values.length === 0 || values.length > MOST_VALUES || counts.length !== values.length) {
    throw invalidValue(`Values must hold 1 to ${MOST_VALUES} numbers, and Counts as many.`);
  }
  return {
    sum: values.reduce((sum, value, index) => sum + value * (counts[index] ?? 0), 0),
    sampleCount: counts.reduce((sum, count) => sum + count, 0),
    minimum: Math.min(...values),
    maximum: Math.max(...values),
  };
}

/** At once; with AWS it can take fifteen minutes until a metric is listed. A dimension without a value is any of that name. */
export function listMetrics(world: World, input: ListMetricsInput): ListMetricsOutput {
  const { Namespace, MetricName, Dimensions = [], NextToken } = input;
  const found = [...databaseMetrics(world), ...world.cloudwatch.metrics.values()].filter(
    ({ namespace, name, dimensions }) =>
      (Namespace === undefined || namespace === Namespace) &&
      (MetricName === undefined || name === MetricName) &&
      Dimensions.every(({ Name, Value }) =>
        dimensions.some((held) => held.Name === Name && (Value === undefined || held.Value === Value)),
      ),
  );
  const refuseToken = (): never => {
    throw invalidValue('The parameter NextToken is invalid.');
  };
  const { items, nextToken } = pageOf(found, { limit: PAGE, token: NextToken, refuseToken });
  return {
    Metrics: items.map(({ namespace, name, dimensions }) => ({
      Namespace: namespace,
      MetricName: name,
      Dimensions: [...dimensions],
    })),
    NextToken: nextToken,
  };
}
