import {
  DescribeServicesCommand,
  type DescribeServicesResponse,
  type ECSClient,
  type Service,
} from '@aws-sdk/client-ecs';
import { TransientError } from '../../domain/failure.ts';
import type { Sender } from './clients.ts';
import { ask } from './errors.ts';

export type Ecs = Sender<ECSClient>;

export interface ServiceAddress {
  readonly clusterArn: string;
  readonly name: string;
}

export interface ServiceReader {
  /**
   * Undefined when ECS says that there is none: an unknown name is a `MISSING` among `failures`, not an error, and one
   * that was deleted is shown as `INACTIVE` for a while.
   */
  describe(address: ServiceAddress): Promise<Service | undefined>;
}

/** `DescribeServices` takes ten names. */
const SERVICES_AT_ONCE = 10;

interface Batch {
  readonly names: Set<string>;
  readonly answer: Promise<DescribeServicesResponse>;
}

/**
 * Looks at services. What is asked for in one turn of the event loop, as the nodes of a pass do, is asked of ECS in one
 * call, made after all of it was asked for: nobody is given an older answer than a call of its own would bring.
 */
export function createServiceReader(ecs: Ecs): ServiceReader {
  const open = new Map<string, Batch>();

  function begin(clusterArn: string): Batch {
    const names = new Set<string>();
    const batch = { names, answer: send(clusterArn, names) };
    open.set(clusterArn, batch);
    return batch;
  }

  async function send(cluster: string, names: Set<string>): Promise<DescribeServicesResponse> {
    await endOfTurn();
    if (open.get(cluster)?.names === names) {
      open.delete(cluster);
    }
    return await ask('describing services', () =>
      ecs.send(new DescribeServicesCommand({ cluster, services: [...names], include: ['TAGS'] })),
    );
  }

  return {
    async describe({ clusterArn, name }) {
      const current = open.get(clusterArn);
      const batch = current && current.names.size < SERVICES_AT_ONCE ? current : begin(clusterArn);
      batch.names.add(name);
      return serviceIn(await batch.answer, name);
    },
  };
}

async function endOfTurn(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}

function serviceIn({ services = [], failures = [] }: DescribeServicesResponse, name: string): Service | undefined {
  const service = services.find(({ serviceName }) => serviceName === name);
  if (service) {
    return service.status === 'INACTIVE' ? undefined : service;
  }
  const own = failures.filter(({ arn = '' }) => arn.split('/').at(-1) === name);
  if (own.some(({ reason }) => reason === 'MISSING')) {
    return undefined;
  }
  const reasons = own.map(({ reason }) => reason).join(', ');
  throw new TransientError(
    'Unexpected',
    `ECS says neither that the service ${name} is there nor that it is not (${reasons}).`,
  );
}
