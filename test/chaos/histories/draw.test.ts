import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { drawHistory, drawSteps } from '../../../sim/chaos/histories/draw.ts';
import { createRandom, seedOf } from '../../../sim/chaos/histories/random.ts';
import { RESET } from '../../../sim/chaos/histories/resets.ts';
import { type Step, tellSteps } from '../../../sim/chaos/histories/step.ts';

const many = Array.from({ length: 300 }, (_, index) => drawHistory(seedOf(1, index)));

describe('drawing histories', () => {
  it('draws the same from the same seed, through JSON as well, and others from others', () => {
    expect(drawHistory(7)).toEqual(drawHistory(7));
    expect(JSON.parse(JSON.stringify(drawHistory(7)))).toEqual(drawHistory(7));
    expect(new Set(many.map(({ steps }) => JSON.stringify(steps))).size).toBe(many.length);
  });

  it('has every kind of thing happen in three hundred of them', () => {
    const kinds = new Set(many.flatMap(({ steps }) => steps.map(({ do: what }) => what)));
    expect([...kinds].toSorted()).toEqual(
      [
        'AWS',
        'GitHub',
        'close',
        'cut database',
        'database down',
        'delete by hand',
        'end second worker',
        'jump',
        'label',
        'label as a bot',
        'merge',
        'open',
        'push',
        'reopen',
        'rest',
        'restart',
        'say',
        'second worker',
        'unlabel',
        'wait',
        'webhooks',
      ].toSorted(),
    );
  });

  it('opens each pull request before anything happens to it', () => {
    for (const { steps } of many) {
      const opened = new Set<number>();
      for (const step of steps) {
        if (step.do === 'open') {
          opened.add(step.pull);
        }
        expect(!('pull' in step) || opened.has(step.pull)).toBe(true);
      }
    }
  });

  it('tells a history a line a step', () => {
    expect(tellSteps([{ do: 'label', pull: 0 }, { do: 'restart' }])).toEqual([' 1. label (pull 0)', ' 2. restart']);
  });
});

describe('the resets of databases in histories', () => {
  const isReset = (step: Step) => step.do === 'say' && step.body === RESET;
  const seeds = Array.from({ length: 300 }, (_, index) => seedOf(1, index));

  it('leave each seed all the steps that it had before resets were drawn, in that order', () => {
    const before = seeds.map((seed) => drawSteps(seed));
    expect(createHash('sha256').update(JSON.stringify(before)).digest('hex')).toBe(
      '371db336e25f87e730f613e40a63db98c1cdf14655524ca8cbaae37b65e26eaf',
    );
    for (const [index, steps] of before.entries()) {
      const rest = [...steps];
      for (const step of many[index]?.steps ?? []) {
        if (JSON.stringify(step) === JSON.stringify(rest[0])) {
          rest.shift();
        }
      }
      expect(rest).toEqual([]);
    }
  });

  it('come in some histories and not in others: doubled, by who may not, and where there is no database', () => {
    const withResets = many.filter(({ steps }) => steps.some(isReset));
    expect(withResets.length).toBeGreaterThan(100);
    expect(withResets.length).toBeLessThan(200);
    const resets = withResets.flatMap(({ steps }) => steps.filter(isReset));
    expect(new Set(resets.map((step) => (step.do === 'say' ? step.who : '')))).toEqual(
      new Set(['developer', 'outsider']),
    );
    const isDoubled = ({ steps }: { steps: readonly Step[] }) =>
      steps.some((step, index) => isReset(step) && JSON.stringify(step) === JSON.stringify(steps[index + 1]));
    expect(withResets.filter(isDoubled).length).toBeGreaterThan(20);
    const hasNone = ({ steps }: { steps: readonly Step[] }) => !JSON.stringify(steps).includes('a database');
    expect(withResets.filter(hasNone).length).toBeGreaterThan(2);
  });
});

describe('random numbers from a seed', () => {
  it('stay within their bounds and meet each of them', () => {
    const random = createRandom(3);
    const drawn = Array.from({ length: 400 }, () => random.below(6));
    expect(new Set(drawn)).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  });

  it('refuse to pick from nothing', () => {
    expect(() => createRandom(1).pick([])).toThrow(RangeError);
  });
});
