import { targetHealth } from '../elbv2/targets.ts';
import type { World } from '../world.ts';
import type { Task } from './state.ts';

type ContainerHealth = 'HEALTHY' | 'UNKNOWN';

/** By container health checks: UNKNOWN without any, and until the containers that have one accept connections. */
export function containerHealth(world: World, task: Task): ContainerHealth {
  const checked = task.containers.filter(
    ({ definition, lastStatus }) => definition.healthCheck && lastStatus === 'RUNNING',
  );
  const now = world.clock.now();
  return checked.length > 0 && checked.every(({ listensFrom }) => listensFrom && listensFrom <= now)
    ? 'HEALTHY'
    : 'UNKNOWN';
}

/** Running, passing its load balancers' checks, and its containers' own where it has them. */
export function isHealthy(world: World, task: Task): boolean {
  const needsContainerHealth = task.containers.some(({ definition }) => definition.healthCheck);
  return (
    task.lastStatus === 'RUNNING' &&
    (!needsContainerHealth || containerHealth(world, task) === 'HEALTHY') &&
    task.targets.every(
      ({ targetGroupArn, ip, port }) => targetHealth(world, targetGroupArn, { ip, port }) === 'healthy',
    )
  );
}

/** The target group in which the load balancer finds the task unhealthy. */
export function unhealthyIn(world: World, task: Task): string | undefined {
  return task.targets.find(
    ({ targetGroupArn, ip, port }) => targetHealth(world, targetGroupArn, { ip, port }) === 'unhealthy',
  )?.targetGroupArn;
}
