import { describe, expect, it } from '@jest/globals';
import { formatInstant, formatRelative } from '../../src/domain/instant.ts';

const now = new Date('2026-11-22T22:40:00Z');

it('writes an instant with its day and zone, whatever the machine', () => {
  expect(formatInstant(new Date('2026-11-29T22:40:59Z'))).toBe('Sun 29 Nov 2026, 22:40 UTC');
  expect(formatInstant(new Date('2027-01-01T00:05:00Z'))).toBe('Fri 1 Jan 2027, 00:05 UTC');
});

describe('formatRelative', () => {
  it.each([
    [7 * 86_400, 'in 7 days'],
    [7 * 86_400 - 90, 'in 7 days'],
    [86_400, 'in 24 hours'],
    [2 * 86_400, 'in 2 days'],
    [4 * 3600, 'in 4 hours'],
    [60, 'in 1 minute'],
    [89 * 60, 'in 89 minutes'],
    [5, 'now'],
    [-3600, '60 minutes ago'],
    [-3 * 3600, '3 hours ago'],
  ])('says %d seconds as %s', (seconds, words) => {
    expect(formatRelative(now, new Date(now.getTime() + seconds * 1000))).toBe(words);
  });
});
