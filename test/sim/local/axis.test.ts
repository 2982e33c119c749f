import { describe, expect, it } from '@jest/globals';
import { axisOf, barOf } from '../../../sim/local/playground/axis.ts';
import type { Sighting } from '../../../sim/local/playground/sightings.ts';

const at = (seconds: number): Date => new Date(Date.UTC(2026, 10, 23) + seconds * 1000);

function sighting(firstSeen: number, settledAt?: number): Sighting {
  return {
    item: { service: 'x', kind: 'x', name: 'x', arn: 'x', status: 'x', tags: {} },
    standing: settledAt === undefined ? 'coming' : 'settled',
    firstSeen: at(firstSeen),
    settledAt: settledAt === undefined ? undefined : at(settledAt),
    since: at(settledAt ?? firstSeen),
  };
}

describe('the axis of the bars', () => {
  it('ends now while something is coming, and where the last one settled after that', () => {
    expect(axisOf([sighting(0, 10), sighting(5)], at(200))).toEqual({ from: at(0), to: at(200) });
    expect(axisOf([sighting(0, 10), sighting(5, 300)], at(900))).toEqual({ from: at(0), to: at(300) });
  });

  it('leaves out what came long after everything was ready', () => {
    const late = sighting(9000, 9060);
    const axis = axisOf([sighting(0, 400), late], at(10_000));
    expect(axis).toEqual({ from: at(0), to: at(400) });
    expect(barOf(late, axis, at(10_000))).toBeUndefined();
    expect(barOf(sighting(100, 200), axis, at(10_000))).toEqual({ start: 25, length: 25 });
  });
});
