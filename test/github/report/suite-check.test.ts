import { describe, expect, it } from '@jest/globals';
import { renderComment } from '../../../src/github/report/comment.ts';
import { renderSuiteCheck, suiteExternalId, suiteOf } from '../../../src/github/report/suite-check.ts';
import type { SuiteReport } from '../../../src/reconcile/reporter.ts';
import { HEAD, OLD_HEAD, report, step, suite } from './report-fixture.ts';

const PAGE = 'https://mayfly.example.org/pr-1721';
const render = (more: Partial<SuiteReport>) => renderSuiteCheck(suite(more), { pageUrl: PAGE });
const open = { conclusion: null } as const;

describe('the check run of a suite', () => {
  it.each<[title: string, status: string, conclusion: string | undefined, more: Partial<SuiteReport>]>([
    ['Being started at ec021a6', 'queued', undefined, { ...open, state: 'asked', link: null }],
    ['Waiting for a runner at ec021a6', 'queued', undefined, { ...open, state: 'queued' }],
    ['Running at ec021a6', 'in_progress', undefined, { ...open, state: 'running' }],
    ['Passed at ec021a6', 'completed', 'success', {}],
    ['Failed at ec021a6', 'completed', 'failure', { conclusion: 'failure' }],
    ['Took too long at ec021a6', 'completed', 'timed_out', { conclusion: 'timed-out' }],
    ['Cancelled at ec021a6', 'completed', 'cancelled', { conclusion: 'cancelled' }],
    ['Skipped at ec021a6', 'completed', 'neutral', { conclusion: 'skipped' }],
    ['Does not count at ec021a6', 'completed', 'neutral', { conclusion: 'void', message: 'x' }],
    ['Not started at ec021a6', 'completed', 'failure', { conclusion: 'not-started', message: 'x' }],
  ])('says %s, which is %s %s', (...[title, status, conclusion, more]) => {
    expect(render(more)).toMatchObject({ title, status, ...(conclusion && { conclusion }), actions: [] });
    expect(render(more).conclusion).toBe(conclusion);
  });

  it('leads to its run, and to the page of the environment before there is one', () => {
    expect(render({}).detailsUrl).toBe('https://github.com/dvsa/vol-app/actions/runs/9812');
    expect(render({ link: null }).detailsUrl).toBe(PAGE);
    expect(render({}).summary).toContain('[run #812](https://github.com/dvsa/vol-app/actions/runs/9812)');
  });

  it('says why it does not count, as plain words', () => {
    expect(render({ conclusion: 'void', message: '`1234567` is deployed. @team <b>' }).summary).toMatch(
      /^`1234567` is deployed\. @\u200Bteam &lt;b&gt;/,
    );
  });

  it('is known again by its external id, which no other check run has', () => {
    expect(suiteOf(suiteExternalId(report().environment, suite()))).toEqual({
      environment: 'dvsa/vol-app#1721',
      suite: 'regression',
      sha: HEAD,
    });
    expect(suiteOf('dvsa/vol-app#1721')).toBeUndefined();
    expect(suiteOf(null)).toBeUndefined();
  });
});

describe('the comment', () => {
  it('says how the last run of each suite against the head ended', () => {
    const failed = { conclusion: 'failure' as const, link: { id: 1, number: 1, url: 'https://github.com/x/1' } };
    const suites = [
      suite({ ...failed, sha: OLD_HEAD }),
      suite(failed),
      suite(),
      suite({ suite: 'load', state: 'running' }),
    ];

    expect(renderComment(report({ suites }))).toContain(
      '**Tests** `load` ⏳ running ([run #812](https://github.com/dvsa/vol-app/actions/runs/9812)) · `regression` ✅ passed (',
    );
    expect(renderComment(report())).not.toContain('**Tests**');
  });

  it('says by which run the image that it waits for is being built', () => {
    const building = { id: 9812, number: 812, url: 'https://github.com/dvsa/vol-app/actions/runs/9812' };
    const images = step('Images', { state: 'running', waitingFor: 'image `selfserve:pr-ec021a6`', building });

    expect(renderComment(report({ phase: 'coming-up', servedSha: null, steps: [images] }))).toContain(
      '- ⏳ **Now**: Images: image `selfserve:pr-ec021a6` is being built: [run #812](https://github.com/dvsa/vol-app/actions/runs/9812)',
    );
  });

  it('links to the run that brought no image', () => {
    const link = { id: 9812, number: 812, url: 'https://github.com/dvsa/vol-app/actions/runs/9812' };
    const failure = {
      subject: 'api',
      reason: 'BuildFailed',
      message: 'no image',
      actor: 'author' as const,
      details: [],
    };
    const failures = [{ ...failure, retriesAt: null, link }];

    expect(renderComment(report({ phase: 'failing', failures }))).toContain('**api** · no image ([run #812](https://');
  });
});
