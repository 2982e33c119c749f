import { describe, expect, it } from '@jest/globals';
import { createSteppedClock } from '../../../sim/clock.ts';
import { createSourceRounds } from '../../../src/reconcile/source/source-rounds.ts';
import { createMemorySources } from '../../support/memory-sources.ts';

/** Processes of one cluster, whose looks answer what `next` gives, one after the other. */
function setUp(next: (number | null | Error)[]) {
  const clock = createSteppedClock();
  const store = createMemorySources();
  const looks: { process: string; at: number }[] = [];
  const troubles: unknown[] = [];
  const start = clock.now().getTime();

  function startProcess(process: string) {
    return createSourceRounds({
      store,
      clock,
      async look() {
        looks.push({ process, at: (clock.now().getTime() - start) / 1000 });
        const answer = next.shift() ?? null;
        if (answer instanceof Error) {
          throw answer;
        }
        return await Promise.resolve({ requeueAfterSeconds: answer, troubles: [] });
      },
      async pause(seconds) {
        clock.advance(seconds);
        await Promise.resolve();
      },
      tell: (trouble) => troubles.push(trouble),
    });
  }
  return { clock, looks, troubles, startProcess };
}

describe('rounds of the sources', () => {
  it('are made by one process of all, seconds apart while something is on its way', async () => {
    const { looks, startProcess } = setUp([10, 10, null]);
    const [a, b] = [startProcess('a'), startProcess('b')];
    await Promise.all([a.callRound(), b.callRound(), a.callRound()]);
    await Promise.all([a.stop(), b.stop()]);
    expect(looks[0]).toEqual({ process: 'a', at: 0 });
    expect(looks.every(({ process }) => process === 'a')).toBe(true);
  });

  it('go on after a look that failed, and say what it was', async () => {
    const { looks, troubles, startProcess } = setUp([new Error('the database is away'), 10, null]);
    const rounds = startProcess('a');
    await rounds.callRound();
    for (let turns = 0; turns < 20; turns += 1) {
      await Promise.resolve();
    }
    await rounds.stop();
    expect(troubles).toEqual([expect.objectContaining({ message: 'the database is away' })]);
    expect(looks.map(({ at }) => at)).toEqual([0, 30, 40]);
  });

  it('are not begun by a process that stops', async () => {
    const { looks, startProcess } = setUp([]);
    const rounds = startProcess('a');
    await rounds.stop();
    await rounds.callRound();
    expect(looks).toEqual([]);
  });
});
