import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dueWarning, extendExpiry, nextDeadline } from '../../src/domain/ttl.ts';

const HOUR = 3_600_000;
const createdAt = new Date('2026-11-20T12:00:00Z');
const after = (hours: number): Date => new Date(createdAt.getTime() + hours * HOUR);

describe('extendExpiry', () => {
  const cap = { createdAt, capSeconds: 28 * 86_400 };

  it('counts from the expiry while that is to come', () => {
    expect(extendExpiry({ now: after(1), expiresAt: after(168), bySeconds: 72 * 3600, ...cap })).toEqual({
      expiresAt: after(240),
      capped: false,
    });
  });

  it('counts from now when the expiry has passed', () => {
    expect(extendExpiry({ now: after(200), expiresAt: after(168), bySeconds: 3600, ...cap })).toEqual({
      expiresAt: after(201),
      capped: false,
    });
  });

  it('stops at the cap, and says so', () => {
    expect(extendExpiry({ now: after(1), expiresAt: after(27 * 24), bySeconds: 30 * 86_400, ...cap })).toEqual({
      expiresAt: after(28 * 24),
      capped: true,
    });
  });

  it('gives exactly the cap without a word when that is what was asked', () => {
    expect(extendExpiry({ now: after(1), expiresAt: after(27 * 24), bySeconds: 86_400, ...cap }).capped).toBe(false);
  });

  it('never brings the expiry nearer, nor past the cap unless it was past it already', () => {
    const hours = fc.integer({ min: 0, max: 1000 });
    fc.assert(
      fc.property(fc.tuple(hours, hours, hours, hours), ([now, expires, by, capHours]) => {
        const { expiresAt } = extendExpiry({
          now: after(now),
          expiresAt: after(expires),
          bySeconds: by * 3600,
          createdAt,
          capSeconds: capHours * 3600,
        });
        expect(expiresAt.getTime()).toBeGreaterThanOrEqual(after(expires).getTime());
        expect(expiresAt.getTime()).toBeLessThanOrEqual(Math.max(after(expires).getTime(), after(capHours).getTime()));
      }),
    );
  });
});

describe('dueWarning', () => {
  const week = { createdAt, expiresAt: after(168) };

  it.each([
    { hoursLeft: 49, sent: [], due: undefined, reason: 'it is too early' },
    { hoursLeft: 48, sent: [], due: 48, reason: 'it is the first' },
    { hoursLeft: 40, sent: [48], due: undefined, reason: 'it was given' },
    { hoursLeft: 24, sent: [48], due: 24, reason: 'it is the second' },
    { hoursLeft: 3, sent: [], due: 4, reason: 'only the nearest is worth anything' },
    { hoursLeft: 3, sent: [4], due: undefined, reason: 'what was missed before it stays missed' },
    { hoursLeft: 0, sent: [], due: undefined, reason: 'it has expired' },
    { hoursLeft: -1, sent: [48, 24], due: undefined, reason: 'it has expired' },
  ])('is $due with $hoursLeft h left and $sent given: $reason', ({ hoursLeft, sent, due }) => {
    expect(dueWarning({ now: after(168 - hoursLeft), sent, ...week })).toBe(due);
  });

  it.each([
    { ttl: 12, given: [4] },
    { ttl: 24, given: [4] },
    { ttl: 25, given: [24, 4] },
    { ttl: 4, given: [] },
    { ttl: 168, given: [48, 24, 4] },
  ])('is given $given in the life of an environment made for $ttl h', ({ ttl, given }) => {
    const sent: number[] = [];
    for (let hour = 0; hour <= ttl + 2; hour += 0.5) {
      const due = dueWarning({ now: after(hour), createdAt, expiresAt: after(ttl), sent });
      if (due !== undefined) {
        sent.push(due);
      }
    }
    expect(sent).toEqual(given);
  });
});

describe('nextDeadline', () => {
  it.each([
    { hour: 0, next: 120 },
    { hour: 120, next: 144 },
    { hour: 150, next: 164 },
    { hour: 165, next: 168 },
    { hour: 170, next: 168 },
  ])('is hour $next for a week that is $hour hours old', ({ hour, next }) => {
    expect(nextDeadline({ now: after(hour), expiresAt: after(168) })).toEqual(after(next));
  });
});
