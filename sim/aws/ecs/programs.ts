import type { World } from '../world.ts';
import type { Program, ProgramRun, RunningProgram } from './program.ts';
import type { ContainerRun, Task } from './state.ts';

/** From now on the essential containers of a family's tasks do this, where RunTask starts them; undefined ends it. */
export function setProgram({ ecs }: World, family: string, program: Program | undefined): void {
  if (program) {
    ecs.programs.set(family, program);
  } else {
    ecs.programs.delete(family);
  }
}

export function programOf({ ecs }: World, task: Task, { definition }: ContainerRun): Program | undefined {
  const isOneOff = task.serviceArn === undefined && definition.essential !== false;
  return isOneOff ? ecs.programs.get(task.revision.family) : undefined;
}

/** Kills what still works, when there is no account any more. */
export function endPrograms({ ecs }: World): void {
  for (const { program } of [...ecs.tasks.values()].flatMap(({ containers }) => containers)) {
    program?.kill();
  }
}

/** Starts it; `ended` is told how it ended, unless it was killed before. */
export function startProgram(
  program: Program,
  run: Omit<ProgramRun, 'terminated' | 'killed'>,
  ended: (exitCode: number) => void,
): RunningProgram {
  const terminated = new AbortController();
  const killed = new AbortController();
  const finish = (exitCode: number): void => {
    if (!killed.signal.aborted) {
      ended(exitCode);
    }
  };
  const work = async (): Promise<number> =>
    await program({ ...run, terminated: terminated.signal, killed: killed.signal });
  work().then(finish, (error: unknown) => {
    run.log(error instanceof Error ? error.message : String(error));
    finish(1);
  });
  return {
    terminate: () => terminated.abort(),
    kill() {
      terminated.abort();
      killed.abort();
    },
  };
}
