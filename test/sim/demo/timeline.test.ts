import { describe, expect, it } from '@jest/globals';
import { timeline } from '../../../sim/demo/timeline.ts';
import { resourceRecord } from '../../support/environment-record.ts';

const from = new Date('2026-11-20T09:00:00Z');
const after = (seconds: number): Date => new Date(from.getTime() + seconds * 1000);
const rows = [
  resourceRecord('service/api', { askedAt: after(50), readyAt: after(100) }),
  resourceRecord('clone-cluster', { askedAt: after(0), readyAt: after(50) }),
  resourceRecord('secret/DEVAPPPR-1721-BASE-SM-APPLICATION-SELFSERVE', { askedAt: after(0), readyAt: after(1) }),
];
const shape = { from, to: after(100), critical: ['clone-cluster', 'service/api'], simulated: true };

describe('the timeline', () => {
  it('has a row for each resource in the order they were asked for, with a bar from asked to ready', () => {
    expect(timeline(rows, { ...shape, columns: 60 })).toBe(
      [
        '  resource                    0 s           100 s',
        '* clone-cluster               ██████████               50 s',
        '  secret/DE…ICATION-SELFSERVE ▒                         1 s',
        '* service/api                           █████████      50 s',
        '  * on the critical path; times are simulated',
      ].join('\n'),
    );
  });

  it.each([40, 60, 80, 100, 200])('is not wider than %i columns', (columns) => {
    const widths = timeline(rows, { ...shape, columns })
      .split('\n')
      .map((line) => line.length);
    expect(Math.max(...widths)).toBeLessThanOrEqual(Math.max(columns, 45));
  });

  it('does not call the times of another AWS simulated', () => {
    expect(timeline(rows, { ...shape, simulated: false })).not.toContain('simulated');
  });
});
