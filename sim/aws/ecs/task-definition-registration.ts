import type {
  ContainerDefinition,
  RegisterTaskDefinitionRequest,
  RegisterTaskDefinitionResponse,
  TaskDefinition,
} from '@aws-sdk/client-ecs';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { cpuUnits, memoryMiB } from './fargate-sizes.ts';
import { arnOf } from './lookup.ts';
import type { TaskDefinitionRevision } from './state.ts';
import { readTags, tagList } from './tags.ts';
import { checkTaskDefinition } from './task-definition-rules.ts';

/** ECS fills in what was left out, so what is described is not what was sent. */
function completed(container: ContainerDefinition): ContainerDefinition {
  return {
    ...container,
    cpu: container.cpu ?? 0,
    essential: container.essential ?? true,
    environment: container.environment ?? [],
    mountPoints: container.mountPoints ?? [],
    volumesFrom: container.volumesFrom ?? [],
    systemControls: container.systemControls ?? [],
    portMappings: (container.portMappings ?? []).map((mapping) => ({
      ...mapping,
      hostPort: mapping.hostPort ?? mapping.containerPort,
      protocol: mapping.protocol ?? 'tcp',
    })),
  };
}

function describe(world: World, input: RegisterTaskDefinitionRequest): TaskDefinition {
  const { tags: _tags, ...given } = input;
  return {
    ...given,
    containerDefinitions: (input.containerDefinitions ?? []).map(completed),
    ...(input.cpu !== undefined && { cpu: String(cpuUnits(input.cpu)) }),
    ...(input.memory !== undefined && { memory: String(memoryMiB(input.memory)) }),
    status: 'ACTIVE',
    volumes: input.volumes ?? [],
    placementConstraints: input.placementConstraints ?? [],
    compatibilities: input.networkMode === 'awsvpc' ? ['EC2', 'FARGATE'] : ['EC2'],
    registeredAt: world.clock.now(),
    registeredBy: `arn:aws:iam::${world.accountId}:root`,
  };
}

/** Always a new revision, also for a definition that is already there: registration is not idempotent. */
function registerTaskDefinition(world: World, input: RegisterTaskDefinitionRequest): RegisterTaskDefinitionResponse {
  checkTaskDefinition(input);
  const tags = readTags(input.tags);
  const family = input.family ?? '';
  const revisions = world.ecs.families.get(family) ?? [];
  const revision = revisions.length + 1;
  const arn = arnOf(world, `task-definition/${family}:${revision}`);
  const registered: TaskDefinitionRevision = {
    arn,
    family,
    revision,
    definition: { ...describe(world, input), taskDefinitionArn: arn, revision },
    tags,
  };
  revisions.push(registered);
  world.ecs.families.set(family, revisions);
  world.tagIndex.put(arn, tags);
  return { taskDefinition: registered.definition, tags: tagList(tags) };
}

export function registrationHandlers(world: World): Record<string, Handler> {
  return {
    RegisterTaskDefinition: (input: RegisterTaskDefinitionRequest) => registerTaskDefinition(world, input),
  };
}
