import type { World } from '../world.ts';
import type { Deployment, Service, ServiceSettings } from './state.ts';

interface NewDeployment {
  readonly taskDefinitionArn: string;
  readonly settings: ServiceSettings;
  readonly reason?: (id: string) => string;
}

/** `ecs-svc/` and 19 digits. */
function deploymentId(world: World): string {
  const number = BigInt(`0x${world.uniqueHex(16)}`) % 9_000_000_000_000_000_000n;
  return `ecs-svc/${number + 1_000_000_000_000_000_000n}`.slice(0, 'ecs-svc/'.length + 19);
}

/** Puts a new PRIMARY deployment before the others, which stay ACTIVE until their tasks have gone. */
export function beginDeployment(world: World, service: Service, wanted: NewDeployment): Deployment {
  const id = deploymentId(world);
  const now = world.clock.now();
  const deployment: Deployment = {
    id,
    taskDefinitionArn: wanted.taskDefinitionArn,
    createdAt: now,
    settings: wanted.settings,
    status: 'PRIMARY',
    desiredCount: service.desiredCount,
    updatedAt: now,
    rolloutState: 'IN_PROGRESS',
    rolloutStateReason: wanted.reason?.(id) ?? `ECS deployment ${id} in progress.`,
    failedTasks: 0,
    startAfter: undefined,
  };
  promote(service, deployment);
  return deployment;
}

function promote(service: Service, deployment: Deployment): void {
  for (const other of service.deployments) {
    other.status = 'ACTIVE';
  }
  deployment.status = 'PRIMARY';
  service.deployments = [deployment, ...service.deployments.filter((other) => other !== deployment)];
  service.settings = deployment.settings;
  service.steady = false;
}

/** Goes back to the last completed deployment, which is promoted again if some of its tasks are left. */
export function rollBack(world: World, service: Service, to: Deployment): Deployment {
  const reason = `ECS deployment circuit breaker: rolling back to deploymentId ${to.id}.`;
  if (!service.deployments.includes(to)) {
    const { taskDefinitionArn, settings } = to;
    return beginDeployment(world, service, { taskDefinitionArn, settings, reason: () => reason });
  }
  Object.assign(to, { rolloutState: 'IN_PROGRESS', rolloutStateReason: reason, failedTasks: 0, startAfter: undefined });
  to.desiredCount = service.desiredCount;
  to.updatedAt = world.clock.now();
  promote(service, to);
  return to;
}

/**
 * The deployment that should have the service's tasks: the PRIMARY one, or after it failed without a rollback the
 * last completed one, whose tasks go on as they are.
 */
export function servingDeployment(service: Service): Deployment | undefined {
  const [primary] = service.deployments;
  if (primary?.rolloutState !== 'FAILED') {
    return primary;
  }
  return service.deployments.find((deployment) => deployment === service.lastCompleted);
}
