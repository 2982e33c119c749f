import { describe, expect, it } from '@jest/globals';
import type { ReapedEnvironment, ReapReport } from '../../../src/reconcile/orphans/reap-report.ts';
import { reportText } from '../../../src/reconcile/orphans/reap-text.ts';

const environment: ReapedEnvironment = {
  owner: { name: 'pr-7', pullRequest: { repository: 'acme/shop', number: 7 } },
  outcome: 'cleared',
  expiresAt: new Date('2026-11-20T09:00:00Z'),
  found: ['mayfly-pr-7-api', 'mayfly-pr-7'],
  left: [],
  others: [],
};

function report(...environments: Partial<ReapedEnvironment>[]): ReapReport {
  const at = new Date('2026-11-21T03:00:00Z');
  return { at, dryRun: false, seen: 3, environments: environments.map((one) => ({ ...environment, ...one })) };
}

describe('the report of a run', () => {
  it('is none when everything is live', () => {
    expect(reportText(report(), 'nonprod')).toBeUndefined();
  });

  it('says what was removed, what is still there, and why', () => {
    const workspace = { name: 'payments', pullRequest: { repository: 'acme/shop', number: null } };
    const left = [{ what: 'mayfly-payments', why: 'waits for the database clone to be gone', needsSomebody: false }];
    const others = ['arn:aws:rds:eu-west-1:123456789012:cluster-snapshot:kept'];
    const text = reportText(report({}, { owner: workspace, outcome: 'going', left, others }), 'nonprod');
    expect(text?.subject).toBe('Mayfly reaper (nonprod): 1 cleared, 1 on its way out');
    expect(text?.text).toBe(`There were 3 environments.

pr-7 (acme/shop#7): cleared, expired at 2026-11-20T09:00:00Z
  removed:
    mayfly-pr-7-api
    mayfly-pr-7

payments (acme/shop, made by Terraform): on its way out, expired at 2026-11-20T09:00:00Z
  found:
    mayfly-pr-7-api
    mayfly-pr-7
  still there:
    mayfly-payments: waits for the database clone to be gone
  not ours to remove, if it is there:
    arn:aws:rds:eu-west-1:123456789012:cluster-snapshot:kept
`);
  });

  it('tells of what is kept in one hour of the day alone', () => {
    const kept = report({ outcome: 'protected' }, { outcome: 'unreadable', expiresAt: null });
    expect(reportText(kept, 'nonprod')).toBeUndefined();
    const reminder = reportText({ ...kept, at: new Date('2026-11-21T09:14:00Z') }, 'nonprod');
    expect(reminder?.subject).toBe('Mayfly reaper (nonprod): 1 expired and protected, 1 without a readable expiry');
  });

  it('stays within what a topic takes, however much there is', () => {
    const found = Array.from({ length: 1000 }, (_, index) => `mayfly-pr-7-${index}`.padEnd(255, 'x'));
    const left = found.map((what) => ({ what, why: 'é'.repeat(5000), needsSomebody: true }));
    const much = { outcome: 'going', found, left, others: found } as const;
    const text = reportText(report(...Array.from({ length: 500 }, () => much)), 'a'.repeat(90));
    expect(text?.subject).toHaveLength(100);
    expect(Buffer.byteLength(text?.text ?? '')).toBeLessThanOrEqual(262_144);
    expect(text?.text).toMatch(/\nAnd 4\d\d more: see the log\.\n$/);
  });
});
