import { describe, expect, it } from '@jest/globals';
import { deploymentPayload, deploymentTask, renderDeploymentStatus } from '../../../src/github/report/deployment.ts';
import type { EnvironmentReport } from '../../../src/reconcile/reporter.ts';
import { OLD_HEAD, report } from './report-fixture.ts';

const PAGE = 'https://mayfly.example.org/pr-1721';

const failure = {
  subject: 'api',
  reason: 'x',
  message: 'm'.repeat(300),
  actor: 'author' as const,
  details: [],
  retriesAt: null,
};

describe('the deployment', () => {
  it('is told apart by its task', () => {
    expect(deploymentTask(report().environment)).toBe('ephemeral:pr-1721');
  });

  it.each<[state: string | undefined, reason: string, more: Partial<EnvironmentReport>]>([
    ['success', 'the head is served', {}],
    ['in_progress', 'another commit is served', { servedSha: OLD_HEAD }],
    ['in_progress', 'it is being made', { phase: 'coming-up', servedSha: null }],
    ['failure', 'it does not come up', { phase: 'failing', failures: [failure] }],
    ['inactive', 'it is going', { phase: 'going', releaseReason: 'merged' }],
    ['inactive', 'it is gone', { phase: 'gone' }],
    [undefined, 'it waits for a slot', { phase: 'waiting', servedSha: null }],
    [undefined, 'it was refused', { phase: 'refused', servedSha: null }],
  ])('is %s when %s', (state, _reason, more) => {
    expect(renderDeploymentStatus(report(more), PAGE)?.state).toBe(state);
  });

  it('links to the environment only while it serves the head', () => {
    expect(renderDeploymentStatus(report(), PAGE)).toEqual({
      state: 'success',
      description: 'Serving ec021a6',
      environmentUrl: 'https://ssweb.pr-1721.ephemeral.example.gov.uk',
      logUrl: PAGE,
    });
    expect(renderDeploymentStatus(report({ phase: 'gone' }), PAGE)?.environmentUrl).toBeUndefined();
  });

  it('tells workflows the environment’s name and where each service answers', () => {
    expect(deploymentPayload(report())).toEqual({
      environment: 'dvsa/vol-app#1721',
      name: 'pr-1721',
      urls: {
        selfserve: 'https://ssweb.pr-1721.ephemeral.example.gov.uk',
        internal: 'https://iuweb.pr-1721.ephemeral.example.gov.uk',
      },
    });
  });

  it('says no more than GitHub takes', () => {
    const status = renderDeploymentStatus(report({ phase: 'failing', failures: [failure] }), PAGE);
    expect(status?.description.length).toBe(140);
  });
});
