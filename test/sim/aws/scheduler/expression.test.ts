import { describe, expect, it } from '@jest/globals';
import { expressionIn, nextAfter } from '../../../../sim/aws/scheduler/expression.ts';

const now = new Date('2026-11-20T09:00:00Z');

function next(text: string, zone = 'UTC', from = now): string | undefined {
  const expression = expressionIn(text);
  return expression && nextAfter(expression, from, { zone, anchor: now })?.toISOString();
}

describe('a schedule expression', () => {
  it.each([
    ['at(2026-11-20T10:00:00)', 'UTC', '2026-11-20T10:00:00.000Z'],
    ['at(2026-11-20T08:00:00)', 'UTC', undefined],
    ['at(2027-06-01T10:00:00)', 'Europe/London', '2027-06-01T09:00:00.000Z'],
    ['rate(1 minute)', 'UTC', '2026-11-20T09:01:00.000Z'],
    ['rate(15 minutes)', 'UTC', '2026-11-20T09:15:00.000Z'],
    ['rate(5 days)', 'UTC', '2026-11-25T09:00:00.000Z'],
    ['cron(15 10 * * ? *)', 'UTC', '2026-11-20T10:15:00.000Z'],
    ['cron(0/20 * * * ? *)', 'UTC', '2026-11-20T09:20:00.000Z'],
    ['cron(30 2 ? * MON-FRI *)', 'UTC', '2026-11-23T02:30:00.000Z'],
    ['cron(0 0 1 JAN,JUL ? *)', 'UTC', '2027-01-01T00:00:00.000Z'],
    ['cron(0 8 29 2 ? *)', 'UTC', '2028-02-29T08:00:00.000Z'],
    ['cron(0 8 1 1 ? 2020)', 'UTC', undefined],
    ['cron(0 9 * * ? *)', 'America/New_York', '2026-11-20T14:00:00.000Z'],
  ])('%s in %s is next due at %s', (text, zone, expected) => {
    expect(next(text, zone)).toBe(expected);
  });

  it('follows the clocks of its zone when they change', () => {
    const before = new Date('2027-03-27T12:00:00Z');
    expect(next('cron(0 9 * * ? *)', 'Europe/London', before)).toBe('2027-03-28T08:00:00.000Z');
    expect(next('cron(30 1 * * ? *)', 'Europe/London', before)).toBe('2027-03-28T01:30:00.000Z');
    const autumn = new Date('2027-10-30T12:00:00Z');
    expect(next('cron(30 1 * * ? *)', 'Europe/London', autumn)).toBe('2027-10-31T00:30:00.000Z');
  });

  it.each([
    'every day',
    'rate(0 minutes)',
    'rate(5 weeks)',
    'rate(1.5 hours)',
    'at(2026-02-30T10:00:00)',
    'at(2026-11-20)',
    'at(2026-11-20T10:00:00Z)',
    'cron(0 9 * * *)',
    'cron(0 9 * * * *)',
    'cron(0 9 ? * ? *)',
    'cron(60 9 * * ? *)',
    'cron(0 9 * FOO ? *)',
    'cron(0 17-9 * * ? *)',
    'cron(0/0 9 * * ? *)',
    'cron(? 9 * * ? *)',
  ])('is not %s', (text) => {
    expect(expressionIn(text)).toBeUndefined();
  });
});
