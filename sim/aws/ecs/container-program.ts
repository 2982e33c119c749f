import type { World } from '../world.ts';
import { logLine } from './container-log.ts';
import type { Program, RunningProgram } from './program.ts';
import { startProgram } from './programs.ts';
import type { ContainerRun, Task } from './state.ts';

/** Runs a program as the container of a task. */
export function runInContainer(
  world: World,
  { task, container, program }: { task: Task; container: ContainerRun; program: Program },
  ended: (exitCode: number) => void,
): RunningProgram {
  return startProgram(
    program,
    {
      taskArn: task.arn,
      family: task.revision.family,
      container: container.definition.name ?? '',
      command: container.command,
      environment: {
        AWS_REGION: world.region,
        AWS_DEFAULT_REGION: world.region,
        AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE',
        ...Object.fromEntries(container.environment),
      },
      log: (line) => logLine(world, { task, container }, line),
    },
    ended,
  );
}
