import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type RunningApp, startApp } from '../running-app.ts';
import { checkRunEvent, HEAD_SHA } from './payloads.ts';

let app: RunningApp;
const OLD = 'd'.repeat(40);

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => await app.stop());
beforeEach(() => {
  app.intake.received.length = 0;
});

async function asksAfter(action: string, more: Parameters<typeof checkRunEvent>[1] = {}): Promise<unknown[]> {
  const posted = await app.deliver('check_run', checkRunEvent(action, more));
  expect(posted.status).toBe(200);
  return app.intake.received.map(({ says }) => (says.kind === 'button' ? says.ask : says));
}

describe('a button of the check run', () => {
  it.each([
    ['extend-1d', [{ kind: 'extend', bySeconds: 86_400 }]],
    ['redeploy', [{ kind: 'redeploy', sha: HEAD_SHA }]],
    ['destroy', [{ kind: 'release', reason: 'asked' }]],
    ['somebody-elses', []],
  ])('%s asks for %j', async (identifier, asks) => {
    expect(await asksAfter('requested_action', { identifier })).toEqual(asks);
  });

  it('acts on the pull request that the check run is of', async () => {
    await asksAfter('requested_action', { identifier: 'destroy', externalId: 'dvsa/vol-app#12' });
    expect(app.intake.received[0]?.pullRequest).toEqual({ repository: 'dvsa/vol-app', number: 12 });
  });

  it.each<[Parameters<typeof checkRunEvent>[1], string]>([
    [{ appId: 1 }, 'another app’s check run'],
    [{ externalId: '' }, 'a check run of no environment'],
    [{ externalId: 'other/repo#1721' }, 'another repository’s'],
    [{ externalId: 'dvsa/vol-app#x' }, 'no number'],
  ])('is left alone on %j: %s', async (more) => {
    expect(await asksAfter('requested_action', { identifier: 'destroy', ...more })).toEqual([]);
  });

  it('deploys no commit that is the head no longer', async () => {
    expect(await asksAfter('requested_action', { identifier: 'redeploy', headSha: OLD })).toEqual([{ kind: 'look' }]);
  });
});

describe('a check run that is to be run again', () => {
  it('is deployed again', async () => {
    expect(await asksAfter('rerequested')).toEqual([{ kind: 'redeploy', sha: HEAD_SHA }]);
  });

  it('is left alone when it is another app’s', async () => {
    expect(await asksAfter('rerequested', { appId: 1 })).toEqual([]);
  });

  it('runs the suite that it is of at the commit that it stands on', async () => {
    const externalId = `dvsa/vol-app#1721/2/suite/regression/${OLD}/1`;
    expect(await asksAfter('rerequested', { externalId, headSha: OLD })).toEqual([
      { kind: 'test', suite: 'regression', sha: OLD },
    ]);
    expect(app.intake.received[0]?.pullRequest).toEqual({ repository: 'dvsa/vol-app', number: 1721 });
  });
});
