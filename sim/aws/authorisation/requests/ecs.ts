import type {
  CreateServiceRequest,
  RegisterTaskDefinitionRequest,
  RunTaskRequest,
  TagResourceRequest,
} from '@aws-sdk/client-ecs';
import { findTaskDefinition } from '../../ecs/lookup.ts';
import type { World } from '../../world.ts';
import { arnIn, type Need, type NeedsOf, type NeedsTable, taggedOnCreation, tagsIn } from '../need.ts';

const ecs = (world: World, resource: string): string => arnIn(world, 'ecs', resource);

const nameOf = (cluster = 'default'): string => cluster.split('/').at(-1) ?? cluster;

const clusterKey = (world: World, cluster: string | undefined) => ({
  'ecs:cluster': ecs(world, `cluster/${nameOf(cluster)}`),
});

/** By name or ARN, as the API takes them. */
const inCluster = (
  world: World,
  kind: 'service' | 'task',
  { cluster, of }: { cluster?: string | undefined; of: string },
): string => (of.startsWith('arn:') ? of : ecs(world, `${kind}/${nameOf(cluster)}/${of}`));

/**
 * Whoever hands a role to a task passes it, when it is registered and again when a task is run with it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/CWE_IAM_role.html
 */
function passed(roles: readonly (string | undefined)[]): Need[] {
  const resources = [...new Set(roles.filter((role) => role !== undefined))];
  const keys = { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' };
  return resources.length === 0 ? [] : [{ action: 'iam:PassRole', resources, keys }];
}

/**
 * Tags that come with a creation need a permission of their own.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html
 */
function tagged(created: string, { resources, requestTags }: Pick<Need, 'resources' | 'requestTags'>): Need[] {
  return taggedOnCreation({ action: 'ecs:TagResource', resources, requestTags, keys: { 'ecs:CreateAction': created } });
}

function register(world: World, input: RegisterTaskDefinitionRequest): Need[] {
  // Its number is not known yet.
  const resources = [ecs(world, `task-definition/${input.family}:*`)];
  const requestTags = tagsIn(input.tags);
  return [
    { action: 'ecs:RegisterTaskDefinition', resources, requestTags },
    ...tagged('RegisterTaskDefinition', { resources, requestTags }),
    ...passed([input.executionRoleArn, input.taskRoleArn]),
  ];
}

function createService(world: World, input: CreateServiceRequest): Need[] {
  const resources = [inCluster(world, 'service', { cluster: input.cluster, of: input.serviceName ?? '' })];
  const requestTags = tagsIn(input.tags);
  const keys = clusterKey(world, input.cluster);
  return [
    { action: 'ecs:CreateService', resources, requestTags, keys },
    ...tagged('CreateService', { resources, requestTags }),
  ];
}

function runTask(world: World, input: RunTaskRequest): Need[] {
  const revision = findTaskDefinition(world, input.taskDefinition ?? '');
  const { executionRoleArn, taskRoleArn } = { ...revision?.definition, ...input.overrides };
  const requestTags = tagsIn(input.tags);
  return [
    {
      action: 'ecs:RunTask',
      resources: [revision?.arn ?? ecs(world, `task-definition/${input.taskDefinition}`)],
      requestTags,
      keys: clusterKey(world, input.cluster),
    },
    ...tagged('RunTask', { resources: [ecs(world, `task/${nameOf(input.cluster)}/*`)], requestTags }),
    ...passed([executionRoleArn, taskRoleArn]),
  ];
}

const onServices =
  (action: string): NeedsOf =>
  (world, { cluster, service, services = [service] }) => [
    {
      action,
      resources: (services as string[]).map((of) => inCluster(world, 'service', { cluster, of })),
      keys: clusterKey(world, cluster),
    },
  ];

const onTasks =
  (action: string): NeedsOf =>
  (world, { cluster, task, tasks = [task] }) => [
    {
      action,
      resources: (tasks as string[]).map((of) => inCluster(world, 'task', { cluster, of })),
      keys: clusterKey(world, cluster),
    },
  ];

export const ecsNeeds: NeedsTable = {
  RegisterTaskDefinition: register,
  DeleteTaskDefinitions: (_world, { taskDefinitions = [] }) => [
    { action: 'ecs:DeleteTaskDefinitions', resources: taskDefinitions },
  ],
  CreateService: createService,
  UpdateService: onServices('ecs:UpdateService'),
  DeleteService: onServices('ecs:DeleteService'),
  DescribeServices: onServices('ecs:DescribeServices'),
  RunTask: runTask,
  StopTask: onTasks('ecs:StopTask'),
  DescribeTasks: onTasks('ecs:DescribeTasks'),
  ListServices: (world, { cluster }) => [
    { action: 'ecs:ListServices', resources: ['*'], keys: clusterKey(world, cluster) },
  ],
  ListTasks: (world, { cluster }) => [
    {
      action: 'ecs:ListTasks',
      resources: [ecs(world, `container-instance/${nameOf(cluster)}/*`)],
      keys: clusterKey(world, cluster),
    },
  ],
  TagResource: (_world, { resourceArn = '', tags }: TagResourceRequest) => [
    { action: 'ecs:TagResource', resources: [resourceArn], requestTags: tagsIn(tags) },
  ],
};
