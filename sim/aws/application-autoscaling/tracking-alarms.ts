import type { CustomizedMetricSpecification } from '@aws-sdk/client-application-auto-scaling';
import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { dropAlarm } from '../cloudwatch/alarm-store.ts';
import { putMetricAlarm } from '../cloudwatch/metric-alarms.ts';
import type { World } from '../world.ts';
import type { ScalingPolicy } from './state.ts';

/** How far below the target a service scales in, and how many minutes in a row: assumed, no page of AWS's has them. */
const LOW_SHARE = 0.9;
const MINUTES = { High: 3, Low: 15 };

/**
 * The two alarms by which a target tracking policy learns of its metric, `TargetTracking-<resource>-AlarmHigh-<uuid>`
 * and `-AlarmLow-`; put again, they keep their names. Without scale-in there is no low one.
 */
export function makeAlarms(world: World, policy: ScalingPolicy): void {
  if (!policy.tracking) {
    return;
  }
  const sides = policy.tracking.DisableScaleIn ? (['High'] as const) : (['High', 'Low'] as const);
  const names = sides.map((side) => nameFor(world, policy, side));
  removeAlarms(world, { ...policy, alarms: policy.alarms.filter((name) => !names.includes(name)) });
  for (const [index, side] of sides.entries()) {
    putMetricAlarm(world, alarmFor(policy, { side, name: names[index] ?? '' }));
  }
  policy.alarms = names;
}

type Side = 'High' | 'Low';

function nameFor(world: World, { resourceId, alarms }: ScalingPolicy, side: Side): string {
  const hex = world.uniqueHex(32);
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  return alarms.find((name) => name.includes(`-Alarm${side}-`)) ?? `TargetTracking-${resourceId}-Alarm${side}-${id}`;
}

export function removeAlarms(world: World, { alarms }: Pick<ScalingPolicy, 'alarms'>): void {
  for (const name of alarms) {
    const alarm = world.cloudwatch.alarms.get(name);
    if (alarm) {
      dropAlarm(world, alarm);
    }
  }
}

function alarmFor(policy: ScalingPolicy, { side, name }: { side: Side; name: string }): PutMetricAlarmInput {
  const target = policy.tracking?.TargetValue ?? 0;
  return {
    AlarmName: name,
    AlarmDescription: `DO NOT EDIT OR DELETE. For TargetTrackingScaling policy ${policy.arn}.`,
    AlarmActions: [policy.arn],
    EvaluationPeriods: MINUTES[side],
    Threshold: side === 'High' ? target : target * LOW_SHARE,
    ComparisonOperator: side === 'High' ? 'GreaterThanThreshold' : 'LessThanThreshold',
    ...metricOf(policy),
  };
}

function metricOf({ resourceId, tracking }: ScalingPolicy): Partial<PutMetricAlarmInput> {
  const customized = tracking?.CustomizedMetricSpecification;
  return customized ? customMetric(customized) : predefinedMetric(resourceId, tracking?.PredefinedMetricSpecification);
}

function customMetric(given: CustomizedMetricSpecification): Partial<PutMetricAlarmInput> {
  if (given.Metrics) {
    const Metrics = given.Metrics.map(({ MetricStat, ...query }) => ({
      ...query,
      MetricStat: MetricStat && {
        Metric: MetricStat.Metric,
        Stat: MetricStat.Stat,
        Period: 60,
        Unit: MetricStat.Unit as PutMetricAlarmInput['Unit'],
      },
    }));
    return { Metrics };
  }
  return {
    Namespace: given.Namespace,
    MetricName: given.MetricName,
    Dimensions: given.Dimensions,
    Statistic: given.Statistic,
    Unit: given.Unit as PutMetricAlarmInput['Unit'],
    Period: 60,
  };
}

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html */
function predefinedMetric(
  resourceId: string,
  spec: { PredefinedMetricType?: string | undefined; ResourceLabel?: string | undefined } = {},
): Partial<PutMetricAlarmInput> {
  const [, ClusterName = '', ServiceName = ''] = resourceId.split('/');
  if (spec.PredefinedMetricType === 'ALBRequestCountPerTarget') {
    const TargetGroup = /targetgroup\/.*$/.exec(spec.ResourceLabel ?? '')?.[0] ?? '';
    return {
      Namespace: 'AWS/ApplicationELB',
      MetricName: 'RequestCountPerTarget',
      Dimensions: [{ Name: 'TargetGroup', Value: TargetGroup }],
      Statistic: 'Sum',
      Period: 60,
    };
  }
  return {
    Namespace: 'AWS/ECS',
    MetricName:
      spec.PredefinedMetricType === 'ECSServiceAverageMemoryUtilization' ? 'MemoryUtilization' : 'CPUUtilization',
    Dimensions: [
      { Name: 'ClusterName', Value: ClusterName },
      { Name: 'ServiceName', Value: ServiceName },
    ],
    Statistic: 'Average',
    Unit: 'Percent',
    Period: 60,
  };
}
