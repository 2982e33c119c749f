import { constants } from 'node:os';

export interface Interruption {
  /** Aborted once somebody asks for the end of the program, by Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  /** What the program then ends with, as if the signal had ended it; undefined before. */
  status(): number | undefined;
}

/** What a shell adds to a signal's number. */
const ENDED_BY_SIGNAL = 128;

/** Both stay caught: npm passes a Ctrl-C on that the terminal has sent, and the second must not end what is tidying up. */
export function interruption(source: Pick<NodeJS.Process, 'on'>): Interruption {
  const controller = new AbortController();
  let status: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    source.on(signal, () => {
      status ??= ENDED_BY_SIGNAL + constants.signals[signal];
      controller.abort();
    });
  }
  return { signal: controller.signal, status: () => status };
}
