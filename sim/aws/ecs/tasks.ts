import type {
  DescribeTasksRequest,
  DescribeTasksResponse,
  ListTasksRequest,
  StopTaskRequest,
  Task as TaskDescription,
} from '@aws-sdk/client-ecs';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { listPage } from './ecs-paging.ts';
import { activeCluster, arnOf, findService, findTask } from './lookup.ts';
import type { Cluster, Task } from './state.ts';
import { describeTask } from './task-description.ts';
import { stopTask } from './task-ending.ts';

const maximumDescribed = 100;

function describeTasks(world: World, input: DescribeTasksRequest): DescribeTasksResponse {
  const cluster = activeCluster(world, input.cluster);
  const references = input.tasks ?? [];
  if (references.length < 1 || references.length > maximumDescribed) {
    throw new Refusal('InvalidParameterException', `Tasks must be 1 to ${maximumDescribed}.`);
  }
  const withTags = input.include?.includes('TAGS') ?? false;
  const tasks: TaskDescription[] = [];
  const failures: DescribeTasksResponse['failures'] = [];
  for (const reference of references) {
    const task = findTask(world, cluster, reference);
    if (task) {
      tasks.push(describeTask(world, task, { withTags }));
    } else {
      const arn = reference.startsWith('arn:') ? reference : arnOf(world, `task/${cluster.name}/${reference}`);
      failures.push({ arn, reason: 'MISSING' });
    }
  }
  return { tasks, failures };
}

function serviceArnFor(world: World, cluster: Cluster, reference: string): string {
  const service = findService(world, cluster, reference);
  if (!service) {
    throw new Refusal('ServiceNotFoundException', 'Service not found.');
  }
  return service.arn;
}

/** Only tasks that are meant to run, unless stopped ones are asked for. */
function listTasks(world: World, input: ListTasksRequest) {
  const cluster = activeCluster(world, input.cluster);
  const { desiredStatus = 'RUNNING', family, startedBy, launchType } = input;
  const wantedService = input.serviceName === undefined ? undefined : serviceArnFor(world, cluster, input.serviceName);
  const conditions: ((task: Task) => boolean)[] = [
    (task) => task.cluster === cluster,
    (task) => task.desiredStatus === desiredStatus,
    (task) => wantedService === undefined || task.serviceArn === wantedService,
    (task) => family === undefined || task.revision.family === family,
    (task) => startedBy === undefined || task.startedBy === startedBy,
    (task) => launchType === undefined || task.settings.launchType === launchType,
  ];
  const found = [...world.ecs.tasks.values()].filter((task) => conditions.every((holds) => holds(task)));
  const { items, nextToken } = listPage(found, input);
  return { taskArns: items.map(({ arn }) => arn), nextToken };
}

function stop(world: World, input: StopTaskRequest) {
  const cluster = activeCluster(world, input.cluster);
  const task = findTask(world, cluster, input.task ?? '');
  if (!task) {
    throw new Refusal('InvalidParameterException', 'The referenced task was not found.');
  }
  stopTask(world, task, { code: 'UserInitiated', reason: input.reason ?? 'Task stopped by user' });
  task.notify();
  return { task: describeTask(world, task, { withTags: true }) };
}

export function taskHandlers(world: World): Record<string, Handler> {
  return {
    DescribeTasks: (input: DescribeTasksRequest) => describeTasks(world, input),
    ListTasks: (input: ListTasksRequest) => listTasks(world, input),
    StopTask: (input: StopTaskRequest) => stop(world, input),
  };
}
