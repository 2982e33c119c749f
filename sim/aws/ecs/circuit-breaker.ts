import type { DeploymentCircuitBreaker } from '@aws-sdk/client-ecs';
import type { World } from '../world.ts';
import { rollBack } from './deployments.ts';
import { addEvent, addEventOnce } from './service-events.ts';
import { ofDeployment } from './service-tasks.ts';
import type { Deployment, Service, Task } from './state.ts';
import { isHealthy } from './task-health.ts';

const smallestThreshold = 3;
const largestThreshold = 200;

/** How many tasks may fail: half of what is desired, but 3 to 200 of them, unless set otherwise. */
export function failureThreshold(desiredCount: number, breaker: DeploymentCircuitBreaker | undefined): number {
  const { type = 'BOUNDED_PERCENT', value = 50 } = breaker?.thresholdConfiguration ?? {};
  if (type === 'COUNT') {
    return value;
  }
  const share = Math.ceil((desiredCount * value) / 100);
  return type === 'UNBOUNDED_PERCENT'
    ? Math.max(1, share)
    : Math.min(largestThreshold, Math.max(smallestThreshold, share));
}

const backOffBaseSeconds = 10;
const longestBackOffSeconds = 900;

/** Without a circuit breaker ECS tries for ever, at longer and longer intervals of up to 15 minutes. */
function backOff(world: World, service: Service, deployment: Deployment): void {
  const beyond = deployment.failedTasks - smallestThreshold;
  if (beyond < 0) {
    return;
  }
  const seconds = Math.min(longestBackOffSeconds, backOffBaseSeconds * 2 ** beyond);
  deployment.startAfter = new Date(world.clock.now().getTime() + seconds * 1000);
  addEventOnce(
    world,
    service,
    'is unable to consistently start tasks successfully. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
  );
}

/**
 * A task fails its deployment when it ends by itself, or for its health checks, without ever having been healthy
 * (API reference, Deployment, failedTasks).
 */
function failedItsDeployment(task: Task): boolean {
  const byItself = task.stopCode === 'TaskFailedToStart' || task.stopCode === 'EssentialContainerExited';
  return !task.becameHealthy && (byItself || task.failedHealthChecks);
}

/** Counts what has ended since the last look, each task once, and forgets the count when a task is healthy. */
export function accountTasks(world: World, service: Service, tasks: readonly Task[]): void {
  for (const deployment of service.deployments) {
    const resets = deployment.settings.deploymentConfiguration?.deploymentCircuitBreaker?.resetOnHealthyTask ?? true;
    for (const task of ofDeployment(tasks, deployment)) {
      if (!task.becameHealthy && isHealthy(world, task)) {
        task.becameHealthy = true;
        deployment.failedTasks = resets ? 0 : deployment.failedTasks;
      }
      if (!task.accounted && task.desiredStatus === 'STOPPED') {
        task.accounted = true;
        countEnd(world, service, { deployment, task });
      }
    }
  }
}

function countEnd(world: World, service: Service, { deployment, task }: { deployment: Deployment; task: Task }): void {
  if (failedItsDeployment(task)) {
    deployment.failedTasks += 1;
    deployment.updatedAt = world.clock.now();
    backOff(world, service, deployment);
  }
}

/** Fails the PRIMARY deployment once too many of its tasks failed, and rolls back when told to and when there is a way back. */
export function applyCircuitBreaker(world: World, service: Service): void {
  const [primary] = service.deployments;
  const breaker = primary?.settings.deploymentConfiguration?.deploymentCircuitBreaker;
  if (
    !primary ||
    !breaker?.enable ||
    primary.rolloutState !== 'IN_PROGRESS' ||
    primary.failedTasks < failureThreshold(primary.desiredCount, breaker)
  ) {
    return;
  }
  primary.rolloutState = 'FAILED';
  primary.rolloutStateReason = 'ECS deployment circuit breaker: tasks failed to start.';
  primary.desiredCount = 0;
  primary.updatedAt = world.clock.now();
  addEvent(world, service, `(deployment ${primary.id}) deployment failed: tasks failed to start.`);
  const back = service.lastCompleted;
  if (breaker.rollback && back && back !== primary) {
    const deployment = rollBack(world, service, back);
    addEvent(world, service, `rolling back to (deployment ${deployment.id}).`);
  }
}
