import type { World } from '../world.ts';
import { servingDeployment } from './deployments.ts';
import { taskSettings } from './launch-rules.ts';
import { findTaskDefinition } from './lookup.ts';
import { addEvent } from './service-events.ts';
import { ofDeployment, wanted } from './service-tasks.ts';
import type { Deployment, Service, Task } from './state.ts';
import { startTask } from './task-creation.ts';
import { stopTask } from './task-ending.ts';
import { isHealthy } from './task-health.ts';

const scheduled = { code: 'ServiceSchedulerInitiated' as const };

interface Adjustment {
  readonly service: Service;
  readonly tasks: readonly Task[];
  readonly deployment: Deployment | undefined;
}

/** How many tasks a service may have while it is rolled over, at least healthy and at most altogether. */
function bounds({ deploymentConfiguration }: Deployment['settings'], desiredCount: number) {
  const { minimumHealthyPercent = 100, maximumPercent = 200 } = deploymentConfiguration ?? {};
  return {
    fewest: Math.ceil((desiredCount * minimumHealthyPercent) / 100),
    most: Math.floor((desiredCount * maximumPercent) / 100),
  };
}

/** Starts what is missing and stops what is too much, within the bounds of a rolling update. */
export function adjustTasks(
  world: World,
  { service, tasks, notify }: { service: Service; tasks: readonly Task[]; notify: () => void },
): void {
  const deployment = servingDeployment(service);
  stopSurplus(world, { service, tasks, deployment });
  if (deployment) {
    startMissing(world, { service, tasks, deployment }, notify);
  }
}

/** Old tasks go as far as enough healthy ones remain; those that are not healthy go first, being no loss. */
function stopSurplus(world: World, { service, tasks, deployment }: Adjustment): void {
  const live = wanted(tasks);
  const desired = deployment?.desiredCount ?? 0;
  const { fewest } = deployment ? bounds(deployment.settings, desired) : { fewest: 0 };
  const current = deployment ? ofDeployment(live, deployment) : [];
  const surplus = current.slice(desired);
  const old = live.filter((task) => !current.includes(task));
  let healthy = live.filter((task) => isHealthy(world, task)).length;
  const stopped: Task[] = [];
  for (const task of [...old, ...surplus].toSorted((one, other) => rank(world, one) - rank(world, other))) {
    const loss = isHealthy(world, task) ? 1 : 0;
    const failed = task.deploymentId !== undefined && isOfFailed(service, task.deploymentId);
    if (failed || loss === 0 || healthy - loss >= fewest) {
      healthy -= loss;
      stopTask(world, task, { ...scheduled, reason: stopReason(service, task) });
      stopped.push(task);
    }
  }
  announceStops(world, service, stopped);
}

const rank = (world: World, task: Task): number => (isHealthy(world, task) ? 1 : 0);

function isOfFailed({ deployments }: Service, deploymentId: string): boolean {
  return deployments.some(({ id, rolloutState }) => id === deploymentId && rolloutState === 'FAILED');
}

function stopReason({ deployments }: Service, { deploymentId }: Task): string {
  const current = deployments.some(({ id, status }) => id === deploymentId && status === 'PRIMARY');
  return `Scaling activity initiated by (deployment ${current ? deploymentId : (deployments[0]?.id ?? deploymentId)})`;
}

/** Writes the events of tasks that the scheduler stopped. */
export function announceStops(world: World, service: Service, stopped: readonly Task[]): void {
  if (stopped.length === 0) {
    return;
  }
  addEvent(world, service, `has stopped ${stopped.length} running tasks: ${listed(stopped)}.`);
  const registered = stopped.filter(({ targets }) => targets.length > 0);
  for (const targetGroupArn of new Set(
    registered.flatMap(({ targets }) => targets.map((target) => target.targetGroupArn)),
  )) {
    addEvent(world, service, `deregistered ${registered.length} targets in (target-group ${targetGroupArn})`);
  }
  if (registered.length > 0) {
    addEvent(world, service, `has begun draining connections on ${registered.length} tasks.`);
  }
}

const listed = (tasks: readonly Task[]): string => tasks.map(({ id }) => `(task ${id})`).join(' ');

function startMissing(
  world: World,
  { service, tasks, deployment }: Adjustment & { deployment: Deployment },
  notify: () => void,
): void {
  const live = wanted(tasks);
  const { most } = bounds(deployment.settings, deployment.desiredCount);
  const missing = deployment.desiredCount - ofDeployment(live, deployment).length;
  const count = Math.min(missing, most - live.length);
  const revision = findTaskDefinition(world, deployment.taskDefinitionArn);
  if (count <= 0 || !revision || (deployment.startAfter && deployment.startAfter > world.clock.now())) {
    return;
  }
  const started = Array.from({ length: count }, () =>
    startTask(world, {
      cluster: service.cluster,
      revision,
      group: `service:${service.name}`,
      startedBy: deployment.id,
      overrides: {},
      settings: taskSettings(deployment.settings, deployment.settings.loadBalancers),
      tags: taskTags(service, revision.tags),
      serviceArn: service.arn,
      deploymentId: deployment.id,
      notify,
    }),
  );
  addEvent(world, service, `has started ${count} tasks: ${listed(started)}.`);
}

/** A service's own tags reach its tasks only when it says so: propagateTags is NONE by default. */
function taskTags(service: Service, definitionTags: Service['tags']): Service['tags'] {
  const { propagateTags, enableECSManagedTags } = service.settings;
  return {
    ...(enableECSManagedTags && {
      'aws:ecs:clusterName': service.cluster.name,
      'aws:ecs:serviceName': service.name,
    }),
    ...(propagateTags === 'SERVICE' && service.tags),
    ...(propagateTags === 'TASK_DEFINITION' && definitionTags),
  };
}
