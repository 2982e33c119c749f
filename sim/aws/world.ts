import type { SimClock } from '../clock.ts';
import { type AcmState, createAcmState } from './acm/state.ts';
import {
  type ApplicationAutoScalingState,
  createApplicationAutoScalingState,
} from './application-autoscaling/state.ts';
import { type BudgetsState, createBudgetsState } from './budgets/state.ts';
import { type CloudWatchState, createCloudWatchState } from './cloudwatch/state.ts';
import { type Durations, realisticDurations } from './durations.ts';
import { createEc2State, type Ec2State } from './ec2/state.ts';
import { createEcrState, type EcrState } from './ecr/state.ts';
import { createEcsState, type EcsState } from './ecs/state.ts';
import { createElastiCacheState, type ElastiCacheState } from './elasticache/state.ts';
import { createElbv2State, type Elbv2State } from './elbv2/state.ts';
import { createIamState, type IamState } from './iam/state.ts';
import { createKmsState, type KmsState } from './kms/state.ts';
import { createLambdaState, type LambdaState } from './lambda/state.ts';
import { createLogsState, type LogsState } from './logs/state.ts';
import { createRdsState, type RdsState } from './rds/state.ts';
import { createRoute53State, type Route53State } from './route53/state.ts';
import { createS3State, type S3State } from './s3/state.ts';
import { createSchedulerState, type SchedulerState } from './scheduler/state.ts';
import { createSecretsManagerState, type SecretsManagerState } from './secretsmanager/state.ts';
import { createSnsState, type SnsState } from './sns/state.ts';
import { createSqsState, type SqsState } from './sqs/state.ts';
import { createSsmState, type SsmState } from './ssm/state.ts';
import { createTagIndex, type TagIndex } from './tag-index.ts';

/** One AWS account in one Region: everything that exists in it, and the clock it lives by. */
export interface World {
  readonly accountId: string;
  readonly region: string;
  readonly clock: SimClock;
  readonly durations: Durations;
  readonly tagIndex: TagIndex;
  /** A lower-case hexadecimal string of `length` characters, never the same twice; the same run gives the same ones. */
  uniqueHex(length: number): string;
  readonly acm: AcmState;
  readonly applicationAutoScaling: ApplicationAutoScalingState;
  readonly budgets: BudgetsState;
  readonly cloudwatch: CloudWatchState;
  readonly ec2: Ec2State;
  readonly ecr: EcrState;
  readonly ecs: EcsState;
  readonly elasticache: ElastiCacheState;
  readonly elbv2: Elbv2State;
  readonly iam: IamState;
  readonly kms: KmsState;
  readonly logs: LogsState;
  readonly rds: RdsState;
  readonly route53: Route53State;
  readonly secretsManager: SecretsManagerState;
  readonly ssm: SsmState;
  readonly scheduler: SchedulerState;
  readonly lambda: LambdaState;
  readonly sns: SnsState;
  readonly sqs: SqsState;
  readonly s3: S3State;
}

export interface WorldOptions {
  readonly clock: SimClock;
  readonly accountId?: string;
  readonly region?: string;
  readonly durations?: Partial<Durations>;
}

export function createWorld({
  clock,
  accountId = '123456789012',
  region = 'eu-west-1',
  durations = {},
}: WorldOptions): World {
  const times = { ...realisticDurations, ...durations };
  return {
    accountId,
    region,
    clock,
    durations: times,
    tagIndex: createTagIndex(clock, times),
    uniqueHex: createHexSequence(),
    acm: createAcmState(),
    applicationAutoScaling: createApplicationAutoScalingState(),
    budgets: createBudgetsState(),
    cloudwatch: createCloudWatchState(),
    ec2: createEc2State(),
    ecr: createEcrState(),
    ecs: createEcsState(),
    elasticache: createElastiCacheState(),
    elbv2: createElbv2State(),
    iam: createIamState(),
    kms: createKmsState(),
    logs: createLogsState(),
    rds: createRdsState(),
    route53: createRoute53State(),
    secretsManager: createSecretsManagerState(),
    ssm: createSsmState(),
    scheduler: createSchedulerState(),
    lambda: createLambdaState(),
    sns: createSnsState(),
    sqs: createSqsState(),
    s3: createS3State(),
  };
}

/** Numbers that look random and are not: a Weyl sequence, mixed, so that every value of a length is met once. */
function createHexSequence(): (length: number) => string {
  let state = 0x9e3779b97f4a7c15n;
  return (length) => {
    let text = '';
    while (text.length < length) {
      state = (state + 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn;
      let mixed = state;
      mixed = ((mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n) & 0xffffffffffffffffn;
      mixed = ((mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn) & 0xffffffffffffffffn;
      text += (mixed ^ (mixed >> 31n)).toString(16).padStart(16, '0');
    }
    return text.slice(0, length);
  };
}
