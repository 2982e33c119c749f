/** What a program is told when its container starts. */
export interface ProgramRun {
  readonly taskArn: string;
  readonly family: string;
  readonly container: string;
  readonly command: readonly string[];
  /** The definition's variables with the task's overrides, the values of its secrets, and what Fargate adds. */
  readonly environment: Readonly<Record<string, string>>;
  /** One line of output, to wherever the container's log driver writes. */
  log(line: string): void;
  /** SIGTERM: StopTask, or an essential container beside it that ended. */
  readonly terminated: AbortSignal;
  /** SIGKILL: whatever it does from now on is nobody's concern. */
  readonly killed: AbortSignal;
}

/** Does the work of a container and resolves with its exit code. Rejecting is exit code 1, with the reason as output. */
export type Program = (run: ProgramRun) => Promise<number>;

/** A program under way. */
export interface RunningProgram {
  terminate(): void;
  kill(): void;
}
