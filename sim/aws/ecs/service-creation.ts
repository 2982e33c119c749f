import type { CreateServiceRequest } from '@aws-sdk/client-ecs';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { beginDeployment } from './deployments.ts';
import { activeCluster, arnOf, findService, fingerprintOf, usableTaskDefinition } from './lookup.ts';
import { describeService } from './service-description.ts';
import { checkService } from './service-rules.ts';
import { considerService } from './service-scheduler.ts';
import type { Cluster, Service, ServiceSettings } from './state.ts';
import { readTags } from './tags.ts';

function refuse(message: string): never {
  throw new Refusal('InvalidParameterException', message);
}

/** The service that an earlier, identical request made; another one of that name stands in the way. */
function madeBefore(world: World, cluster: Cluster, input: CreateServiceRequest): Service | undefined {
  const existing = findService(world, cluster, input.serviceName);
  if (!existing || existing.status === 'INACTIVE') {
    return undefined;
  }
  if (existing.status === 'DRAINING') {
    refuse('Unable to Start a service that is still Draining.');
  }
  const sameToken = input.clientToken === undefined || input.clientToken === existing.clientToken;
  if (!sameToken || existing.fingerprint !== fingerprintOf(input)) {
    refuse('Creation of service was not idempotent.');
  }
  return existing;
}

function settingsOf(input: CreateServiceRequest): ServiceSettings {
  return {
    launchType: input.launchType ?? (input.capacityProviderStrategy?.length ? undefined : 'FARGATE'),
    capacityProviderStrategy: input.capacityProviderStrategy,
    platformVersion: input.platformVersion ?? 'LATEST',
    networkConfiguration: input.networkConfiguration,
    loadBalancers: input.loadBalancers ?? [],
    serviceRegistries: input.serviceRegistries ?? [],
    deploymentConfiguration: {
      maximumPercent: 200,
      minimumHealthyPercent: 100,
      ...input.deploymentConfiguration,
      deploymentCircuitBreaker: {
        enable: false,
        rollback: false,
        ...input.deploymentConfiguration?.deploymentCircuitBreaker,
      },
    },
    healthCheckGracePeriodSeconds: input.healthCheckGracePeriodSeconds,
    enableExecuteCommand: input.enableExecuteCommand ?? false,
    enableECSManagedTags: input.enableECSManagedTags ?? false,
    propagateTags: input.propagateTags ?? 'NONE',
    // The default of a new service (API reference, CreateService).
    availabilityZoneRebalancing: input.availabilityZoneRebalancing ?? 'ENABLED',
  };
}

function checkRequest(input: CreateServiceRequest): void {
  if (!/^[a-zA-Z0-9_-]{1,255}$/.test(input.serviceName ?? '')) {
    refuse('Service name must contain only letters, numbers, hyphens and underscores, and have at most 255 of them.');
  }
  if (input.clientToken !== undefined && !/^[\x21-\x7e]{1,36}$/.test(input.clientToken)) {
    refuse('clientToken must have 1 to 36 printable ASCII characters.');
  }
  if (input.desiredCount === undefined || input.desiredCount < 0) {
    refuse('Number of tasks (desiredCount) must be 0 or more for a service with the REPLICA strategy.');
  }
  if (input.role !== undefined) {
    refuse('You cannot specify an IAM role for services that require a service linked role.');
  }
}

function createService(world: World, input: CreateServiceRequest): Service {
  const cluster = activeCluster(world, input.cluster);
  checkRequest(input);
  const made = madeBefore(world, cluster, input);
  if (made) {
    return made;
  }
  const revision = usableTaskDefinition(world, input.taskDefinition);
  const settings = settingsOf(input);
  checkService(world, revision, settings);
  const name = input.serviceName ?? '';
  const service: Service = {
    arn: arnOf(world, `service/${cluster.name}/${name}`),
    name,
    cluster,
    createdAt: world.clock.now(),
    clientToken: input.clientToken,
    fingerprint: fingerprintOf(input),
    status: 'ACTIVE',
    desiredCount: input.desiredCount ?? 0,
    settings,
    tags: readTags(input.tags),
    deployments: [],
    events: [],
    lastCompleted: undefined,
    steady: false,
    cancelTick: () => undefined,
  };
  world.ecs.services.set(service.arn, service);
  world.tagIndex.put(service.arn, service.tags);
  beginDeployment(world, service, { taskDefinitionArn: revision.arn, settings });
  considerService(world, service);
  return service;
}

export function creationHandlers(world: World): Record<string, Handler> {
  return {
    CreateService: (input: CreateServiceRequest) => ({
      service: describeService(world, createService(world, input), { withTags: true }),
    }),
  };
}
