import type { Role } from '../histories/cast.ts';
import { pullsHeardLate } from '../histories/heard.ts';
import type { Play } from '../histories/performance.ts';
import { playOnPull } from '../histories/play.ts';

/**
 * Simulated: two rounds of Mayfly's, in which it asks GitHub for what was lost. Whatever comes later is still not counted
 * as heard.
 */
const ROUNDS_SECONDS = 1300;

/**
 * The pull requests of which a webhook came when nobody took it. Until somebody speaks again, nobody outside can tell what
 * was understood of them.
 */
export function heardLate({ stage, cast }: Play): readonly Role[] {
  const late = pullsHeardLate(stage.cloud.github.deliveries);
  return [...cast.values()].filter(({ number }) => late.has(number));
}

/**
 * Whoever was heard late asks once more, when all that was lost had its time to arrive; then it is known what is owed to
 * them, those excepted of whom something has not arrived even now.
 */
export async function haveLastWords(play: Play, late: readonly Role[]): Promise<void> {
  await play.stage.cloud.clock.sleep(ROUNDS_SECONDS);
  for (const [pull, role] of play.cast) {
    if (late.includes(role)) {
      await playOnPull(play, { do: 'say', pull, who: 'developer', body: '/ephemeral create' });
      role.unsure = false;
    }
  }
}
