import type { Clock } from '../../reconcile/clock.ts';

/** How far a run is. Names of tables and numbers only. */
export interface RunProgress {
  readonly step: string;
  readonly table: string | undefined;
  readonly rows: number;
  /** By the server's guess. */
  readonly ofAbout: number;
  readonly rowsPerSecond: number;
  /** Undefined until there is something to go by. */
  readonly secondsLeft: number | undefined;
}

export interface Progress {
  enter(step: string): void;
  add(table: string, rows: number): void;
  /** Grows with everything that was done, for who wants to know whether anything was. */
  steps(): number;
}

export function createProgress(
  report: (progress: RunProgress) => void,
  { clock, ofAbout, done }: { clock: Clock; ofAbout: number; done: number },
): Progress {
  const start = clock.now().getTime();
  let [step, rows, steps] = ['begin', done, 0];
  const tell = (table?: string) => {
    steps += 1;
    const seconds = (clock.now().getTime() - start) / 1000;
    const rowsPerSecond = seconds > 0 ? Math.round((rows - done) / seconds) : 0;
    const secondsLeft = rowsPerSecond > 0 ? Math.ceil(Math.max(0, ofAbout - rows) / rowsPerSecond) : undefined;
    report({ step, table, rows, ofAbout: Math.max(ofAbout, rows), rowsPerSecond, secondsLeft });
  };
  return {
    enter(name) {
      step = name;
      tell();
    },
    add(table, more) {
      rows += more;
      tell(table);
    },
    steps: () => steps,
  };
}
