import { describe, expect, it } from '@jest/globals';
import type { Condition, ConditionStatus, ConditionType } from '../../src/domain/condition.ts';
import { statusLines } from '../../src/reconcile/status.ts';
import { environmentRecord } from '../support/environment-record.ts';

const NOW = new Date('2026-11-20T10:00:00Z');
const HEAD = environmentRecord(7).intent.headSha;

function condition(type: ConditionType, status: ConditionStatus, message = ''): Condition {
  return { type, status, reason: 'x', message, since: NOW };
}

describe('the status, in words', () => {
  it('is that the head is served, and until when', () => {
    const conditions = [condition('Serving', 'true', 'served')];
    const record = environmentRecord(7, { admittedAt: NOW, servedSha: HEAD, conditions });

    expect(statusLines(record, NOW)).toEqual([
      'pr-7 is ready.',
      'It serves the head, ec021a6.',
      'It expires on Fri 27 Nov 2026, 09:00 UTC (in 7 days).',
    ]);
  });

  it('is what is wrong, each thing on a line', () => {
    const conditions = [
      condition('ServicesReady', 'false', 'api: health check returns 500'),
      condition('Serving', 'unknown', 'no'),
    ];
    const record = environmentRecord(7, { admittedAt: NOW, servedSha: '9f01c22b84d6', conditions });

    expect(statusLines(record, NOW)).toEqual([
      'pr-7 is failing.',
      'It serves 9f01c22; the head is ec021a6.',
      expect.stringContaining('It expires on'),
      'api: health check returns 500',
    ]);
  });

  it('is how long it will live, and no end, while it waits for a slot', () => {
    const conditions = [condition('Admitted', 'unknown', 'It waits for a slot, at place 2.')];

    expect(statusLines(environmentRecord(7, { conditions }), NOW)).toEqual([
      'pr-7 is waiting for a slot.',
      'Nothing is served yet; the head is ec021a6.',
      'It lives 7 days from when it gets its slot.',
      'It waits for a slot, at place 2.',
    ]);
  });

  it('is why it was refused, and nothing of what it would serve', () => {
    const conditions = [condition('BlueprintValid', 'false', 'ephemeral.yml:1: a\nephemeral.yml:2: b')];

    expect(statusLines(environmentRecord(7, { conditions }), NOW)).toEqual([
      'pr-7 is refused.',
      'ephemeral.yml:1: a',
      'ephemeral.yml:2: b',
    ]);
  });

  it('is that it is being removed, without what no longer matters', () => {
    const record = environmentRecord(7, {
      servedSha: HEAD,
      intent: { state: 'absent', releaseReason: 'asked' },
      conditions: [condition('Released', 'unknown', 'Its resources are being removed.')],
    });

    expect(statusLines(record, NOW)).toEqual(['pr-7 is being removed.']);
  });
});
