import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatDuration, parseDuration } from '../../src/domain/duration.ts';

const DAY = 86_400;

describe('parseDuration', () => {
  it.each([
    { text: '3d', seconds: 3 * DAY },
    { text: '12h', seconds: 12 * 3600 },
    { text: '1w2d', seconds: 9 * DAY },
    { text: '30m', seconds: 1800 },
    { text: '90s', seconds: 90 },
    { text: ' 1W 2D ', seconds: 9 * DAY },
    { text: '3 days', seconds: 3 * DAY },
    { text: '1 hour 30 minutes', seconds: 5400 },
    { text: '2d1w', seconds: 9 * DAY },
    { text: '52w', seconds: 364 * DAY },
  ])('reads $text', ({ text, seconds }) => {
    expect(parseDuration(text)).toEqual({ ok: true, seconds });
  });

  it.each([
    { text: '', problem: 'a duration is missing' },
    { text: '3 fortnights', problem: '`fortnights` is not a unit of time: use w, d, h or m' },
    { text: '3', problem: '`3` is not a duration: write whole numbers, each with w, d, h or m' },
    { text: '1.5d', problem: '`1.5d` is not a duration: write whole numbers, each with w, d, h or m' },
    { text: '-3d', problem: '`-3d` is not a duration: write whole numbers, each with w, d, h or m' },
    { text: 'd3', problem: '`d3` is not a duration: write whole numbers, each with w, d, h or m' },
    { text: '3d and 2h', problem: '`3d and 2h` is not a duration: write whole numbers, each with w, d, h or m' },
    { text: '1d 2 days', problem: '`1d 2 days` names the same unit twice' },
    { text: '0d', problem: '`0d` is no time at all' },
    { text: '53w', problem: '`53w` is more than 52 weeks' },
    { text: `${'9'.repeat(400)}d`, problem: `\`${'9'.repeat(59)}…\` is more than 52 weeks` },
  ])('refuses $text and says why', ({ text, problem }) => {
    expect(parseDuration(text)).toEqual({ ok: false, problem });
  });

  it('reads any mixture of units, or gives a reason that cannot be markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const parsed = parseDuration(text);
        if (parsed.ok) {
          expect(parsed.seconds).toBeGreaterThan(0);
        } else {
          expect(parsed.problem.replace(/`[^`]*`/g, '')).toMatch(/^[a-z0-9 ,:]+$/);
        }
      }),
    );
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0 s'],
    [45.9, '45 s'],
    [372, '6 min 12 s'],
    [3600, '1 h'],
    [3661, '1 h 1 min'],
    [DAY, '1 day'],
    [3 * DAY + 4 * 3600 + 59, '3 days 4 h'],
    [7 * DAY, '7 days'],
    [-5, '0 s'],
  ])('says %d seconds as %s', (seconds, words) => {
    expect(formatDuration(seconds)).toBe(words);
  });
});
