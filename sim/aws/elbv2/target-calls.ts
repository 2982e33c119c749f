import { isIP } from 'node:net';
import type {
  DeregisterTargetsInput,
  DescribeTargetHealthInput,
  DescribeTargetHealthOutput,
  RegisterTargetsInput,
  TargetDescription,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { quotas } from './quotas.ts';
import type { Target, TargetGroup } from './state.ts';
import { targetGroupOf } from './target-groups.ts';
import { deregisterTarget, registerTarget, type TargetAddress } from './targets.ts';

function addressOf(group: TargetGroup, { Id = '', Port }: TargetDescription): TargetAddress {
  return { ip: Id, port: Port ?? group.port };
}

export function registerTargets(world: World, { TargetGroupArn, Targets = [] }: RegisterTargetsInput): void {
  const group = targetGroupOf(world, TargetGroupArn);
  const addresses = Targets.map((target) => addressOf(group, target));
  const bad = addresses.find(({ ip }) => group.targetType === 'ip' && isIP(ip) === 0);
  if (bad) {
    throw new Refusal('InvalidTargetException', `The IP address '${bad.ip}' is not a valid IPv4 address`);
  }
  const most = quotas['targets-per-target-group'];
  if (group.targets.size + addresses.length > most) {
    throw new Refusal('TooManyTargetsException', `The maximum number of targets, ${most}, would be exceeded`);
  }
  for (const address of addresses) {
    registerTarget(world, group.arn, address);
  }
}

export function deregisterTargets(world: World, { TargetGroupArn, Targets = [] }: DeregisterTargetsInput): void {
  const group = targetGroupOf(world, TargetGroupArn);
  for (const target of Targets) {
    deregisterTarget(world, group.arn, addressOf(group, target));
  }
}

/** Of a target that was asked for by name and is not there it says `unused`, `Target.NotRegistered`. */
export function describeTargetHealth(
  world: World,
  { TargetGroupArn, Targets = [] }: DescribeTargetHealthInput,
): DescribeTargetHealthOutput {
  const group = targetGroupOf(world, TargetGroupArn);
  if (Targets.length === 0) {
    return { TargetHealthDescriptions: [...group.targets.values()].map((target) => describe(group, target)) };
  }
  return {
    TargetHealthDescriptions: Targets.map((asked) => {
      const { ip, port } = addressOf(group, asked);
      const target = group.targets.get(`${ip}:${port}`);
      return target ? describe(group, target) : notRegistered({ ip, port });
    }),
  };
}

function describe(group: TargetGroup, target: Target): TargetHealthDescription {
  const checked = group.healthCheck.port;
  return {
    Target: { Id: target.ip, Port: target.port },
    HealthCheckPort: checked === 'traffic-port' ? String(target.port) : checked,
    TargetHealth: {
      State: target.state,
      ...(target.reason === undefined ? {} : { Reason: target.reason }),
      ...(target.description === undefined ? {} : { Description: target.description }),
    },
  };
}

function notRegistered({ ip, port }: TargetAddress): TargetHealthDescription {
  return {
    Target: { Id: ip, Port: port },
    TargetHealth: {
      State: 'unused',
      Reason: 'Target.NotRegistered',
      Description: 'Target is not registered to the target group',
    },
  };
}
