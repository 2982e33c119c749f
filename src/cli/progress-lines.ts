/** How far a run is. Rows of an interrupted run that it goes on with count as done. */
export interface Progress {
  /** `masking`, `looking for what leaked`. */
  readonly step: string;
  readonly table: string | undefined;
  readonly rows: number;
  /** The server's guess. */
  readonly aboutRows: number;
  /** Of all tables. */
  readonly allRows: number;
  readonly allAboutRows: number;
}

const SECONDS_BETWEEN = 5;

/** Plain lines: one when a step comes to a table, and otherwise one every five seconds, however often it is told. */
export function createProgressLines({
  write,
  now,
}: {
  write: (line: string) => void;
  now: () => Date;
}): (progress: Progress) => void {
  const begun = new Set<string>();
  let first: { readonly seconds: number; readonly rows: number } | undefined;
  let saidAt = Number.NEGATIVE_INFINITY;
  return (progress) => {
    const seconds = now().getTime() / 1000;
    first ??= { seconds, rows: progress.allRows };
    const what = [progress.step, progress.table].filter((part) => part !== undefined).join(' ');
    if (begun.has(what) && seconds - saidAt < SECONDS_BETWEEN) {
      return;
    }
    begun.add(what);
    saidAt = seconds;
    write(lineOf(what, { progress, rate: rateSince(first, { seconds, rows: progress.allRows }) }));
  };
}

interface Moment {
  readonly seconds: number;
  readonly rows: number;
}

/** Rows a second; undefined when it is too early to say. */
function rateSince(first: Moment, last: Moment): number | undefined {
  const rate = (last.rows - first.rows) / (last.seconds - first.seconds);
  return Number.isFinite(rate) && rate > 0 ? rate : undefined;
}

function lineOf(what: string, { progress, rate }: { progress: Progress; rate: number | undefined }): string {
  const { rows, aboutRows, allRows, allAboutRows } = progress;
  const left = Math.max(0, allAboutRows - allRows);
  const pace = rate === undefined ? [] : [`${counted(rate)} rows/s`, `about ${inWords(left / rate)} left`];
  return [`${what}: ${counted(rows)} of about ${counted(Math.max(rows, aboutRows))} rows`, ...pace].join(', ');
}

function counted(rows: number): string {
  return Math.round(rows)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}

function inWords(seconds: number): string {
  if (seconds < 90) {
    return `${Math.ceil(seconds)} s`;
  }
  return seconds < 90 * 60 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
