import type { World } from '../world.ts';
import { accountTasks, applyCircuitBreaker } from './circuit-breaker.ts';
import { addEvent } from './service-events.ts';
import { replaceUnhealthyTasks } from './service-health.ts';
import { isLeft, ofDeployment, tasksOf, wanted } from './service-tasks.ts';
import type { Deployment, Service, Task } from './state.ts';
import { adjustTasks } from './task-counts.ts';
import { isHealthy } from './task-health.ts';

// ECS's service scheduler looks at a service whenever one of its tasks changes, and at intervals: short ones while
// something is on its way, long ones while it is steady behind a load balancer. Each look notices ill tasks, counts
// failures, trips the circuit breaker, starts and stops tasks, and says what has been reached.

const unsteadySeconds = 2;
const steadySeconds = 15;

/** Looks at a service now and keeps looking until it is INACTIVE. May be called at any time. */
export function considerService(world: World, service: Service): void {
  service.cancelTick();
  if (service.status === 'INACTIVE') {
    return;
  }
  const notify = (): void => considerSoon(world, service);
  replaceUnhealthyTasks(world, service, tasksOf(world, service));
  accountTasks(world, service, tasksOf(world, service));
  applyCircuitBreaker(world, service);
  adjustTasks(world, { service, tasks: tasksOf(world, service), notify });
  settle(world, service, tasksOf(world, service));
  const seconds = secondsToNextLook(service, tasksOf(world, service));
  if (seconds !== undefined) {
    service.cancelTick = world.clock.after(seconds, () => considerService(world, service));
  }
}

/**
 * Undefined when only a task's own change can bring something new, and that is told: the service has ended, or
 * nothing is on its way and no load balancer checks its tasks.
 */
function secondsToNextLook({ status, steady, deployments }: Service, tasks: readonly Task[]): number | undefined {
  const left = tasks.filter((task) => isLeft(task));
  const isQuiet = steady || (deployments[0]?.rolloutState === 'FAILED' && left.length === 0);
  if (status !== 'INACTIVE' && !isQuiet) {
    return unsteadySeconds;
  }
  return status !== 'INACTIVE' && left.some(({ targets }) => targets.length > 0) ? steadySeconds : undefined;
}

/**
 * Looks at a service in a moment: not within the change that a task tells of, which may be one that this scheduler is
 * just making, nor within the request that deletes a service and is answered DRAINING.
 */
export function considerSoon(world: World, service: Service): void {
  service.cancelTick();
  service.cancelTick = world.clock.after(0, () => considerService(world, service));
}

function settle(world: World, service: Service, tasks: readonly Task[]): void {
  service.deployments = service.deployments.filter((deployment) => isListed(deployment, tasks));
  if (service.status === 'DRAINING') {
    retire(world, service, tasks);
    return;
  }
  const [primary] = service.deployments;
  const reached = primary !== undefined && hasReached(world, { service, primary, tasks });
  if (reached && primary.rolloutState === 'IN_PROGRESS') {
    complete(world, service, primary);
  }
  if (reached && !service.steady) {
    addEvent(world, service, 'has reached a steady state.');
  }
  service.steady = reached;
}

/** A failed deployment is shown until its tasks have STOPPED, any other that is not PRIMARY until they have drained. */
function isListed(deployment: Deployment, tasks: readonly Task[]): boolean {
  const failed = deployment.rolloutState === 'FAILED';
  return (
    deployment.status === 'PRIMARY' ||
    ofDeployment(tasks, deployment).some((task) => (failed ? task.lastStatus !== 'STOPPED' : isLeft(task)))
  );
}

/** One deployment, as many tasks as desired, all of them healthy. */
function hasReached(
  world: World,
  { service, primary, tasks }: { service: Service; primary: Deployment; tasks: readonly Task[] },
): boolean {
  const live = wanted(tasks);
  return (
    service.deployments.length === 1 &&
    primary.rolloutState !== 'FAILED' &&
    live.length === primary.desiredCount &&
    live.every((task) => isHealthy(world, task))
  );
}

function complete(world: World, service: Service, deployment: Deployment): void {
  deployment.rolloutState = 'COMPLETED';
  deployment.rolloutStateReason = `ECS deployment ${deployment.id} completed.`;
  deployment.updatedAt = world.clock.now();
  service.lastCompleted = deployment;
  addEvent(world, service, `(deployment ${deployment.id}) deployment completed.`);
}

/** A draining service is INACTIVE once its tasks are all STOPPING or further, and is remembered for a while. */
function retire(world: World, service: Service, tasks: readonly Task[]): void {
  if (tasks.some((task) => isLeft(task))) {
    return;
  }
  service.status = 'INACTIVE';
  service.deployments = [];
  world.tagIndex.remove(service.arn);
  world.clock.after(world.durations.inactiveServiceForgotten, () => {
    if (world.ecs.services.get(service.arn) === service) {
      world.ecs.services.delete(service.arn);
    }
  });
}
