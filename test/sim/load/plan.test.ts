import { describe, expect, it } from '@jest/globals';
import { createKinds } from '../../../sim/load/messages.ts';
import { parseOptions } from '../../../sim/load/options.ts';
import { planDeliveries } from '../../../sim/load/plan.ts';

const kinds = createKinds({
  secret: 'a secret of this test alone',
  repository: 'acme/shop',
  installationId: 7,
  writer: 'octocat',
  outsider: 'stranger',
  pulls: [1, 2],
});

describe('what is sent', () => {
  it('is the mix of a busy repository, thousand parts of it', () => {
    expect(kinds.reduce((sum, { share }) => sum + share, 0)).toBe(1000);
    const sizes = kinds.map(({ messages }) => messages[0]?.body.length ?? 0);
    expect(Math.min(...sizes)).toBeGreaterThan(5000);
  });

  it('follows from the seed alone', () => {
    const drawn = (seed: number) => planDeliveries(kinds, { count: 200, seed }).map(({ kind }) => kind);
    expect(drawn(1)).toEqual(drawn(1));
    expect(drawn(2)).not.toEqual(drawn(1));
  });

  it('holds some of everything, and some of it twice', () => {
    const plan = planDeliveries(kinds, { count: 3000, seed: 1 });
    expect(new Set(plan.map(({ kind }) => kind))).toEqual(new Set(kinds.map(({ name }) => name)));
    const repeated = plan.filter(({ repeats }) => repeats !== null);
    expect(repeated.length).toBeGreaterThan(30);
    for (const { repeats, message } of repeated) {
      expect(plan[repeats ?? -1]).toMatchObject({ repeats: null, message });
    }
  });
});

describe('the options of a load', () => {
  it('are two hundred a second for a minute unless given', () => {
    expect(parseOptions([])).toEqual({ rate: 200, seconds: 60, seed: 1, json: false });
    expect(parseOptions(['--rate', '50', '--seconds', '5', '--seed', '9', '--json'])).toEqual({
      rate: 50,
      seconds: 5,
      seed: 9,
      json: true,
    });
  });

  it.each([['--rate', '0'], ['--seconds', 'long'], ['--seed', '1.5'], ['--speed']])('are refused: %s', (...args) => {
    expect(() => parseOptions(args)).toThrow();
  });
});
