/** What the program ends with. 75 is `EX_TEMPFAIL` of sysexits.h; 128 and the signal's number is a shell's custom. */
export const EXIT = { done: 0, mend: 1, usage: 2, tryAgain: 75, onInterrupt: 130, onTermination: 143 } as const;

/** What is wrong with how the program was called; each problem a sentence, in which no value is repeated that may be secret. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** Files or data that somebody has to mend before it can go on. */
export class MendError extends Error {
  override readonly name = 'MendError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** The reason of the signal that tells a command to stop: somebody asked, and what to end with. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
  readonly exitCode: number;

  constructor(exitCode: number) {
    super('interrupted');
    this.exitCode = exitCode;
  }
}
