import type {
  DeleteServiceRequest,
  DescribeServicesRequest,
  DescribeServicesResponse,
  ListServicesRequest,
  Service as ServiceDescription,
} from '@aws-sdk/client-ecs';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { listPage } from './ecs-paging.ts';
import { activeCluster, findService, serviceArn } from './lookup.ts';
import { describeService } from './service-description.ts';
import { considerSoon } from './service-scheduler.ts';
import type { Service } from './state.ts';

const maximumDescribed = 10;

/** What does not exist is a failure in the answer, not an error. */
function describeServices(world: World, input: DescribeServicesRequest): DescribeServicesResponse {
  const cluster = activeCluster(world, input.cluster);
  const references = input.services ?? [];
  if (references.length < 1) {
    throw new Refusal('InvalidParameterException', 'Services cannot be empty.');
  }
  if (references.length > maximumDescribed) {
    throw new Refusal('InvalidParameterException', `Services cannot be more than ${maximumDescribed}.`);
  }
  const withTags = input.include?.includes('TAGS') ?? false;
  const services: ServiceDescription[] = [];
  const failures: DescribeServicesResponse['failures'] = [];
  for (const reference of references) {
    const service = findService(world, cluster, reference);
    if (service) {
      services.push(describeService(world, service, { withTags }));
    } else {
      failures.push({ arn: serviceArn(world, cluster, reference), reason: 'MISSING' });
    }
  }
  return { services, failures };
}

function listServices(world: World, input: ListServicesRequest) {
  const cluster = activeCluster(world, input.cluster);
  const { launchType, schedulingStrategy = 'REPLICA' } = input;
  const listed = [...world.ecs.services.values()].filter(
    (service) =>
      service.cluster === cluster &&
      service.status === 'ACTIVE' &&
      schedulingStrategy === 'REPLICA' &&
      (launchType === undefined || service.settings.launchType === launchType),
  );
  const { items, nextToken } = listPage(listed, input, 10);
  return { serviceArns: items.map(({ arn }) => arn), nextToken };
}

function refuseDeletion(service: Service): void {
  if (service.desiredCount > 0) {
    throw new Refusal('InvalidParameterException', 'The service cannot be stopped while it is scaled above 0.');
  }
  if (service.deployments.length > 1) {
    throw new Refusal('InvalidParameterException', 'The service cannot be stopped while deployments are active.');
  }
}

/** Deleting a draining service again changes nothing; one that is gone is not found. */
function deleteService(world: World, input: DeleteServiceRequest): Service {
  const cluster = activeCluster(world, input.cluster);
  const service = findService(world, cluster, input.service);
  if (!service || service.status === 'INACTIVE') {
    throw new Refusal('ServiceNotFoundException', 'Service not found.');
  }
  if (service.status === 'DRAINING') {
    return service;
  }
  if (!input.force) {
    refuseDeletion(service);
  }
  service.status = 'DRAINING';
  service.desiredCount = 0;
  for (const deployment of service.deployments) {
    deployment.desiredCount = 0;
  }
  considerSoon(world, service);
  return service;
}

export function serviceHandlers(world: World): Record<string, Handler> {
  return {
    DescribeServices: (input: DescribeServicesRequest) => describeServices(world, input),
    ListServices: (input: ListServicesRequest) => listServices(world, input),
    DeleteService: (input: DeleteServiceRequest) => ({
      service: describeService(world, deleteService(world, input), { withTags: false }),
    }),
  };
}
