import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { type Complaint, checkHealth } from './health-check.ts';
import { loadBalancerUsing } from './references.ts';
import type { Target, TargetGroup, TargetState } from './state.ts';

// A target's life: unused (its group is on no load balancer) -> initial (registered, then checked every interval)
// -> healthy | unhealthy, back and forth by the thresholds -> draining for the deregistration delay -> gone.
// Attaching or detaching the group moves all of its targets between unused and initial.

export interface TargetAddress {
  readonly ip: string;
  readonly port: number;
}

const NOT_IN_USE: Complaint = {
  reason: 'Target.NotInUse',
  description: 'Target group is not configured to receive traffic from the load balancer',
};
const REGISTERING: Complaint = {
  reason: 'Elb.RegistrationInProgress',
  description: 'Target registration is in progress',
};
const FIRST_CHECKS: Complaint = {
  reason: 'Elb.InitialHealthChecking',
  description: 'Initial health checks in progress',
};
const DEREGISTERING: Complaint = {
  reason: 'Target.DeregistrationInProgress',
  description: 'Target deregistration is in progress',
};

const keyOf = ({ ip, port }: TargetAddress): string => `${ip}:${port}`;
const noTimer = (): void => undefined;

/** Whether a rule or a listener's default action forwards to the group. ECS refuses a service on a group without one. */
export function isAttachedToLoadBalancer(world: World, targetGroupArn: string): boolean {
  return loadBalancerUsing(world.elbv2, targetGroupArn) !== undefined;
}

/**
 * Registers a target; a draining one is taken back in, one already registered is left as it is.
 * Throws a TargetGroupNotFoundException refusal.
 */
export function registerTarget(world: World, targetGroupArn: string, address: TargetAddress): void {
  const group = world.elbv2.targetGroups.get(targetGroupArn);
  if (!group) {
    throw new Refusal('TargetGroupNotFoundException', `Target groups '${targetGroupArn}' not found`);
  }
  const known = group.targets.get(keyOf(address));
  if (known && known.state !== 'draining') {
    return;
  }
  known?.cancelTimer();
  const target: Target = {
    ip: address.ip,
    port: address.port,
    state: 'unused',
    reason: NOT_IN_USE.reason,
    description: NOT_IN_USE.description,
    consecutiveSuccesses: 0,
    consecutiveFailures: 0,
    cancelTimer: noTimer,
  };
  group.targets.set(keyOf(address), target);
  if (isAttachedToLoadBalancer(world, targetGroupArn)) {
    beginChecks(world, group, target);
  }
}

/** Lets a target drain for the group's deregistration delay. An unknown target or group is passed over. */
export function deregisterTarget(world: World, targetGroupArn: string, address: TargetAddress): void {
  const group = world.elbv2.targetGroups.get(targetGroupArn);
  const target = group?.targets.get(keyOf(address));
  if (!group || !target || target.state === 'draining') {
    return;
  }
  target.cancelTimer();
  const forget = () => group.targets.delete(keyOf(address));
  if (target.state === 'unused') {
    forget();
    return;
  }
  moveTo(target, 'draining', DEREGISTERING);
  const delay = Number(group.attributes.get('deregistration_delay.timeout_seconds') ?? 300);
  target.cancelTimer = world.clock.after(delay, forget);
}

/** Undefined for a target (or a group) that is not there. */
export function targetHealth(world: World, targetGroupArn: string, address: TargetAddress): TargetState | undefined {
  return world.elbv2.targetGroups.get(targetGroupArn)?.targets.get(keyOf(address))?.state;
}

/** Starts and stops health checks after rules, listeners or load balancers changed. May be called at any time. */
export function reviewTargets(world: World): void {
  for (const group of world.elbv2.targetGroups.values()) {
    const attached = isAttachedToLoadBalancer(world, group.arn);
    for (const target of group.targets.values()) {
      if (attached && target.state === 'unused') {
        beginChecks(world, group, target);
      } else if (!attached && target.state !== 'unused' && target.state !== 'draining') {
        target.cancelTimer();
        moveTo(target, 'unused', NOT_IN_USE);
      }
    }
  }
}

function moveTo(target: Target, state: TargetState, complaint?: Complaint): void {
  target.state = state;
  target.reason = complaint?.reason;
  target.description = complaint?.description;
}

function beginChecks(world: World, group: TargetGroup, target: Target): void {
  target.consecutiveSuccesses = 0;
  target.consecutiveFailures = 0;
  moveTo(target, 'initial', REGISTERING);
  target.cancelTimer = world.clock.after(world.durations.targetRegistration, () => {
    moveTo(target, 'initial', FIRST_CHECKS);
    scheduleCheck(world, group, target);
  });
}

function scheduleCheck(world: World, group: TargetGroup, target: Target): void {
  target.cancelTimer = world.clock.after(group.healthCheck.intervalSeconds, () => {
    applyCheck(world, group, target);
    scheduleCheck(world, group, target);
  });
}

function applyCheck(world: World, group: TargetGroup, target: Target): void {
  const finding = checkHealth(world, group, target);
  if (finding.passed) {
    target.consecutiveFailures = 0;
    target.consecutiveSuccesses += 1;
    if (target.consecutiveSuccesses >= group.healthCheck.healthyThreshold) {
      moveTo(target, 'healthy');
    }
    return;
  }
  target.consecutiveSuccesses = 0;
  target.consecutiveFailures += 1;
  if (target.consecutiveFailures >= group.healthCheck.unhealthyThreshold) {
    moveTo(target, 'unhealthy', finding);
  }
}
