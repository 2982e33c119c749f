import type {
  StepAdjustment,
  StepScalingPolicyConfiguration,
  TargetTrackingScalingPolicyConfiguration,
} from '@aws-sdk/client-application-auto-scaling';
import { Refusal } from '../wire/refusal.ts';

const invalid = (message: string): Refusal => new Refusal('ValidationException', message);

const PREDEFINED = [
  'ECSServiceAverageCPUUtilization',
  'ECSServiceAverageMemoryUtilization',
  'ALBRequestCountPerTarget',
];
const LABEL = /^app\/[^/]+\/[0-9a-f]+\/targetgroup\/[^/]+\/[0-9a-f]+$/;
const DEFAULT_COOLDOWN_SECONDS = 300;

/**
 * https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html
 */
export function readTracking(
  config: TargetTrackingScalingPolicyConfiguration | undefined,
): TargetTrackingScalingPolicyConfiguration {
  if (!config) {
    throw invalid('A target tracking policy needs a TargetTrackingScalingPolicyConfiguration');
  }
  const { PredefinedMetricSpecification: predefined, CustomizedMetricSpecification: customized } = config;
  if ((predefined === undefined) === (customized === undefined)) {
    throw invalid('Exactly one of a predefined and a customized metric must be specified');
  }
  const type = predefined?.PredefinedMetricType;
  if (type !== undefined && !PREDEFINED.includes(type)) {
    throw invalid(`The predefined metric ${type} is not one of ECS services: ${PREDEFINED.join(', ')}`);
  }
  checkLabel(type, predefined?.ResourceLabel);
  checkCooldown(config.ScaleInCooldown);
  checkCooldown(config.ScaleOutCooldown);
  return { DisableScaleIn: false, ...config };
}

/** "You can't specify a resource label unless the metric type is ALBRequestCountPerTarget", and then you must. */
function checkLabel(type: string | undefined, label: string | undefined): void {
  const isNeeded = type === 'ALBRequestCountPerTarget';
  if (isNeeded ? !LABEL.test(label ?? '') : label !== undefined) {
    throw invalid(`The resource label ${label ?? ''} is not valid for the metric ${type ?? ''}`);
  }
}

function checkCooldown(seconds = 0): void {
  if (!Number.isInteger(seconds) || seconds < 0) {
    throw invalid('A cooldown must be 0 seconds or more');
  }
}

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepScalingPolicyConfiguration.html */
export function readStep(config: StepScalingPolicyConfiguration | undefined): StepScalingPolicyConfiguration {
  const { AdjustmentType: type, StepAdjustments: steps = [] } = config ?? {};
  if (!config || type === undefined || steps.length === 0) {
    throw invalid('A step scaling policy needs an AdjustmentType and at least one step adjustment');
  }
  checkCooldown(config.Cooldown);
  checkSteps(steps);
  return { Cooldown: DEFAULT_COOLDOWN_SECONDS, ...config };
}

/** Steps lie side by side: an open one at either end at most, no gap and no overlap (API reference, StepAdjustment). */
function checkSteps(steps: readonly StepAdjustment[]): void {
  const ranges = steps
    .map(({ MetricIntervalLowerBound: lower = -Infinity, MetricIntervalUpperBound: upper = Infinity }) => ({
      lower,
      upper,
    }))
    .toSorted((one, other) => one.lower - other.lower);
  for (const [index, { lower, upper }] of ranges.entries()) {
    const next = ranges[index + 1];
    if (lower >= upper || (next && next.lower !== upper)) {
      throw invalid('Step adjustments must neither overlap nor leave a gap between them');
    }
  }
}
