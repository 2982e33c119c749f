import { isPullable } from '../ecr/lookup.ts';
import type { World } from '../world.ts';
import { resolveSecret } from './container-environment.ts';
import { logDriverProblem } from './container-log.ts';
import type { ContainerRun, Task } from './state.ts';

/** What keeps a task from starting. */
interface PreparationFailure {
  readonly stoppedReason: string;
  /** The container whose own reason it is as well. */
  readonly container: ContainerRun | undefined;
}

function secretProblem(world: World, container: ContainerRun): string | undefined {
  for (const { name = '', valueFrom = '' } of container.definition.secrets ?? []) {
    const resolved = resolveSecret(world, valueFrom);
    if ('problem' in resolved) {
      return resolved.problem;
    }
    container.environment.set(name, resolved.value);
  }
  return undefined;
}

/**
 * Does what ECS does before it starts the containers: fetches secrets into their environment, starts the log drivers,
 * pulls the images. Returns the first thing that goes wrong.
 */
export function prepareTask(world: World, task: Task): PreparationFailure | undefined {
  for (const container of task.containers) {
    const problem = secretProblem(world, container) ?? logDriverProblem(world, container);
    if (problem) {
      return { stoppedReason: `ResourceInitializationError: ${problem}`, container: undefined };
    }
  }
  for (const container of task.containers) {
    const image = container.definition.image ?? '';
    if (!isPullable(world, image)) {
      return {
        stoppedReason: `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: ${image}: not found`,
        container,
      };
    }
  }
  return undefined;
}
