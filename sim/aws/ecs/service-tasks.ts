import type { World } from '../world.ts';
import type { Deployment, Service, Task } from './state.ts';

export function tasksOf(world: World, service: Service): Task[] {
  return [...world.ecs.tasks.values()].filter(
    // A name may be used again after its service has gone; the older service's tasks stay describable.
    (task) => task.serviceArn === service.arn && task.createdAt >= service.createdAt,
  );
}

/** Tasks meant to run. */
export const wanted = (tasks: readonly Task[]): Task[] =>
  tasks.filter(({ desiredStatus }) => desiredStatus === 'RUNNING');

export const ofDeployment = (tasks: readonly Task[], { id }: Deployment): Task[] =>
  tasks.filter(({ deploymentId }) => deploymentId === id);

const pending: readonly string[] = ['PROVISIONING', 'PENDING', 'ACTIVATING'];

export const pendingCount = (tasks: readonly Task[]): number =>
  tasks.filter(({ lastStatus }) => pending.includes(lastStatus)).length;

export const runningCount = (tasks: readonly Task[]): number =>
  tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length;

/** Until a task has drained, its deployment and its service still have it. */
export const isLeft = ({ lastStatus }: Task): boolean =>
  lastStatus !== 'STOPPING' && lastStatus !== 'DEPROVISIONING' && lastStatus !== 'STOPPED';
