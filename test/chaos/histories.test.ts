import { afterAll, describe, expect, it } from '@jest/globals';
import { drawHistory } from '../../sim/chaos/histories/draw.ts';
import { type Player, startPlayer } from '../../sim/chaos/histories/player.ts';
import { seedOf } from '../../sim/chaos/histories/random.ts';
import { tellSteps } from '../../sim/chaos/histories/step.ts';
import { violationLine } from '../../sim/chaos/truth/violation.ts';
import { reportMissing } from '../support/database.ts';
import { CLOUD_MS } from '../support/local-cloud.ts';

/** A slice of what `npm run chaos` plays: always the same, so that a red build is red for what was changed. */
const SEED = 1;
const HISTORIES = 3;

const player = await startPlayer().catch((error: unknown) => ({ error }));

if ('error' in player) {
  reportMissing(player.error);
} else {
  playTheSlice(player);
}

function playTheSlice(playing: Player): void {
  describe('whatever happens, all of it is true in the end', () => {
    afterAll(async () => await playing.stop(), CLOUD_MS);

    it.each(Array.from({ length: HISTORIES }, (_, index) => index))(
      `history %i of seed ${SEED}`,
      async (index) => {
        const history = drawHistory(seedOf(SEED, index));
        const untrue = await playing.play(history);
        expect([...untrue.map(violationLine), ...(untrue.length > 0 ? tellSteps(history.steps) : [])]).toEqual([]);
      },
      CLOUD_MS,
    );
  });
}
