import { DescribeServicesCommand, type ECSClient, type Service } from '@aws-sdk/client-ecs';
import { TransientError } from '../../domain/failure.ts';
import type { Sender } from './clients.ts';
import { ask } from './errors.ts';

export type Ecs = Sender<ECSClient>;

export interface ServiceAddress {
  readonly clusterArn: string;
  readonly name: string;
}

/**
 * Undefined when ECS says that there is none: an unknown name is a `MISSING` among `failures`, not an error, and one
 * that was deleted is shown as `INACTIVE` for a while.
 */
export async function describeService(ecs: Ecs, { clusterArn, name }: ServiceAddress): Promise<Service | undefined> {
  const { services = [], failures = [] } = await ask(`describing the service ${name}`, () =>
    ecs.send(new DescribeServicesCommand({ cluster: clusterArn, services: [name], include: ['TAGS'] })),
  );
  const service = services.find(({ serviceName }) => serviceName === name);
  if (service) {
    return service.status === 'INACTIVE' ? undefined : service;
  }
  if (failures.some(({ reason }) => reason === 'MISSING')) {
    return undefined;
  }
  const reasons = failures.map(({ reason }) => reason).join(', ');
  throw new TransientError(
    'Unexpected',
    `ECS says neither that the service ${name} is there nor that it is not (${reasons}).`,
  );
}
