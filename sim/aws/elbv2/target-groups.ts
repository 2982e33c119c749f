import type {
  CreateTargetGroupInput,
  CreateTargetGroupOutput,
  DeleteTargetGroupInput,
  DescribeTargetGroupsInput,
  DescribeTargetGroupsOutput,
  ModifyTargetGroupInput,
  ModifyTargetGroupOutput,
  TargetGroup as TargetGroupOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { defaultTargetGroupAttributes } from './default-attributes.ts';
import { defaultHealthCheck, mergeHealthCheck } from './health-check-settings.ts';
import { pageOf } from './paging.ts';
import { quotas } from './quotas.ts';
import { loadBalancerUsing } from './references.ts';
import type { TargetGroup } from './state.ts';
import { forgetTags, readTags, setTags } from './tags.ts';
import { checkRange, validationError } from './validation-error.ts';

export function targetGroupOf(world: World, arn: string | undefined): TargetGroup {
  const group = arn === undefined ? undefined : world.elbv2.targetGroups.get(arn);
  if (!group) {
    throw new Refusal('TargetGroupNotFoundException', `Target groups '${arn ?? ''}' not found`);
  }
  return group;
}

/** A second create with the same settings answers with the first one's group; tags are not compared. */
export function createTargetGroup(world: World, input: CreateTargetGroupInput): CreateTargetGroupOutput {
  const tags = readTags(input.Tags);
  const asked = readTargetGroup(world, input);
  const existing = [...world.elbv2.targetGroups.values()].find((group) => group.name === asked.name);
  if (existing) {
    if (settingsOf(existing) !== settingsOf(asked)) {
      throw new Refusal(
        'DuplicateTargetGroupNameException',
        `A target group with the same name '${asked.name}' exists, but with different settings`,
      );
    }
    return { TargetGroups: [describe(world, existing)] };
  }
  if (world.elbv2.targetGroups.size >= quotas['target-groups']) {
    throw new Refusal('TooManyTargetGroupsException', `The maximum number of target groups has been reached`);
  }
  world.elbv2.targetGroups.set(asked.arn, asked);
  setTags(world, asked.arn, tags);
  return { TargetGroups: [describe(world, asked)] };
}

function readTargetGroup(world: World, input: CreateTargetGroupInput): TargetGroup {
  const name = input.Name ?? '';
  refuseBadName(name);
  const { Protocol: protocol, Port: port, VpcId: vpcId, TargetType: targetType = 'instance' } = input;
  if (targetType === 'lambda') {
    throw validationError('The local cloud runs no functions, so a target group cannot have target type lambda');
  }
  if (!protocol || port === undefined || !vpcId) {
    throw validationError('A protocol, a port and a VPC ID must be specified');
  }
  checkRange('Port', port, [1, 65535]);
  if (!world.ec2.vpcs.has(vpcId)) {
    throw validationError(`The VPC ID '${vpcId}' is not found`);
  }
  return {
    arn: `arn:aws:elasticloadbalancing:${world.region}:${world.accountId}:targetgroup/${name}/${world.uniqueHex(16)}`,
    name,
    protocol,
    protocolVersion: input.ProtocolVersion ?? 'HTTP1',
    port,
    vpcId,
    targetType,
    healthCheck: mergeHealthCheck(defaultHealthCheck(protocol, targetType), input),
    attributes: defaultTargetGroupAttributes(),
    targets: new Map(),
    releasedAt: undefined,
    turn: 0,
  };
}

function refuseBadName(name: string): void {
  if (name.length === 0 || name.length > 32) {
    throw validationError(`Target group name '${name}' cannot be longer than '32' characters`);
  }
  if (!/^[A-Za-z0-9-]+$/.test(name)) {
    throw validationError(
      `Target group name '${name}' can only contain characters that are alphanumeric characters and hyphens(-)`,
    );
  }
  if (name.startsWith('-') || name.endsWith('-')) {
    throw validationError(`Target group name '${name}' cannot begin or end with '-'`);
  }
}

/** What two creates of one name must have in common. */
function settingsOf({ protocol, protocolVersion, port, vpcId, targetType, healthCheck }: TargetGroup): string {
  return JSON.stringify([protocol, protocolVersion, port, vpcId, targetType, healthCheck]);
}

/** A name or ARN that is not there is an error rather than a shorter answer. */
export function describeTargetGroups(world: World, input: DescribeTargetGroupsInput): DescribeTargetGroupsOutput {
  const { LoadBalancerArn, TargetGroupArns = [], Names = [] } = input;
  const chosen = [LoadBalancerArn, TargetGroupArns[0], Names[0]].filter((choice) => choice !== undefined);
  if (chosen.length > 1) {
    throw validationError('Load balancer ARN, target group ARNs and names are mutually exclusive');
  }
  if (LoadBalancerArn !== undefined && !world.elbv2.loadBalancers.has(LoadBalancerArn)) {
    throw new Refusal('LoadBalancerNotFoundException', `Load balancers '[${LoadBalancerArn}]' not found`);
  }
  const all = [...world.elbv2.targetGroups.values()];
  const missing =
    TargetGroupArns.some((arn) => !world.elbv2.targetGroups.has(arn)) ||
    Names.some((name) => !all.some((group) => group.name === name));
  if (missing) {
    throw new Refusal('TargetGroupNotFoundException', 'One or more target groups not found');
  }
  const matching = all.filter(
    (group) =>
      (TargetGroupArns.length === 0 || TargetGroupArns.includes(group.arn)) &&
      (Names.length === 0 || Names.includes(group.name)) &&
      (LoadBalancerArn === undefined || loadBalancerUsing(world.elbv2, group.arn) === LoadBalancerArn),
  );
  const { page, NextMarker } = pageOf(matching, (group) => group.name, input);
  return { TargetGroups: page.map((group) => describe(world, group)), NextMarker };
}

export function modifyTargetGroup(world: World, input: ModifyTargetGroupInput): ModifyTargetGroupOutput {
  const group = targetGroupOf(world, input.TargetGroupArn);
  group.healthCheck = mergeHealthCheck(group.healthCheck, input);
  return { TargetGroups: [describe(world, group)] };
}

/**
 * Refused while a rule or listener forwards to the group, and for a short while after the last one went. The model
 * names no other error, so a group that is not there counts as deleted.
 */
export function deleteTargetGroup(world: World, { TargetGroupArn }: DeleteTargetGroupInput): void {
  const group = TargetGroupArn === undefined ? undefined : world.elbv2.targetGroups.get(TargetGroupArn);
  if (!group) {
    return;
  }
  const isHeld = group.releasedAt !== undefined && world.clock.now() < group.releasedAt;
  if (isHeld || loadBalancerUsing(world.elbv2, group.arn) !== undefined) {
    throw new Refusal(
      'ResourceInUseException',
      `Target group '${group.arn}' is currently in use by a listener or a rule`,
    );
  }
  for (const target of group.targets.values()) {
    target.cancelTimer();
  }
  world.elbv2.targetGroups.delete(group.arn);
  forgetTags(world, group.arn);
}

/** The groups stay undeletable for a moment, though nothing refers to them any more. */
export function holdReleased(world: World, targetGroupArns: readonly string[]): void {
  const releasedAt = new Date(world.clock.now().getTime() + world.durations.targetGroupReleased * 1000);
  for (const arn of targetGroupArns) {
    const group = world.elbv2.targetGroups.get(arn);
    if (group && loadBalancerUsing(world.elbv2, arn) === undefined) {
      group.releasedAt = releasedAt;
    }
  }
}

function describe(world: World, group: TargetGroup): TargetGroupOutput {
  const { healthCheck } = group;
  const loadBalancerArn = loadBalancerUsing(world.elbv2, group.arn);
  return {
    TargetGroupArn: group.arn,
    TargetGroupName: group.name,
    Protocol: group.protocol,
    ProtocolVersion: group.protocolVersion,
    Port: group.port,
    VpcId: group.vpcId,
    TargetType: group.targetType,
    IpAddressType: 'ipv4',
    HealthCheckProtocol: healthCheck.protocol,
    HealthCheckPort: healthCheck.port,
    HealthCheckEnabled: healthCheck.enabled,
    HealthCheckIntervalSeconds: healthCheck.intervalSeconds,
    HealthCheckTimeoutSeconds: healthCheck.timeoutSeconds,
    HealthyThresholdCount: healthCheck.healthyThreshold,
    UnhealthyThresholdCount: healthCheck.unhealthyThreshold,
    HealthCheckPath: healthCheck.path,
    Matcher: { HttpCode: healthCheck.matcher },
    LoadBalancerArns: loadBalancerArn === undefined ? [] : [loadBalancerArn],
  };
}
