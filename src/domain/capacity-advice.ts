/** How a clone was used in one hour. */
export interface HourOfUse {
  readonly since: Date;
  readonly until: Date;
  /** Thousandths of Aurora capacity units: the mean and the most. */
  readonly acuMilli: number;
  readonly acuPeakMilli: number;
  /** The most at once; null where it was not measured. */
  readonly connections: number | null;
}

export interface Capacity {
  readonly min: number;
  readonly max: number;
}

/** What would have been enough, by the use of so many hours. */
export interface CapacityAdvice extends Capacity {
  readonly hours: number;
}

/** Settings move in these steps (ServerlessV2ScalingConfiguration, RDS API reference). */
const STEP = 0.5;
const LEAST_MAX = 1;
const MOST = 256;
const DAY_HOURS = 24;
/** An hour in twenty may want more than what is advised, and waits a little longer. */
const PERCENTILE = 0.95;
const HEADROOM = 1.2;
/** Whoever came this near to the maximum may have wanted more. */
const AT_THE_LIMIT = 0.95;
/** As long as this without a connection is no lunch break. */
const IDLE_HOURS = 3;

/**
 * The settings that would have been enough, from a day of use or more; undefined where less is known, or where they are what
 * they are now. Where the use came up against the maximum, nobody knows what would have been enough, and more is advised.
 */
export function capacityAdvice(
  uses: readonly HourOfUse[],
  now: Capacity,
  { mayPause }: { readonly mayPause: boolean },
): CapacityAdvice | undefined {
  if (uses.length < DAY_HOURS) {
    return undefined;
  }
  const max = enoughMax(uses, now.max);
  const min = Math.min(max, enoughMin(uses, mayPause));
  return min === now.min && max === now.max ? undefined : { min, max, hours: uses.length };
}

/** Why other settings are advised than those of now, as a sentence without its end. */
export function adviceReason(now: Capacity, { min, max, hours }: CapacityAdvice): string {
  return `${reasonOf(now, { min, max })} in the ${hours} hours that were measured`;
}

function reasonOf(now: Capacity, { min, max }: Capacity): string {
  if (max > now.max) {
    return 'It came up against its most';
  }
  return max < now.max || min < now.min ? 'Less would have been enough' : 'It was hardly ever down at its least';
}

function enoughMax(uses: readonly HourOfUse[], max: number): number {
  const peak = percentile(
    uses.map(({ acuPeakMilli }) => acuPeakMilli / 1000),
    PERCENTILE,
  );
  const wanted = peak >= max * AT_THE_LIMIT ? Math.max(max + STEP, max * HEADROOM) : peak * HEADROOM;
  return Math.min(MOST, Math.max(LEAST_MAX, Math.ceil(wanted / STEP) * STEP));
}

/** Pausing pays where hours pass without a connection; else the least is what it is at its quietest. */
function enoughMin(uses: readonly HourOfUse[], mayPause: boolean): number {
  const pauses = mayPause && uses.some(({ connections }) => connections === 0);
  const quiet = percentile(
    uses.map(({ acuMilli }) => acuMilli / 1000),
    1 - PERCENTILE,
  );
  return pauses ? 0 : Math.max(STEP, Math.floor(quiet / STEP) * STEP);
}

/** The value that this share of all does not exceed. */
function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/** Whole hours at the end in which nobody was connected: since when, or null where they are few or somebody was. */
export function idleSince(uses: readonly HourOfUse[]): Date | null {
  const lastUsed = uses.findLastIndex(({ connections }) => connections !== 0);
  const idle = uses.slice(lastUsed + 1);
  return idle.length >= IDLE_HOURS ? (idle[0]?.since ?? null) : null;
}

/**
 * Whole hours at the end in which it never needed more than the least that an awake clone runs with, paused ones included:
 * since when, or null where they are few. A pool of connections that does nothing looks so, and so does a query now and
 * then; a minimum that is higher hides which it is, and then nothing is known.
 */
export function nearlyIdleSince(uses: readonly HourOfUse[]): Date | null {
  const lastBusy = uses.findLastIndex(({ acuPeakMilli }) => acuPeakMilli > STEP * 1000);
  const quiet = uses.slice(lastBusy + 1);
  return quiet.length >= IDLE_HOURS ? (quiet[0]?.since ?? null) : null;
}

/** Whether a minimum of 0 is taken: Aurora MySQL from 3.08.0 on (Amazon Aurora user guide, automatic pause). */
export function mayPause(engineVersion: string): boolean {
  const [, major, minor] = /mysql_aurora\.(\d+)\.(\d+)/.exec(engineVersion) ?? [];
  const [generation, release] = [Number(major ?? 0), Number(minor ?? 0)];
  return generation > 3 || (generation === 3 && release >= 8);
}

/** What an automatic maximum is bound by, and how long it stays. */
export interface AutomaticMax {
  readonly max: number;
  readonly changedAt: Date;
}

const STAYS_MS = 6 * 3_600_000;

/**
 * The automatic maximum: what is advised, and never less than the most that was used in the last day. It goes up as soon as it
 * was not enough, and down only after it has stayed for some hours and by more than one step, so that it does not swing.
 */
export function automaticMax(
  uses: readonly HourOfUse[],
  before: AutomaticMax,
  { now, least, most }: { readonly now: Date; readonly least: number; readonly most: number },
): AutomaticMax {
  if (uses.length < DAY_HOURS || now.getTime() - before.changedAt.getTime() < STAYS_MS) {
    return before;
  }
  const recent = uses.slice(-DAY_HOURS).map(({ acuPeakMilli }) => acuPeakMilli / 1000);
  const used = Math.ceil(Math.max(...recent) / STEP) * STEP;
  const wanted = Math.max(used, enoughMax(uses.slice(-DAY_HOURS), before.max));
  const max = Math.min(most, Math.max(least, LEAST_MAX, wanted));
  return max > before.max || before.max - max > STEP ? { max, changedAt: now } : before;
}
