import {
  ApplicationAutoScalingClient,
  DeleteScalingPolicyCommand,
  DeregisterScalableTargetCommand,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  ListTagsForResourceCommand,
  PutScalingPolicyCommand,
  type PutScalingPolicyRequest,
  RegisterScalableTargetCommand,
  type RegisterScalableTargetRequest,
  UntagResourceCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchClient, DescribeAlarmsCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { DeleteServiceCommand, DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { startPreview } from '../data-plane/preview.ts';

const TARGET = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/previews/pr-7-api',
  ScalableDimension: 'ecs:service:DesiredCount',
} as const;

let scaling: ApplicationAutoScalingClient;
let cloudwatch: CloudWatchClient;
let ecs: ECSClient;

/** The service has one task. */
beforeEach(async () => {
  const preview = await startPreview();
  await preview.run(1);
  scaling = new ApplicationAutoScalingClient(preview.client);
  cloudwatch = new CloudWatchClient(preview.client);
  ecs = new ECSClient(preview.client);
});

const register = async (more: Partial<RegisterScalableTargetRequest> = {}) =>
  await scaling.send(new RegisterScalableTargetCommand({ ...TARGET, ...more }));

const put = async (more: Partial<PutScalingPolicyRequest>) =>
  await scaling.send(new PutScalingPolicyCommand({ ...TARGET, PolicyName: 'cpu', ...more }));

const track = async (more: Partial<PutScalingPolicyRequest['TargetTrackingScalingPolicyConfiguration']> = {}) =>
  await put({
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingScalingPolicyConfiguration: {
      TargetValue: 60,
      PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
      ...more,
    },
  });

const step = (
  ...bounds: [lower: number | undefined, upper: number | undefined][]
): Partial<PutScalingPolicyRequest> => ({
  PolicyType: 'StepScaling',
  StepScalingPolicyConfiguration: {
    AdjustmentType: 'ChangeInCapacity',
    StepAdjustments: bounds.map(([MetricIntervalLowerBound, MetricIntervalUpperBound]) => ({
      MetricIntervalLowerBound,
      MetricIntervalUpperBound,
      ScalingAdjustment: 1,
    })),
  },
});

async function desiredCount(): Promise<number | undefined> {
  const input = { cluster: 'previews', services: ['pr-7-api'] };
  return (await ecs.send(new DescribeServicesCommand(input))).services?.[0]?.desiredCount;
}

async function alarms() {
  return (await cloudwatch.send(new DescribeAlarmsCommand({}))).MetricAlarms ?? [];
}

describe('a scalable target', () => {
  it('brings its service within its bounds, now and whenever they are moved', async () => {
    await register({ MinCapacity: 3, MaxCapacity: 10 });
    expect(await desiredCount()).toBe(3);
    await register({ MinCapacity: 1 });
    expect(await desiredCount()).toBe(3);
    await register({ MaxCapacity: 2 });
    expect(await desiredCount()).toBe(2);
    const { ScalableTargets } = await scaling.send(new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs' }));
    expect(ScalableTargets).toMatchObject([
      { MinCapacity: 1, MaxCapacity: 2, SuspendedState: { DynamicScalingInSuspended: false } },
    ]);
  });

  it('is tagged when it is made, and afterwards only by TagResource', async () => {
    const { ScalableTargetARN: ResourceARN } = await register({
      MinCapacity: 1,
      MaxCapacity: 2,
      Tags: { Team: 'ours', A: 'b' },
    });
    await expect(register({ Tags: { Team: 'theirs' } })).rejects.toMatchObject({ name: 'ValidationException' });
    await scaling.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['A'] }));
    expect((await scaling.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags).toEqual({ Team: 'ours' });
  });

  it.each([
    { reason: 'no bounds', more: {} },
    { reason: 'a maximum below its minimum', more: { MinCapacity: 2, MaxCapacity: 1 } },
    {
      reason: 'a service that is not there',
      more: { MinCapacity: 1, MaxCapacity: 2, ResourceId: 'service/previews/none' },
    },
    {
      reason: 'another dimension',
      more: { MinCapacity: 1, MaxCapacity: 2, ScalableDimension: 'rds:cluster:ReadReplicaCount' as const },
    },
  ])('is refused with $reason', async ({ more }) => {
    await expect(register(more)).rejects.toMatchObject({ name: 'ValidationException' });
    expect(await desiredCount()).toBe(1);
  });

  it('leaves the count of a draining service alone', async () => {
    await ecs.send(new DeleteServiceCommand({ cluster: 'previews', service: 'pr-7-api', force: true }));
    await register({ MinCapacity: 3, MaxCapacity: 10 });
    expect(await desiredCount()).toBe(0);
  });

  it('takes its policies and their alarms along when it is deregistered', async () => {
    await register({ MinCapacity: 1, MaxCapacity: 10 });
    await track();
    await scaling.send(new DeregisterScalableTargetCommand(TARGET));
    const { ScalingPolicies } = await scaling.send(new DescribeScalingPoliciesCommand({ ServiceNamespace: 'ecs' }));
    expect([ScalingPolicies, await alarms()]).toEqual([[], []]);
    await expect(scaling.send(new DeregisterScalableTargetCommand(TARGET))).rejects.toMatchObject({
      name: 'ObjectNotFoundException',
    });
  });
});

describe('a target tracking policy', () => {
  it('needs a registered target', async () => {
    await expect(track()).rejects.toMatchObject({ name: 'ObjectNotFoundException' });
  });

  it('makes two alarms that call it, and keeps them when it is put again', async () => {
    await register({ MinCapacity: 1, MaxCapacity: 10 });
    const { PolicyARN, Alarms } = await track();
    expect(PolicyARN).toMatch(
      /:scalingPolicy:[0-9a-f-]{36}:resource\/ecs\/service\/previews\/pr-7-api:policyName\/cpu$/,
    );
    expect(await alarms()).toMatchObject([
      {
        AlarmName: expect.stringMatching(/^TargetTracking-service\/previews\/pr-7-api-AlarmHigh-[0-9a-f-]{36}$/),
        AlarmActions: [PolicyARN],
        Threshold: 60,
        MetricName: 'CPUUtilization',
        Dimensions: [
          { Name: 'ClusterName', Value: 'previews' },
          { Name: 'ServiceName', Value: 'pr-7-api' },
        ],
      },
      { AlarmName: expect.stringContaining('-AlarmLow-'), Threshold: 54 },
    ]);
    expect((await track({ TargetValue: 70 })).Alarms).toEqual(Alarms);
    expect((await alarms()).map(({ Threshold }) => Threshold)).toEqual([70, 63]);
  });

  it('has no low alarm when it never scales in', async () => {
    await register({ MinCapacity: 1, MaxCapacity: 10 });
    await track();
    await track({ DisableScaleIn: true });
    expect((await alarms()).map(({ AlarmName }) => AlarmName)).toEqual([expect.stringContaining('-AlarmHigh-')]);
  });

  it('is refused with a metric that ECS services have not, or without one', async () => {
    await register({ MinCapacity: 1, MaxCapacity: 10 });
    const wrong = { PredefinedMetricType: 'RDSReaderAverageCPUUtilization' as const };
    await expect(track({ PredefinedMetricSpecification: wrong })).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await expect(track({ PredefinedMetricSpecification: undefined })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});

describe('a step scaling policy', () => {
  beforeEach(async () => {
    await register({ MinCapacity: 1, MaxCapacity: 10 });
  });

  it('is called by alarms of its owner, which outlive it', async () => {
    const { PolicyARN = '' } = await put(step([0, undefined]));
    await cloudwatch.send(
      new PutMetricAlarmCommand({
        AlarmName: 'busy',
        Namespace: 'AWS/ECS',
        MetricName: 'CPUUtilization',
        Statistic: 'Average',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 80,
        ComparisonOperator: 'GreaterThanThreshold',
        AlarmActions: [PolicyARN],
      }),
    );
    const described = async () =>
      (await scaling.send(new DescribeScalingPoliciesCommand({ ServiceNamespace: 'ecs', PolicyNames: ['cpu'] })))
        .ScalingPolicies;
    expect(await described()).toMatchObject([
      { PolicyType: 'StepScaling', Alarms: [{ AlarmName: 'busy' }], StepScalingPolicyConfiguration: { Cooldown: 300 } },
    ]);
    await scaling.send(new DeleteScalingPolicyCommand({ ...TARGET, PolicyName: 'cpu' }));
    expect([await described(), (await alarms()).length]).toEqual([[], 1]);
  });

  it.each([
    { reason: 'a gap', policy: step([0, 10], [20, undefined]) },
    { reason: 'an overlap', policy: step([0, 20], [10, undefined]) },
    { reason: 'no step', policy: step() },
  ])('is refused with $reason', async ({ policy }) => {
    await expect(put(policy)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('never becomes one of another type', async () => {
    await put(step([0, undefined]));
    await expect(track()).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
