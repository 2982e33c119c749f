import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import type { Program, ProgramRun } from '../aws/ecs/program.ts';

export interface ChildProgram {
  /** The file to run, by its path; Node itself unless given. */
  readonly file?: string;
  args(run: ProgramRun): readonly string[];
  /** All the variables the process has; those of the container unless given. */
  environment?(run: ProgramRun): Readonly<Record<string, string>>;
  readonly directory?: string;
}

/** A container whose work a process of this machine does: its output is the container's, and its end too. */
export function childProgram({ file = process.execPath, args, environment, directory }: ChildProgram): Program {
  return async (run) => {
    const child = spawn(file, args(run), {
      cwd: directory,
      env: environment?.(run) ?? run.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const output of [child.stdout, child.stderr]) {
      createInterface({ input: output }).on('line', (line) => run.log(line));
    }
    run.terminated.addEventListener('abort', () => child.kill('SIGTERM'));
    run.killed.addEventListener('abort', () => child.kill('SIGKILL'));
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  };
}
