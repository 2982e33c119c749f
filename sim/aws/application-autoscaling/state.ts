import type {
  StepScalingPolicyConfiguration,
  SuspendedState,
  TargetTrackingScalingPolicyConfiguration,
} from '@aws-sdk/client-application-auto-scaling';
import type { Tags } from '../tag-index.ts';

/** What can be scaled: the desired count of an ECS service. */
export interface ScalableTarget {
  readonly arn: string;
  /** `service/<cluster>/<service>` */
  readonly resourceId: string;
  readonly roleArn: string;
  readonly createdAt: Date;
  minimum: number;
  maximum: number;
  suspended: Required<SuspendedState>;
  tags: Tags;
}

export interface ScalingPolicy {
  readonly name: string;
  readonly arn: string;
  readonly resourceId: string;
  readonly createdAt: Date;
  readonly type: 'StepScaling' | 'TargetTrackingScaling';
  step: StepScalingPolicyConfiguration | undefined;
  tracking: TargetTrackingScalingPolicyConfiguration | undefined;
  /** The names of the alarms that a target tracking policy made; a step policy's are its owner's. */
  alarms: readonly string[];
}

/** Everything Application Auto Scaling holds in this account and Region. */
export interface ApplicationAutoScalingState {
  /** By resource id; ECS services have one dimension. */
  readonly targets: Map<string, ScalableTarget>;
  /** By resource id and name. */
  readonly policies: Map<string, ScalingPolicy>;
}

export function createApplicationAutoScalingState(): ApplicationAutoScalingState {
  return { targets: new Map(), policies: new Map() };
}
