import { describe, expect, it } from '@jest/globals';
import { drawHistory } from '../../../sim/chaos/histories/draw.ts';
import { createRandom, seedOf } from '../../../sim/chaos/histories/random.ts';
import { tellSteps } from '../../../sim/chaos/histories/step.ts';

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
