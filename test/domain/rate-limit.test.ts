import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type RateWindow, spend } from '../../src/domain/rate-limit.ts';

const NOON = new Date('2026-11-20T12:00:00Z');
const limit = { asks: 3, seconds: 600 };
const after = (seconds: number) => new Date(NOON.getTime() + seconds * 1000);

function spendAll(asked: readonly { at: number; asks?: number }[]) {
  let window: RateWindow | undefined;
  return asked.map(({ at, asks = 1 }) => {
    const verdict = spend(asks, { window, limit, now: after(at) });
    ({ window } = verdict);
    return verdict;
  });
}

describe('a limit of asks', () => {
  it('lets the first ones through, tells the first that is too many, and then says nothing', () => {
    const verdicts = spendAll([0, 1, 2, 3, 4].map((at) => ({ at })));
    expect(verdicts.map(({ allowed }) => allowed)).toEqual([true, true, true, false, false]);
    expect(verdicts.slice(3)).toMatchObject([
      { tell: true, until: after(600) },
      { tell: false, until: after(600) },
    ]);
  });

  it('begins anew at the instant that it named', () => {
    const [, , , , refused, again] = spendAll([0, 0, 0, 0, 599.999, 600].map((at) => ({ at })));
    expect(refused).toMatchObject({ allowed: false });
    expect(again).toEqual({ allowed: true, window: { since: after(600), asks: 1, told: false } });
  });

  it('does not grow longer for whoever goes on asking', () => {
    const verdicts = spendAll([0, 0, 0, 100, 300, 500, 601].map((at) => ({ at })));
    expect(verdicts.at(-1)).toMatchObject({ allowed: true });
  });

  it('takes several asks together or none of them, and lets a smaller one through that still fits', () => {
    const verdicts = spendAll([
      { at: 0, asks: 2 },
      { at: 1, asks: 2 },
      { at: 2, asks: 1 },
    ]);
    expect(verdicts.map(({ allowed }) => allowed)).toEqual([true, false, true]);
  });

  it('forgets a window of a clock that has been set back', () => {
    expect(spend(1, { window: { since: after(86_400), asks: 3, told: true }, limit, now: NOON })).toMatchObject({
      allowed: true,
    });
  });

  it('never lets more through in one window, whatever comes when', () => {
    const gaps = fc.array(fc.record({ gap: fc.nat(400), asks: fc.integer({ min: 1, max: 4 }) }), { maxLength: 40 });
    fc.assert(
      fc.property(gaps, (steps) => {
        let at = 0;
        const asked = steps.map(({ gap, asks }) => ({ at: (at += gap), asks }));
        const byWindow = Map.groupBy(
          spendAll(asked).map((verdict, index) => ({ verdict, asks: asked[index]?.asks ?? 0 })),
          ({ verdict }) => verdict.window.since.getTime(),
        );
        for (const verdicts of byWindow.values()) {
          const through = verdicts.filter(({ verdict }) => verdict.allowed).reduce((sum, { asks }) => sum + asks, 0);
          expect(through).toBeLessThanOrEqual(limit.asks);
          expect(verdicts.filter(({ verdict }) => !verdict.allowed && verdict.tell).length).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
