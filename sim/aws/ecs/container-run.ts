import { isDatabaseReachable } from '../rds/reachability.ts';
import type { World } from '../world.ts';
import { behaviourOf } from './behaviour.ts';
import { databaseEndpoint } from './container-environment.ts';
import type { ContainerRun, Task } from './state.ts';

/** How a container ends by itself. */
export interface Exit {
  readonly exitCode: number;
  readonly lines: readonly string[];
}

interface PlannedExit extends Exit {
  /** Counted from RUNNING. */
  readonly afterSeconds: number;
}

/** The endpoint a container is given and cannot reach; undefined when it has none or reaches it. */
export function unreachableDatabase(world: World, { environment }: ContainerRun): string | undefined {
  const endpoint = databaseEndpoint(environment);
  return endpoint !== undefined && !isDatabaseReachable(world, endpoint) ? endpoint : undefined;
}

export function startedLines(world: World, container: ContainerRun): readonly string[] {
  const { definition, command } = container;
  return [`starting ${definition.image} ${command.join(' ')}`.trim(), ...behaviourOf(world, container).startLines];
}

/** A container that ends before its task is RUNNING. */
export function containerFailureAtStart(world: World, container: ContainerRun): Exit | undefined {
  const { crash, withoutDatabase } = behaviourOf(world, container);
  if (crash?.afterSeconds === 0) {
    return crash;
  }
  const endpoint = withoutDatabase === 'crashes' ? unreachableDatabase(world, container) : undefined;
  return endpoint === undefined
    ? undefined
    : { exitCode: 1, lines: [`SQLSTATE[HY000] [2002] Connection refused: cannot reach ${endpoint}`] };
}

/**
 * What becomes of a container from RUNNING on. A container of a service listens and goes on; one of a task from
 * RunTask does not listen and exits when its work is done, if it is essential.
 */
export function plannedExit(
  world: World,
  task: Task,
  container: ContainerRun,
): { listensAfterSeconds: number | undefined; exit: PlannedExit | undefined } {
  const behaviour = behaviourOf(world, container);
  const isService = task.serviceArn !== undefined;
  const crash = behaviour.crash && behaviour.crash.afterSeconds > 0 ? behaviour.crash : undefined;
  const work: PlannedExit | undefined =
    isService || container.definition.essential === false
      ? undefined
      : {
          afterSeconds: behaviour.oneOffSeconds,
          exitCode: behaviour.oneOffExitCode,
          lines: [...behaviour.oneOffLines, `finished with exit code ${behaviour.oneOffExitCode}`],
        };
  return { listensAfterSeconds: isService ? behaviour.startDelaySeconds : undefined, exit: crash ?? work };
}
