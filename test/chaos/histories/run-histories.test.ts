import { describe, expect, it } from '@jest/globals';
import type { Player } from '../../../sim/chaos/histories/player.ts';
import { runHistories } from '../../../sim/chaos/histories/run-histories.ts';
import type { History, Step } from '../../../sim/chaos/histories/step.ts';
import { violation } from '../../../sim/chaos/truth/violation.ts';

const untrue = violation(6, 'pr-7', 'the service web stands');
const isCulprit = ({ do: what }: Step) => what === 'close' || what === 'AWS';
/** Fails where both a close and a trouble of AWS are played. */
const fails = ({ steps }: History) => new Set(steps.filter(isCulprit).map(({ do: what }) => what)).size === 2;

function playerThat(finds: (history: History) => boolean): {
  newPlayer: () => Player;
  played: History[];
  stopped(): number;
} {
  const played: History[] = [];
  let stopped = 0;
  const newPlayer = (): Player => ({
    async play(history) {
      played.push(history);
      return await Promise.resolve(finds(history) ? [untrue] : []);
    },
    async stop() {
      stopped += 1;
      await Promise.resolve();
    },
  });
  return { newPlayer, played, stopped: () => stopped };
}

describe('running histories', () => {
  it('plays as many as it was told to, each once, and counts their steps', async () => {
    const { newPlayer, played, stopped } = playerThat(() => false);
    const result = await runHistories({ runs: 7, seed: 3, players: 2, newPlayer });
    expect(result).toMatchObject({ seed: 3, runs: 7, violations: 0, failures: [] });
    expect(new Set(played.map(({ seed }) => seed)).size).toBe(7);
    expect(Object.values(result.steps).reduce((sum, count) => sum + count, 0)).toBe(
      played.reduce((sum, { steps }) => sum + steps.length, 0),
    );
    expect(stopped()).toBe(2);
  });

  it('goes on from a number with the histories that the same seed gives there', async () => {
    const whole = playerThat(() => false);
    await runHistories({ runs: 4, seed: 3, players: 1, newPlayer: whole.newPlayer });
    const rest = playerThat(() => false);
    await runHistories({ runs: 1, seed: 3, from: 3, players: 1, newPlayer: rest.newPlayer });
    expect(rest.played).toEqual(whole.played.slice(3));
  });

  it('shrinks a history that fails to the steps it needs, and says how to play it', async () => {
    const { newPlayer } = playerThat(fails);
    const lines: string[] = [];
    const result = await runHistories({ runs: 60, seed: 1, players: 1, newPlayer, log: (line) => lines.push(line) });
    const [failure] = result.failures;
    expect(failure?.history.steps.map(({ do: what }) => what).toSorted()).toEqual(['AWS', 'close']);
    expect(failure?.failsAgain).toBe(true);
    expect(result.violations).toBe(result.failures.length);
    expect(lines.join('\n')).toContain('[6] no orphan: pr-7: the service web stands');
    expect(lines.join('\n')).toContain(`npm run chaos -- --history '${JSON.stringify(failure?.history)}'`);
  });

  it('reports a failure that does not come again whole, and as such', async () => {
    let left = 1;
    const { newPlayer, played } = playerThat(() => left-- > 0);
    const { failures } = await runHistories({ runs: 1, seed: 1, newPlayer });
    expect(failures).toEqual([
      expect.objectContaining({ failsAgain: false, history: played[0], violations: [untrue] }),
    ]);
  });

  it('plays the histories that it is given in place of its own', async () => {
    const given: History = { seed: 9, steps: [{ do: 'restart' }] };
    const { newPlayer, played } = playerThat(() => false);
    await runHistories({ runs: 5, seed: 1, histories: [given], newPlayer });
    expect(played).toEqual([given]);
  });

  it('takes no more once it is told to end', async () => {
    const ending = new AbortController();
    const { newPlayer, played, stopped } = playerThat(() => {
      ending.abort();
      return false;
    });
    const { runs } = await runHistories({ runs: 9, seed: 1, players: 1, newPlayer, signal: ending.signal });
    expect([runs, played.length, stopped()]).toEqual([0, 1, 1]);
  });
});
