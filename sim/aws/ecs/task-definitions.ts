import type {
  DeleteTaskDefinitionsRequest,
  DeleteTaskDefinitionsResponse,
  DeregisterTaskDefinitionRequest,
  DescribeTaskDefinitionRequest,
  DescribeTaskDefinitionResponse,
  Failure,
  ListTaskDefinitionFamiliesRequest,
  ListTaskDefinitionsRequest,
  TaskDefinition,
} from '@aws-sdk/client-ecs';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { listPage } from './ecs-paging.ts';
import { arnOf, findTaskDefinition } from './lookup.ts';
import type { TaskDefinitionRevision } from './state.ts';
import { tagList } from './tags.ts';

const maximumDeleted = 10;

function describedOrRefuse(world: World, reference = ''): TaskDefinitionRevision {
  const revision = findTaskDefinition(world, reference);
  if (!revision) {
    throw new Refusal('ClientException', 'Unable to describe task definition.');
  }
  return revision;
}

function describeTaskDefinition(world: World, input: DescribeTaskDefinitionRequest): DescribeTaskDefinitionResponse {
  const { definition, tags } = describedOrRefuse(world, input.taskDefinition);
  return { taskDefinition: definition, ...(input.include?.includes('TAGS') && { tags: tagList(tags) }) };
}

function deregister(world: World, { taskDefinition = '' }: DeregisterTaskDefinitionRequest) {
  if (!taskDefinition.replace(/^arn:[^/]*/, '').includes(':')) {
    throw new Refusal('ClientException', 'Invalid revision number. A full family:revision is needed.');
  }
  const revision = describedOrRefuse(world, taskDefinition);
  if (revision.definition.status === 'ACTIVE') {
    revision.definition = { ...revision.definition, status: 'INACTIVE', deregisteredAt: world.clock.now() };
  }
  return { taskDefinition: revision.definition };
}

function isInUse(world: World, { arn }: TaskDefinitionRevision): boolean {
  return (
    [...world.ecs.services.values()].some(({ deployments }) =>
      deployments.some(({ taskDefinitionArn }) => taskDefinitionArn === arn),
    ) || [...world.ecs.tasks.values()].some((task) => task.revision.arn === arn && task.lastStatus !== 'STOPPED')
  );
}

/** A deleted revision is gone once no service and no task uses it; its number is never given again. */
function removeWhenUnused(world: World, revision: TaskDefinitionRevision): void {
  world.clock.after(world.durations.taskDefinitionDeleted, () => {
    if (isInUse(world, revision)) {
      removeWhenUnused(world, revision);
      return;
    }
    const revisions = world.ecs.families.get(revision.family) ?? [];
    revisions[revision.revision - 1] = undefined;
    world.tagIndex.remove(revision.arn);
  });
}

function refusalToDelete(revision: TaskDefinitionRevision | undefined): string | undefined {
  if (!revision) {
    return 'The specified task definition does not exist. Specify a valid account, family, revision and try again.';
  }
  return revision.definition.status === 'ACTIVE'
    ? 'The specified task definition is still in ACTIVE status. Please deregister the target and try again.'
    : undefined;
}

function deleteTaskDefinitions(world: World, input: DeleteTaskDefinitionsRequest): DeleteTaskDefinitionsResponse {
  const references = input.taskDefinitions ?? [];
  if (references.length < 1 || references.length > maximumDeleted) {
    throw new Refusal('InvalidParameterException', `1 to ${maximumDeleted} task definitions can be deleted at a time.`);
  }
  const taskDefinitions: TaskDefinition[] = [];
  const failures: Failure[] = [];
  for (const reference of references) {
    const revision = reference.replace(/^arn:[^/]*/, '').includes(':')
      ? findTaskDefinition(world, reference)
      : undefined;
    const reason = refusalToDelete(revision);
    if (!revision || reason) {
      failures.push({ arn: revision?.arn ?? reference, reason });
      continue;
    }
    if (revision.definition.status !== 'DELETE_IN_PROGRESS') {
      revision.definition = {
        ...revision.definition,
        status: 'DELETE_IN_PROGRESS',
        deleteRequestedAt: world.clock.now(),
      };
      removeWhenUnused(world, revision);
    }
    taskDefinitions.push(revision.definition);
  }
  return { taskDefinitions, failures };
}

function listTaskDefinitions(world: World, input: ListTaskDefinitionsRequest) {
  const { familyPrefix, status = 'ACTIVE', sort = 'ASC' } = input;
  const families = [...world.ecs.families.keys()].toSorted();
  // A prefix here is the full name of a family.
  const wanted = families.filter((family) => familyPrefix === undefined || family === familyPrefix);
  const arns = wanted.flatMap((family) =>
    (world.ecs.families.get(family) ?? [])
      .filter((revision) => revision?.definition.status === status)
      .map((revision) => revision?.arn ?? arnOf(world, `task-definition/${family}`)),
  );
  const { items, nextToken } = listPage(sort === 'DESC' ? arns.toReversed() : arns, input);
  return { taskDefinitionArns: [...items], nextToken };
}

function listFamilies(world: World, input: ListTaskDefinitionFamiliesRequest) {
  const { familyPrefix = '', status = 'ACTIVE' } = input;
  const families = [...world.ecs.families.entries()]
    .filter(([family]) => family.startsWith(familyPrefix))
    .filter(([, revisions]) => {
      const active = revisions.some((revision) => revision?.definition.status === 'ACTIVE');
      return status === 'ALL' || active === (status === 'ACTIVE');
    })
    .map(([family]) => family)
    .toSorted();
  const { items, nextToken } = listPage(families, input);
  return { families: [...items], nextToken };
}

export function taskDefinitionHandlers(world: World): Record<string, Handler> {
  return {
    DescribeTaskDefinition: (input: DescribeTaskDefinitionRequest) => describeTaskDefinition(world, input),
    DeregisterTaskDefinition: (input: DeregisterTaskDefinitionRequest) => deregister(world, input),
    DeleteTaskDefinitions: (input: DeleteTaskDefinitionsRequest) => deleteTaskDefinitions(world, input),
    ListTaskDefinitions: (input: ListTaskDefinitionsRequest) => listTaskDefinitions(world, input),
    ListTaskDefinitionFamilies: (input: ListTaskDefinitionFamiliesRequest) => listFamilies(world, input),
  };
}
