import { createLogGroup } from '../logs/log-groups.ts';
import { writeLog } from '../logs/writing.ts';
import type { World } from '../world.ts';
import type { ContainerRun, Task } from './state.ts';

function optionsOf({ definition }: ContainerRun): Readonly<Record<string, string>> | undefined {
  const { logDriver, options } = definition.logConfiguration ?? {};
  return logDriver === 'awslogs' ? options : undefined;
}

/** Writes a line where the container's awslogs driver writes; lost when its group is gone or it has another driver. */
export function logLine(
  world: World,
  { task, container }: { task: Task; container: ContainerRun },
  line: string,
): void {
  const options = optionsOf(container);
  if (options) {
    const prefix = options['awslogs-stream-prefix'];
    const stream = [prefix, container.definition.name, task.id].filter(Boolean).join('/');
    writeLog(world, { group: options['awslogs-group'] ?? '', stream, line });
  }
}

/** Why the log driver cannot start; undefined when it can. It makes a missing group only when told to. */
export function logDriverProblem(world: World, container: ContainerRun): string | undefined {
  const options = optionsOf(container);
  const logGroupName = options?.['awslogs-group'] ?? '';
  if (!options || world.logs.groups.has(logGroupName)) {
    return undefined;
  }
  if (options['awslogs-create-group'] === 'true') {
    createLogGroup(world, { logGroupName });
    return undefined;
  }
  return 'failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1';
}
