import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  DescribeAlarmsForMetricCommand,
  DisableAlarmActionsCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmInput,
  SetAlarmStateCommand,
  type StateValue,
} from '@aws-sdk/client-cloudwatch';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

let cloudwatch: CloudWatchClient;

beforeEach(async () => {
  const { client } = await startSteppedAws();
  cloudwatch = new CloudWatchClient(client);
});

const CPU: PutMetricAlarmInput = {
  AlarmName: 'cpu',
  Namespace: 'AWS/ECS',
  MetricName: 'CPUUtilization',
  Dimensions: [{ Name: 'ClusterName', Value: 'main' }],
  Statistic: 'Average',
  Period: 60,
  EvaluationPeriods: 3,
  Threshold: 80,
  ComparisonOperator: 'GreaterThanThreshold',
};

const put = async (more: Partial<PutMetricAlarmInput> = {}) =>
  await cloudwatch.send(new PutMetricAlarmCommand({ ...CPU, ...more }));

const compose = async (AlarmName: string, AlarmRule: string) =>
  await cloudwatch.send(new PutCompositeAlarmCommand({ AlarmName, AlarmRule }));

const remove = async (...AlarmNames: string[]) => await cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames }));

const set = async (AlarmName: string, StateValue: StateValue) =>
  await cloudwatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'a test' }));

async function stateOf(name: string): Promise<string | undefined> {
  const { MetricAlarms = [], CompositeAlarms = [] } = await cloudwatch.send(
    new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }),
  );
  return [...MetricAlarms, ...CompositeAlarms][0]?.StateValue;
}

/** What an alarm of a metric does not say when it is one of arithmetic. */
const MATH: Partial<PutMetricAlarmInput> = {
  Namespace: undefined,
  MetricName: undefined,
  Dimensions: undefined,
  Statistic: undefined,
  Period: undefined,
  Metrics: [
    { Id: 'rate', Expression: 'm1 * 2', ReturnData: true },
    {
      Id: 'm1',
      ReturnData: false,
      MetricStat: { Metric: { Namespace: 'AWS/ECS', MetricName: 'CPUUtilization' }, Period: 60, Stat: 'Average' },
    },
  ],
};

describe('a metric alarm', () => {
  it('knows nothing until somebody sets its state, and remembers that', async () => {
    await put();
    expect(await stateOf('cpu')).toBe('INSUFFICIENT_DATA');
    await set('cpu', 'ALARM');
    expect(await stateOf('cpu')).toBe('ALARM');
    const { AlarmHistoryItems } = await cloudwatch.send(new DescribeAlarmHistoryCommand({ AlarmName: 'cpu' }));
    expect(AlarmHistoryItems?.map(({ HistorySummary }) => HistorySummary)).toEqual([
      'Alarm updated from INSUFFICIENT_DATA to ALARM',
      'Alarm "cpu" created',
    ]);
  });

  it('keeps its state and its tags when it is put again', async () => {
    await put({ Tags: [{ Key: 'Name', Value: 'cpu' }] });
    await set('cpu', 'OK');
    await put({ Threshold: 90, Tags: [{ Key: 'Name', Value: 'other' }] });
    const { MetricAlarms } = await cloudwatch.send(new DescribeAlarmsCommand({}));
    expect(MetricAlarms).toMatchObject([{ AlarmName: 'cpu', Threshold: 90, StateValue: 'OK' }]);
  });

  it('may do arithmetic', async () => {
    await put(MATH);
    const { MetricAlarms } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNamePrefix: 'cp' }));
    expect(MetricAlarms?.[0]?.Metrics).toEqual(MATH.Metrics);
    expect(MetricAlarms?.[0]?.MetricName).toBeUndefined();
  });

  it('is found by its metric, whatever the order of dimensions', async () => {
    const [cluster, service] = [
      { Name: 'ClusterName', Value: 'main' },
      { Name: 'ServiceName', Value: 'api' },
    ];
    await put({ Dimensions: [cluster, service] });
    const find = async (Dimensions: object[]) => {
      const input = { Namespace: 'AWS/ECS', MetricName: 'CPUUtilization', Dimensions: Dimensions as [] };
      return (await cloudwatch.send(new DescribeAlarmsForMetricCommand(input))).MetricAlarms?.length;
    };
    expect([await find([service, cluster]), await find([cluster])]).toEqual([1, 0]);
  });

  it('has its actions switched off', async () => {
    await put();
    await cloudwatch.send(new DisableAlarmActionsCommand({ AlarmNames: ['cpu', 'none'] }));
    const { MetricAlarms } = await cloudwatch.send(new DescribeAlarmsCommand({}));
    expect(MetricAlarms?.[0]?.ActionsEnabled).toBe(false);
  });

  it.each([
    { reason: 'a period of 45 seconds', more: { Period: 45 } },
    { reason: 'more than a day to look at', more: { Period: 300, EvaluationPeriods: 289 } },
    { reason: 'more breaches than periods', more: { DatapointsToAlarm: 4 } },
    { reason: 'no threshold', more: { Threshold: undefined } },
    { reason: 'a threshold for a band', more: { ComparisonOperator: 'GreaterThanUpperThreshold' as const } },
    { reason: 'an action that is no ARN', more: { AlarmActions: ['alerts'] } },
    { reason: 'two results', more: { ...MATH, Metrics: MATH.Metrics?.map((one) => ({ ...one, ReturnData: true })) } },
    { reason: 'two metrics of one Id', more: { ...MATH, Metrics: MATH.Metrics?.map((one) => ({ ...one, Id: 'm1' })) } },
  ])('is refused with $reason', async ({ more }) => {
    await expect(put(more)).rejects.toMatchObject({ name: 'ValidationException' });
    expect(await stateOf('cpu')).toBeUndefined();
  });

  it.each([
    { reason: 'a metric and arithmetic', more: { ...MATH, Namespace: 'AWS/ECS' } },
    { reason: 'two statistics', more: { ExtendedStatistic: 'p90' } },
  ])('cannot have $reason', async ({ more }) => {
    await expect(put(more)).rejects.toMatchObject({ name: 'InvalidParameterCombinationException' });
  });

  it('that is not there has no state to set', async () => {
    await expect(set('none', 'OK')).rejects.toMatchObject({ name: 'ResourceNotFound' });
  });
});

describe('a composite alarm', () => {
  beforeEach(async () => {
    await put();
    await put({ AlarmName: 'memory' });
  });

  it('follows its rule whenever an alarm changes', async () => {
    await compose('platform', 'ALARM(cpu) AND NOT (OK("memory") OR FALSE)');
    expect(await stateOf('platform')).toBe('OK');
    await set('cpu', 'ALARM');
    expect(await stateOf('platform')).toBe('ALARM');
    await set('memory', 'OK');
    expect(await stateOf('platform')).toBe('OK');
  });

  it('may stand on another one', async () => {
    await compose('platform', 'ALARM(cpu)');
    await compose('everything', 'ALARM(platform) OR ALARM(memory)');
    await set('cpu', 'ALARM');
    expect(await stateOf('everything')).toBe('ALARM');
  });

  it('keeps the alarms of its rule from being deleted', async () => {
    await compose('platform', 'ALARM(cpu)');
    await expect(remove('cpu', 'memory')).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Cannot delete cpu as there are composite alarm(s) depending on it.',
    });
    await remove('platform');
    await remove('cpu', 'memory', 'none');
    const { MetricAlarms } = await cloudwatch.send(new DescribeAlarmsCommand({}));
    expect(MetricAlarms).toEqual([]);
  });

  it('is deleted alone', async () => {
    await compose('one', 'ALARM(cpu)');
    await compose('other', 'ALARM(cpu)');
    await expect(remove('one', 'other')).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it.each(['ALARM(cpu) OR', 'ALARM(cpu) ALARM(memory)', '(ALARM(cpu)', 'ALARM()', 'LOUD(cpu)', 'ALARM(none)', ''])(
    'is refused with the rule %j',
    async (rule) => {
      await expect(compose('platform', rule)).rejects.toMatchObject({
        name: expect.stringMatching(/^(ValidationException|MissingParameter)$/),
      });
      expect(await stateOf('platform')).toBeUndefined();
    },
  );
});
