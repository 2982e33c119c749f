import { type SourceVersion, sourceState } from './source.ts';

const DAY_MILLISECONDS = 86_400_000;

/** How long what is out of service stays. */
export interface SourceKeeping {
  /** Of one that was in service, for a rollback. */
  readonly keepDays: number;
  /** Of one that failed, for somebody to look at. */
  readonly failedSeconds: number;
}

/**
 * Whether a source's cluster may go: one that failed, after a time; one that was in service, when it is older than that and
 * `clones`, environments whose database is a clone of it, are none. Its clones would go on working without it (cloning,
 * Aurora User Guide), but one that somebody deletes could not be made again of the same data.
 */
export function mayRetire(
  version: SourceVersion,
  { now, keeping, clones }: { now: Date; keeping: SourceKeeping; clones: readonly string[] },
): boolean {
  const state = sourceState(version);
  if (state === 'failed') {
    return isPast(version.failure?.at, keeping.failedSeconds * 1000, now);
  }
  return (
    state === 'previous' && clones.length === 0 && isPast(version.replacedAt, keeping.keepDays * DAY_MILLISECONDS, now)
  );
}

function isPast(since: Date | null | undefined, milliseconds: number, now: Date): boolean {
  return since ? now.getTime() - since.getTime() >= milliseconds : false;
}

/** The one that was in service before, as a rollback finds it. */
export function previousOf(versions: readonly SourceVersion[]): SourceVersion | undefined {
  return versions
    .filter((version) => sourceState(version) === 'previous')
    .toSorted((a, b) => (b.replacedAt?.getTime() ?? 0) - (a.replacedAt?.getTime() ?? 0))[0];
}
