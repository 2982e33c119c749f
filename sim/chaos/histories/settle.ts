import type { Violation } from '../truth/violation.ts';
import { judge } from './judge.ts';
import type { Play } from './performance.ts';

const LOOK_EVERY_SECONDS = 20;
/**
 * All of Mayfly's patience, several times over. Counted in looks and not in seconds: on a machine that is busy with other
 * things a look takes longer, and so does everything that is looked for.
 */
const MOST_LOOKS = 270;
/**
 * What a process had in hand when its line to the database was cut is taken up again after a silence of ten seconds and a
 * round of five, both real ones, however fast the clock (`src/store/jobs.ts`); at three hundred times the pace of real
 * time all of those looks are over in little more. Three such silences, and what follows them.
 */
const LEAST_REAL_MS = 60_000;
/** In a row: what is true by accident is not true for that long. */
const TRUE_LOOKS = 2;

/**
 * Waits until nothing is untrue and stays so, and returns nothing; or, once everything has had its time, what still is.
 * No trouble may be left to come.
 */
export async function settle(
  performance: Play,
  deliveriesBefore: number,
  mostLooks = MOST_LOOKS,
): Promise<readonly Violation[]> {
  const { clock, github } = performance.stage.cloud;
  const begun = Date.now();
  let trueLooks = 0;
  for (let look = 1; ; look += 1) {
    // Whoever goes round in circles tells GitHub something new all the time.
    await Promise.race([github.settled(), clock.sleep(LOOK_EVERY_SECONDS)]);
    const untrue = await judge(performance, { deliveriesBefore });
    trueLooks = untrue.length === 0 ? trueLooks + 1 : 0;
    const isOver = look >= mostLooks && Date.now() - begun >= LEAST_REAL_MS;
    if (trueLooks === TRUE_LOOKS || isOver || hasSeenEnough(performance)) {
      return untrue;
    }
    await clock.sleep(LOOK_EVERY_SECONDS);
  }
}

/** What was untrue at some instant stays so. */
function hasSeenEnough({ stage }: Play): boolean {
  return stage.witness.seen.length + (stage.greens?.seen.length ?? 0) > 0;
}
