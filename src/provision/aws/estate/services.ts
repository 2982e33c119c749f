import { DescribeServicesCommand, ListServicesCommand, type Service, type Task } from '@aws-sdk/client-ecs';
import { TAG_KEYS } from '../../../domain/tags.ts';
import { ask } from '../errors.ts';
import { readEcsTags } from '../ownership.ts';
import { findTasks } from '../tasks.ts';
import { allPages, askEach, type Reading, type TaggedThing } from './reading.ts';

/** `DescribeServices` takes ten names. */
const SERVICES_AT_ONCE = 10;
const CALLS_PER_SECOND = 10;

/** Services of the platform's cluster. One that was deleted is shown as `INACTIVE` for a while, and is not there. */
export async function readServices(reading: Reading): Promise<TaggedThing[]> {
  const { scope } = reading;
  const own = `${scope.clusterArn.replace(':cluster/', ':service/')}/${scope.name}-`;
  const hinted = [...reading.hints.keys()].filter((arn) => arn.startsWith(own));
  const listed = (await listServices(reading)).filter((arn) => arn.startsWith(own));
  const services = await describe(reading, [...new Set([...listed, ...hinted])]);
  return services
    .filter(({ status }) => status !== 'INACTIVE')
    .map(({ serviceName = '', serviceArn = '', tags }) => ({
      kind: 'service',
      name: serviceName,
      label: serviceName,
      tags: readEcsTags(tags),
      isWitness: true,
      spec: { clusterArn: scope.clusterArn },
      recorded: { arn: serviceArn },
    }));
}

/** Tasks that no service keeps: a service's go with it. */
export async function readOneOffTasks({ clients, scope }: Reading): Promise<TaggedThing[]> {
  const tasks = await findTasks(clients.ecs, { cluster: scope.clusterArn });
  return tasks.filter(isOneOff).map((task) => {
    const { taskArn = '' } = task;
    const tags = readEcsTags(task.tags);
    return {
      kind: 'one-off-task',
      name: taskArn,
      label: tags[TAG_KEYS.name] ?? taskArn,
      tags,
      isWitness: true,
      spec: null,
      recorded: { taskArn },
    };
  });
}

function isOneOff({ group, lastStatus }: Task): boolean {
  return group?.startsWith('service:') !== true && lastStatus !== 'STOPPED';
}

async function listServices({ clients, scope }: Reading): Promise<string[]> {
  return await allPages(async (nextToken) => {
    const page = await ask('listing the services of the cluster', () =>
      clients.ecs.send(new ListServicesCommand({ cluster: scope.clusterArn, maxResults: 100, nextToken })),
    );
    return { items: page.serviceArns, next: page.nextToken };
  });
}

/** A hint may name what is gone: ECS then says `MISSING`, and has nothing to show. */
async function describe({ clients, scope, pause }: Reading, arns: readonly string[]): Promise<Service[]> {
  const handfuls = Array.from({ length: Math.ceil(arns.length / SERVICES_AT_ONCE) }, (_, index) =>
    arns.slice(index * SERVICES_AT_ONCE, (index + 1) * SERVICES_AT_ONCE),
  );
  const pages = await askEach(handfuls, { perSecond: CALLS_PER_SECOND, pause }, async (services) => {
    const command = new DescribeServicesCommand({ cluster: scope.clusterArn, services, include: ['TAGS'] });
    return await ask('describing services', () => clients.ecs.send(command));
  });
  return pages.flatMap(({ services = [] }) => services);
}
