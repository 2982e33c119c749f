import { describe, expect, it } from '@jest/globals';
import { cronProblem, lastDue } from '../../src/domain/cron.ts';

// A Friday.
const NOON = new Date('2026-11-20T12:00:00Z');

describe('a schedule', () => {
  it.each([
    ['0 3 * * *', '2026-11-20T03:00:00.000Z'],
    ['0 12 * * *', '2026-11-20T12:00:00.000Z'],
    ['1 12 * * *', '2026-11-19T12:01:00.000Z'],
    ['*/15 * * * *', '2026-11-20T12:00:00.000Z'],
    ['7-59/20 9-17 * * *', '2026-11-20T11:47:00.000Z'],
    ['30 2 * * 1', '2026-11-16T02:30:00.000Z'],
    ['30 2 * * 0', '2026-11-15T02:30:00.000Z'],
    ['30 2 * * 7', '2026-11-15T02:30:00.000Z'],
    ['0 4 1,15 * *', '2026-11-15T04:00:00.000Z'],
    ['0 4 1 * 4', '2026-11-19T04:00:00.000Z'],
    ['0 0 29 2 *', '2024-02-29T00:00:00.000Z'],
  ])('%s was last due at %s', (schedule, due) => {
    expect(lastDue(schedule, NOON)?.toISOString()).toBe(due);
  });

  it('that names no day is never due', () => {
    expect(lastDue('0 0 31 2 *', NOON)).toBeUndefined();
  });

  it.each([
    '',
    '* * * *',
    '60 * * * *',
    '0 24 * * *',
    '0 0 0 * *',
    '0 0 * 13 *',
    '0 0 * * 8',
    '*/0 * * * *',
    '5-1 * * * *',
    'x * * * *',
    '@daily',
    '0 0 * * MON',
  ])('%j is refused', (schedule) => {
    expect(cronProblem(schedule)).toEqual(expect.any(String));
    expect(() => lastDue(schedule, NOON)).toThrow(/^the schedule /);
  });
});
