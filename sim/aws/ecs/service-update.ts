import type { UpdateServiceRequest } from '@aws-sdk/client-ecs';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { beginDeployment } from './deployments.ts';
import { activeCluster, activeService, findTaskDefinition, usableTaskDefinition } from './lookup.ts';
import { describeService } from './service-description.ts';
import { checkService } from './service-rules.ts';
import { considerService } from './service-scheduler.ts';
import type { Service, ServiceSettings, TaskDefinitionRevision } from './state.ts';

/** A change of these replaces the tasks; the others take effect in place. */
const deployed = [
  'capacityProviderStrategy',
  'platformVersion',
  'networkConfiguration',
  'loadBalancers',
  'serviceRegistries',
] as const;

const inPlace = [
  'deploymentConfiguration',
  'healthCheckGracePeriodSeconds',
  'enableExecuteCommand',
  'enableECSManagedTags',
  'propagateTags',
  'availabilityZoneRebalancing',
] as const;

function merged(settings: ServiceSettings, input: UpdateServiceRequest): ServiceSettings {
  const given = Object.fromEntries(
    [...deployed, ...inPlace].filter((key) => input[key] !== undefined).map((key) => [key, input[key]]),
  );
  return {
    ...settings,
    ...given,
    deploymentConfiguration: { ...settings.deploymentConfiguration, ...input.deploymentConfiguration },
  };
}

function revisionFor(world: World, service: Service, { taskDefinition }: UpdateServiceRequest): TaskDefinitionRevision {
  const current = findTaskDefinition(world, service.deployments[0]?.taskDefinitionArn ?? '');
  const asked = taskDefinition === undefined ? current : findTaskDefinition(world, taskDefinition);
  // A service may keep a task definition that was deregistered, but not move to one.
  return asked && asked === current ? asked : usableTaskDefinition(world, taskDefinition);
}

function needsDeployment(service: Service, revision: TaskDefinitionRevision, input: UpdateServiceRequest): boolean {
  const differs = deployed.some(
    (key) =>
      input[key] !== undefined && JSON.stringify(input[key]) !== JSON.stringify(service.settings[key] ?? undefined),
  );
  return input.forceNewDeployment === true || differs || revision.arn !== service.deployments[0]?.taskDefinitionArn;
}

function updateService(world: World, input: UpdateServiceRequest): Service {
  const service = activeService(world, activeCluster(world, input.cluster), input.service);
  if (input.desiredCount !== undefined && input.desiredCount < 0) {
    throw new Refusal('InvalidParameterException', 'desiredCount cannot be negative.');
  }
  const revision = revisionFor(world, service, input);
  const settings = merged(service.settings, input);
  const replaces = needsDeployment(service, revision, input);
  if (replaces) {
    // Scaling asks nothing of the load balancer, whose rule may have gone by then.
    checkService(world, revision, settings);
  }
  service.desiredCount = input.desiredCount ?? service.desiredCount;
  service.steady = false;
  if (replaces) {
    beginDeployment(world, service, { taskDefinitionArn: revision.arn, settings });
  } else {
    scale(world, service, settings);
  }
  considerService(world, service);
  return service;
}

/** Without a new deployment the PRIMARY one takes the changes; a failed one stays failed, at no tasks. */
function scale(world: World, service: Service, settings: ServiceSettings): void {
  service.settings = settings;
  const serving = service.deployments.find(
    ({ status, rolloutState }) => status === 'PRIMARY' && rolloutState !== 'FAILED',
  );
  const target = serving ?? service.deployments.find((deployment) => deployment === service.lastCompleted);
  if (target) {
    target.desiredCount = service.desiredCount;
    target.settings = settings;
    target.updatedAt = world.clock.now();
  }
}

export function updateHandlers(world: World): Record<string, Handler> {
  return {
    UpdateService: (input: UpdateServiceRequest) => ({
      service: describeService(world, updateService(world, input), { withTags: false }),
    }),
  };
}
