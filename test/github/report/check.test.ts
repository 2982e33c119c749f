import { describe, expect, it } from '@jest/globals';
import { renderCheck, renderSupersededCheck } from '../../../src/github/report/check.ts';
import type { EnvironmentReport } from '../../../src/reconcile/reporter.ts';
import { HEAD, NOW, OLD_HEAD, report, step, waitingStep } from './report-fixture.ts';

const PAGE = 'https://mayfly.example.org/environments/pr-1721';
const steps = [
  step('Log groups'),
  step('Cloning database', { state: 'running', endedAt: null }),
  waitingStep('Service api'),
];
const failure = {
  subject: 'api',
  reason: 'Unhealthy',
  message: 'health check returns 500',
  actor: 'author' as const,
  details: [],
  retriesAt: null,
};
const refusal = { reason: 'Refused', since: NOW, status: 'false' as const, message: 'a fork is not deployed' };
const shortage = { kind: 'clones', of: 'source', used: 15, limit: 15, needed: 1 } as const;
const queue = { place: 2, limit: 10, shortage: null, lifeSeconds: 86_400, holders: [] };

describe('the check run', () => {
  it.each<[title: string, status: string, conclusion: string | undefined, more: Partial<EnvironmentReport>]>([
    ['Ready: 3 services at ec021a6', 'completed', 'success', {}],
    ['Cloning database (2 of 3)', 'in_progress', undefined, { phase: 'coming-up', servedSha: null, steps }],
    ['Cloning database (2 of 3)', 'in_progress', undefined, { phase: 'updating', servedSha: OLD_HEAD, steps }],
    ['Cloning database (2 of 3)', 'in_progress', undefined, { phase: 'ready', servedSha: OLD_HEAD, steps }],
    ['Starting', 'in_progress', undefined, { phase: 'coming-up', servedSha: null, steps: [] }],
    [
      'Waiting for a clone of the database (2nd)',
      'completed',
      'neutral',
      { phase: 'waiting', servedSha: null, queue: { ...queue, shortage } },
    ],
    ['Waiting for a slot (2nd)', 'completed', 'neutral', { phase: 'waiting', servedSha: null, queue }],
    ['api: health check returns 500', 'completed', 'failure', { phase: 'failing', failures: [failure] }],
    ['Being removed (label removed)', 'completed', 'neutral', { phase: 'going', releaseReason: 'unlabelled' }],
    ['Removed (merged)', 'completed', 'neutral', { phase: 'gone', releaseReason: 'merged' }],
    ['Not made (expired)', 'completed', 'neutral', { phase: 'gone', servedSha: null, releaseReason: 'expired' }],
    ['Waiting for approval', 'completed', 'neutral', { phase: 'unapproved', servedSha: null }],
    ['Waiting for approval', 'completed', 'neutral', { phase: 'unapproved', servedSha: OLD_HEAD }],
    [
      'Refused: a fork is not deployed',
      'completed',
      'neutral',
      { phase: 'refused', servedSha: null, conditions: [{ ...refusal, type: 'Admitted' }] },
    ],
    [
      'Refused: a fork is not deployed',
      'completed',
      'failure',
      { phase: 'refused', servedSha: null, conditions: [{ ...refusal, type: 'BlueprintValid' }] },
    ],
  ])('reads %s, %s, %s', (...[title, status, conclusion, more]) => {
    const check = renderCheck(report(more), PAGE);
    expect([check.title, check.status, check.conclusion]).toEqual([title, status, conclusion]);
  });

  it('leads to the first service when the head is served, and to the page before', () => {
    expect(renderCheck(report(), PAGE).detailsUrl).toBe('https://ssweb.pr-1721.ephemeral.example.gov.uk');
    expect(renderCheck(report({ servedSha: OLD_HEAD }), PAGE).detailsUrl).toBe(PAGE);
    expect(renderCheck(report({ phase: 'gone' }), PAGE).detailsUrl).toBe(PAGE);
  });

  it('has its three buttons, within GitHub’s limits, for as long as there is something to act on', () => {
    const { actions } = renderCheck(report(), PAGE);
    expect(actions.map(({ identifier, label }) => [identifier, label])).toEqual([
      ['extend-1d', 'Extend 1 day'],
      ['redeploy', 'Redeploy'],
      ['destroy', 'Tear down'],
    ]);
    for (const { identifier, label, description } of actions) {
      expect(Math.max(identifier.length, label.length)).toBeLessThanOrEqual(20);
      expect(description.length).toBeLessThanOrEqual(40);
    }
    expect(renderCheck(report({ phase: 'gone' }), PAGE).actions).toEqual([]);
  });

  it('shows the steps and then the links', () => {
    const { summary } = renderCheck(report(), PAGE);
    expect(summary.indexOf('| Clone of the database | done |')).toBeGreaterThan(-1);
    expect(summary.indexOf('https://ssweb')).toBeGreaterThan(summary.indexOf('| Clone of the database'));
  });

  it('shows in the queue who holds the slots, and of nothing that nothing was made', () => {
    const place = { pullRequest: 7, repository: 'dvsa/vol-app' };
    const holder = { ...place, title: 'a', owner: 'bob', usedAt: NOW, expiresAt: NOW, leaving: false };
    const waiting = { phase: 'waiting', servedSha: null, steps: [], queue: { ...queue, holders: [holder] } } as const;
    expect(renderCheck(report(waiting), PAGE).summary).toContain('| `#7` | a | `bob` |');
    expect(renderCheck(report({ phase: 'gone', servedSha: null, steps: [] }), PAGE).summary).toBe(
      'No environment was made.',
    );
  });

  it('has in its title the first thing that is wrong with a blueprint, and in its summary each on a line of its own', () => {
    const message = 'ephemeral.yml:4: found `lots`\nephemeral.yml:7: found `more`';
    const conditions = [{ ...refusal, message, type: 'BlueprintValid' as const }];
    for (const phase of ['refused', 'failing'] as const) {
      const check = renderCheck(report({ phase, conditions }), PAGE, 'https://docs.example.org/schema.json');
      expect(check.title).toMatch(/^(Refused: )?ephemeral\.yml:4: found `lots` \(and 1 more\)$/);
      expect(check.summary).toContain('ephemeral.yml:4: found `lots`  \nephemeral.yml:7: found `more`\n\n👉 Correct');
      expect(check.summary).toContain('<https://docs.example.org/schema.json>');
    }
  });

  it('keeps a title to one line', () => {
    const { title } = renderCheck(
      report({ phase: 'failing', failures: [{ ...failure, message: `a\nb ${'x'.repeat(500)}` }] }),
      PAGE,
    );
    expect(title).toMatch(/^api: a b x+…$/);
    expect(title.length).toBeLessThanOrEqual(120);
  });

  it('is neutral and without buttons once another commit is the head', () => {
    expect(renderSupersededCheck(HEAD, PAGE)).toEqual({
      status: 'completed',
      conclusion: 'neutral',
      title: 'Superseded by ec021a6',
      summary: "The environment follows the pull request's head, which is `ec021a6` now.",
      detailsUrl: PAGE,
      actions: [],
    });
  });
});
