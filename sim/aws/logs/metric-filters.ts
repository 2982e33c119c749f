import type {
  DeleteMetricFilterRequest,
  DescribeMetricFiltersRequest,
  DescribeMetricFiltersResponse,
  MetricFilter as MetricFilterDescription,
  MetricTransformation,
  PutMetricFilterRequest,
} from '@aws-sdk/client-cloudwatch-logs';
import { pageOf } from '../paging.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { groupNamed } from './lookup.ts';
import type { LogGroup, MetricFilter } from './state.ts';

/** "Metric filters: 100 per log group. This quota can't be changed." (CloudWatch Logs user guide, quotas). */
const LIMIT = 100;
const LONGEST_PAGE = 50;

function invalid(message: string): Refusal {
  return new Refusal('InvalidParameterException', message);
}

/** Makes a filter, or changes the one of that name. What it would count is not counted. */
function putMetricFilter(world: World, input: PutMetricFilterRequest): void {
  const group = groupNamed(world, input.logGroupName);
  const filter = readFilter(input, world.clock.now().getTime());
  const former = group.metricFilters.get(filter.name);
  if (!former && group.metricFilters.size >= LIMIT) {
    throw new Refusal('LimitExceededException', 'Resource limit exceeded.');
  }
  group.metricFilters.set(filter.name, { ...filter, createdAt: former?.createdAt ?? filter.createdAt });
}

/** The constraints of PutMetricFilter (CloudWatch Logs API reference). */
function readFilter(input: PutMetricFilterRequest, createdAt: number): MetricFilter {
  const { filterName = '', filterPattern, metricTransformations = [] } = input;
  if (filterName.length < 1 || filterName.length > 512 || /[:*]/.test(filterName)) {
    throw invalid("The name of a metric filter has 1 to 512 characters, none of them ':' or '*'.");
  }
  if (filterPattern === undefined || filterPattern.length > 1024) {
    throw invalid('A filter pattern has at most 1024 characters.');
  }
  const [transformation] = metricTransformations;
  if (metricTransformations.length !== 1 || !transformation) {
    throw invalid('A metric filter has exactly one metric transformation.');
  }
  checkTransformation(transformation);
  return { name: filterName, pattern: filterPattern, transformations: metricTransformations, createdAt };
}

/** "If you specify a value for defaultValue, you can't assign dimensions" (user guide, Creating metric filters). */
function checkTransformation({ defaultValue, dimensions = {} }: MetricTransformation): void {
  const count = Object.keys(dimensions).length;
  if (count > 3) {
    throw invalid('A metric transformation has at most three dimensions.');
  }
  if (defaultValue !== undefined && count > 0) {
    throw invalid('A metric transformation with dimensions has no default value.');
  }
}

function deleteMetricFilter(world: World, { logGroupName, filterName = '' }: DeleteMetricFilterRequest): void {
  if (!groupNamed(world, logGroupName).metricFilters.delete(filterName)) {
    throw new Refusal('ResourceNotFoundException', 'The specified metric filter does not exist.');
  }
}

function describe(group: LogGroup, filter: MetricFilter): MetricFilterDescription {
  return {
    filterName: filter.name,
    filterPattern: filter.pattern,
    metricTransformations: [...filter.transformations],
    creationTime: filter.createdAt,
    logGroupName: group.name,
  };
}

/** Of one group or of all, in the order of their names (DescribeMetricFilters). */
function describeMetricFilters(world: World, input: DescribeMetricFiltersRequest): DescribeMetricFiltersResponse {
  const { logGroupName, filterNamePrefix: prefix = '', metricName, metricNamespace, limit = LONGEST_PAGE } = input;
  if ((metricName === undefined) !== (metricNamespace === undefined)) {
    throw invalid('metricName and metricNamespace are given together.');
  }
  if (limit < 1 || limit > LONGEST_PAGE) {
    throw invalid(`limit is from 1 to ${LONGEST_PAGE}.`);
  }
  const groups = logGroupName === undefined ? [...world.logs.groups.values()] : [groupNamed(world, logGroupName)];
  const found = groups
    .flatMap((group) => [...group.metricFilters.values()].map((filter) => describe(group, filter)))
    .filter(({ filterName = '' }) => filterName.startsWith(prefix))
    .filter(
      ({ metricTransformations = [] }) =>
        metricName === undefined ||
        metricTransformations.some(
          (transformation) =>
            transformation.metricName === metricName && transformation.metricNamespace === metricNamespace,
        ),
    )
    .toSorted((one, other) => ((one.filterName ?? '') < (other.filterName ?? '') ? -1 : 1));
  const { items, nextToken } = pageOf(found, {
    limit,
    token: input.nextToken,
    refuseToken() {
      throw invalid('The specified nextToken is invalid.');
    },
  });
  return { metricFilters: [...items], nextToken };
}

export function metricFilterHandlers(world: World): Record<string, Handler> {
  return {
    PutMetricFilter: (input: PutMetricFilterRequest) => putMetricFilter(world, input),
    DeleteMetricFilter: (input: DeleteMetricFilterRequest) => deleteMetricFilter(world, input),
    DescribeMetricFilters: (input: DescribeMetricFiltersRequest) => describeMetricFilters(world, input),
  };
}
