import type { MetricDataQuery, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { Refusal } from '../wire/refusal.ts';
import { validationError } from './validation-error.ts';

/*
 * What PutMetricAlarm refuses:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */

const STATISTICS = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'];
const EXTENDED = /^(p|tm|tc|ts|wm)\d{1,2}(\.\d{1,10})?$|^p100$|^IQM$|^(PR|TC|TM|TS|WM)\(.*:.*\)$/;
const OF_BAND = ['LessThanLowerOrGreaterThanUpperThreshold', 'LessThanLowerThreshold', 'GreaterThanUpperThreshold'];
const OPERATORS = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
  ...OF_BAND,
];
const MISSING = ['breaching', 'notBreaching', 'ignore', 'missing'];
const LONGEST_DIMENSIONS = 30;
const ONE_DAY_SECONDS = 86_400;
const MOST_ACTIONS = 5;

/** Whether seconds are a period: 10, 20, 30 or a multiple of 60. */
export const isPeriod = (seconds: number): boolean =>
  [10, 20, 30].includes(seconds) || (seconds > 0 && seconds % 60 === 0);

export function checkMetricAlarm(input: PutMetricAlarmInput): void {
  checkAlarmName(input.AlarmName);
  checkActions(input);
  checkEvaluation(input);
  checkThreshold(input);
  if ((input.MetricName === undefined) === (input.Metrics === undefined)) {
    throw validationError('Exactly one of MetricName and Metrics must be specified');
  }
  if (input.Metrics) {
    checkQueries(input, input.Metrics);
  } else {
    checkSingleMetric(input);
  }
}

export function checkAlarmName(name = ''): void {
  if (name.length < 1 || name.length > 255 || /\p{Cc}/u.test(name)) {
    throw validationError('AlarmName must be 1 to 255 characters long, without control characters');
  }
}

export function checkActions(
  input: Pick<PutMetricAlarmInput, 'OKActions' | 'AlarmActions' | 'InsufficientDataActions'>,
): void {
  for (const name of ['OKActions', 'AlarmActions', 'InsufficientDataActions'] as const) {
    const actions = input[name] ?? [];
    if (actions.length > MOST_ACTIONS) {
      throw validationError(`${name} must have length less than or equal to ${MOST_ACTIONS}`);
    }
    const wrong = actions.find((action) => !/^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:[^:]*:.+$/.test(action));
    if (wrong !== undefined) {
      throw validationError(`Invalid arn syntax: ${wrong}`);
    }
  }
}

function checkEvaluation(input: PutMetricAlarmInput): void {
  const { EvaluationPeriods = 0, DatapointsToAlarm, ComparisonOperator = '', TreatMissingData = 'missing' } = input;
  if (!Number.isInteger(EvaluationPeriods) || EvaluationPeriods < 1) {
    throw validationError('EvaluationPeriods must be 1 or more');
  }
  if (DatapointsToAlarm !== undefined && (DatapointsToAlarm < 1 || DatapointsToAlarm > EvaluationPeriods)) {
    throw validationError('DatapointsToAlarm must be between 1 and EvaluationPeriods');
  }
  if (!OPERATORS.includes(ComparisonOperator)) {
    throw validationError(`ComparisonOperator '${ComparisonOperator}' is not one of ${OPERATORS.join(', ')}`);
  }
  if (!MISSING.includes(TreatMissingData)) {
    throw validationError(`TreatMissingData '${TreatMissingData}' is not one of ${MISSING.join(', ')}`);
  }
}

/** A band goes with the operators that are made for it, and a number with the others. */
function checkThreshold({ ThresholdMetricId, Threshold, ComparisonOperator, Metrics = [] }: PutMetricAlarmInput) {
  const isOfBand = OF_BAND.includes(ComparisonOperator ?? '');
  if (isOfBand !== (ThresholdMetricId !== undefined) || isOfBand === (Threshold !== undefined)) {
    throw validationError(
      isOfBand
        ? `ComparisonOperator ${ComparisonOperator ?? ''} needs a ThresholdMetricId, and no Threshold`
        : 'Threshold is required for alarms that are based on a static threshold',
    );
  }
  if (ThresholdMetricId !== undefined && !Metrics.some(({ Id }) => Id === ThresholdMetricId)) {
    throw validationError(`ThresholdMetricId ${ThresholdMetricId} is not the Id of one of the Metrics`);
  }
}

function checkSingleMetric(input: PutMetricAlarmInput): void {
  const { Statistic, ExtendedStatistic, Namespace, Period, Dimensions = [] } = input;
  if (Namespace === undefined || Period === undefined) {
    throw validationError('Namespace and Period are required with MetricName');
  }
  if ((Statistic === undefined) === (ExtendedStatistic === undefined)) {
    throw new Refusal(
      'InvalidParameterCombinationException',
      'Exactly one of Statistic and ExtendedStatistic must be specified with MetricName',
    );
  }
  const statistic = Statistic ?? ExtendedStatistic ?? '';
  if (!isStatistic(statistic)) {
    throw validationError(`The statistic '${statistic}' is not valid`);
  }
  checkPeriod(Period, input.EvaluationPeriods ?? 1);
  if (Dimensions.length > LONGEST_DIMENSIONS) {
    throw validationError(`A metric has at most ${LONGEST_DIMENSIONS} dimensions`);
  }
}

/** "The alarm's total current evaluation period can be no longer than one day" for periods below an hour. */
function checkPeriod(period: number, evaluationPeriods: number): void {
  if (!isPeriod(period)) {
    throw validationError('Period must be 10, 20, 30 or a multiple of 60');
  }
  if (period < 3600 && period * evaluationPeriods > ONE_DAY_SECONDS) {
    throw validationError(
      'Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).',
    );
  }
}

export const isStatistic = (name: string): boolean => STATISTICS.includes(name) || EXTENDED.test(name);

const OF_ONE_METRIC = [
  'Namespace',
  'Dimensions',
  'Period',
  'Unit',
  'Statistic',
  'ExtendedStatistic',
] as const satisfies readonly (keyof PutMetricAlarmInput)[];

function checkQueries(input: PutMetricAlarmInput, queries: readonly MetricDataQuery[]): void {
  const misplaced = OF_ONE_METRIC.find((name) => input[name] !== undefined && [input[name]].flat().length > 0);
  if (misplaced !== undefined) {
    throw new Refusal('InvalidParameterCombinationException', `${misplaced} cannot be specified together with Metrics`);
  }
  checkQueryList(queries);
  const watched = queries.filter(
    ({ Id, ReturnData = true }) => ReturnData && Id !== undefined && Id !== input.ThresholdMetricId,
  );
  if (watched.length !== 1) {
    throw validationError('Exactly one element of the Metrics list should return data.');
  }
}

/** Ids that are unique and legal, and in each either a metric or an expression. */
export function checkQueryList(queries: readonly MetricDataQuery[]): void {
  const ids = queries.map(({ Id = '' }) => Id);
  const illegal = ids.find((id) => !/^[a-z]\w{0,254}$/.test(id));
  if (illegal !== undefined) {
    throw validationError(`The Id '${illegal}' must begin with a lower-case letter and hold letters, digits and _`);
  }
  if (new Set(ids).size < ids.length) {
    throw validationError('The Ids of metrics must be unique');
  }
  for (const { Id = '', MetricStat, Expression } of queries) {
    if ((MetricStat === undefined) === (Expression === undefined)) {
      throw validationError(`Exactly one of MetricStat and Expression must be specified for ${Id}`);
    }
    if (MetricStat && (!isPeriod(MetricStat.Period ?? 0) || !isStatistic(MetricStat.Stat ?? ''))) {
      throw validationError(`The period or statistic of ${Id} is not valid`);
    }
  }
}
