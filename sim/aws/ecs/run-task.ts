import type { RunTaskRequest, RunTaskResponse } from '@aws-sdk/client-ecs';
import type { Tags } from '../tag-index.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { checkLaunch, taskSettings } from './launch-rules.ts';
import { activeCluster, fingerprintOf, usableTaskDefinition } from './lookup.ts';
import type { Cluster, Task, TaskDefinitionRevision } from './state.ts';
import { readTags } from './tags.ts';
import { startTask } from './task-creation.ts';
import { describeTask } from './task-description.ts';

const maximumCount = 10;
const startedByPattern = /^[a-zA-Z0-9_/-]{1,128}$/;

function checkRequest(world: World, revision: TaskDefinitionRevision, input: RunTaskRequest): void {
  const { count = 1, startedBy, overrides, propagateTags } = input;
  if (count < 1 || count > maximumCount) {
    throw new Refusal('InvalidParameterException', `count must be between 1 and ${maximumCount}.`);
  }
  if (startedBy !== undefined && !startedByPattern.test(startedBy)) {
    throw new Refusal(
      'InvalidParameterException',
      'startedBy must have at most 128 letters, numbers, hyphens, underscores and slashes.',
    );
  }
  if (propagateTags === 'SERVICE') {
    throw new Refusal('InvalidParameterException', 'Tags of a service cannot be propagated to a task without one.');
  }
  for (const { name } of overrides?.containerOverrides ?? []) {
    if (!revision.definition.containerDefinitions?.some((container) => container.name === name)) {
      throw new Refusal(
        'InvalidParameterException',
        `Override for container named ${name} is not a container in the TaskDefinition.`,
      );
    }
  }
  checkLaunch(world, revision, input);
}

function tagsFor(cluster: Cluster, revision: TaskDefinitionRevision, input: RunTaskRequest): Tags {
  return {
    ...(input.enableECSManagedTags && { 'aws:ecs:clusterName': cluster.name }),
    ...(input.propagateTags === 'TASK_DEFINITION' && revision.tags),
    ...readTags(input.tags),
  };
}

function start(world: World, input: RunTaskRequest): Task[] {
  const cluster = activeCluster(world, input.cluster);
  const revision = usableTaskDefinition(world, input.taskDefinition);
  checkRequest(world, revision, input);
  const tags = tagsFor(cluster, revision, input);
  return Array.from({ length: input.count ?? 1 }, () =>
    startTask(world, {
      cluster,
      revision,
      group: input.group ?? `family:${revision.family}`,
      startedBy: input.startedBy,
      overrides: input.overrides ?? {},
      settings: taskSettings(input),
      tags,
    }),
  );
}

/** The tasks an earlier request with the same token started; a different request with it is refused. */
function startedBefore(world: World, input: RunTaskRequest): Task[] | undefined {
  const token = input.clientToken === undefined ? undefined : world.ecs.runTokens.get(input.clientToken);
  if (!token) {
    return undefined;
  }
  if (token.fingerprint !== fingerprintOf(input)) {
    throw new Refusal('ConflictException', 'The clientToken was used before with different parameters.');
  }
  return token.taskArns.flatMap((arn) => world.ecs.tasks.get(arn) ?? []);
}

function runTask(world: World, input: RunTaskRequest): RunTaskResponse {
  const tasks = startedBefore(world, input) ?? start(world, input);
  if (input.clientToken !== undefined) {
    const taskArns = tasks.map(({ arn }) => arn);
    world.ecs.runTokens.set(input.clientToken, { fingerprint: fingerprintOf(input), taskArns });
  }
  return { tasks: tasks.map((task) => describeTask(world, task, { withTags: true })), failures: [] };
}

export function runTaskHandlers(world: World): Record<string, Handler> {
  return { RunTask: (input: RunTaskRequest) => runTask(world, input) };
}
