import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Ask } from '../../../src/reconcile/intake.ts';
import { type RunningApp, startApp } from '../running-app.ts';
import { HEAD_SHA, pullRequestEvent } from './payloads.ts';

let app: RunningApp;

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => await app.stop());
beforeEach(() => {
  app.intake.received.length = 0;
  app.github.reads.length = 0;
  app.github.roles.clear();
  app.github.roles.set('alice', 'write').set('tess', 'triage').set('reader', 'read');
});

const SNAPSHOT = {
  headSha: HEAD_SHA,
  headRef: 'feature',
  baseRef: 'main',
  title: 'feat: x',
  fromFork: false,
  draft: false,
  author: 'alice',
  authorIsBot: false,
};
const WANT: Ask = { kind: 'want', snapshot: SNAPSHOT };
const FOLLOW: Ask = { kind: 'follow', snapshot: SNAPSHOT };
const ours = { label: 'ephemeral', labels: ['bug', 'Ephemeral'] };

async function asksAfter(action: string, more: Parameters<typeof pullRequestEvent>[1] = {}): Promise<Ask[]> {
  const posted = await app.deliver('pull_request', pullRequestEvent(action, more));
  expect(posted.status).toBe(200);
  return app.intake.received.flatMap(({ asks }) => asks);
}

describe('a pull request', () => {
  it.each<[action: string, more: Parameters<typeof pullRequestEvent>[1], asks: Ask[], reason: string]>([
    ['labeled', ours, [WANT], 'the label asks for an environment'],
    ['labeled', { ...ours, sender: { login: 'tess' } }, [], 'labelling takes more than triage'],
    ['labeled', { ...ours, sender: { login: 'reader' } }, [], 'a reader may not ask'],
    ['labeled', { ...ours, sender: { login: 'stranger' } }, [], 'a stranger may not ask'],
    ['labeled', { label: 'bug', labels: ['bug', 'ephemeral'] }, [], 'another label'],
    ['labeled', { ...ours, state: 'closed' }, [], 'a closed one cannot have an environment'],
    ['opened', { labels: ['ephemeral'] }, [WANT], 'opened with the label on it'],
    ['opened', { labels: ['bug'] }, [], 'opened without'],
    ['reopened', { labels: ['ephemeral'] }, [WANT], 'reopened with the label still on it'],
    ['reopened', {}, [], 'reopened without'],
    ['unlabeled', { label: 'ephemeral' }, [{ kind: 'release', reason: 'unlabelled' }], 'the label was taken off'],
    ['unlabeled', { label: 'bug' }, [], 'another label was taken off'],
    [
      'unlabeled',
      { label: 'ephemeral', sender: { login: 'mayfly[bot]', type: 'Bot' } },
      [],
      'we took it off ourselves',
    ],
    [
      'unlabeled',
      { label: 'ephemeral', sender: { login: 'stale[bot]', type: 'Bot' } },
      [{ kind: 'release', reason: 'unlabelled' }],
      'whoever took it off',
    ],
    ['closed', { state: 'closed', merged: true }, [{ kind: 'release', reason: 'merged' }], 'merged'],
    ['closed', { state: 'closed' }, [{ kind: 'release', reason: 'closed' }], 'closed'],
    [
      'closed',
      { state: 'closed', sender: { login: 'dependabot[bot]', type: 'Bot' } },
      [{ kind: 'release', reason: 'closed' }],
      'whoever closed it',
    ],
    ['synchronize', {}, [FOLLOW], 'the head moved'],
    [
      'synchronize',
      { sender: { login: 'github-actions[bot]', type: 'Bot' } },
      [FOLLOW],
      'the head moved, whoever moved it',
    ],
    ['synchronize', { state: 'closed' }, [], 'nobody follows a closed one'],
    ['edited', {}, [FOLLOW], 'its title or base changed'],
    [
      'converted_to_draft',
      { draft: true },
      [{ kind: 'follow', snapshot: { ...SNAPSHOT, draft: true } }],
      'it became a draft',
    ],
    ['ready_for_review', {}, [FOLLOW], 'it is a draft no longer'],
    ['assigned', { labels: ['ephemeral'] }, [], 'nothing to us'],
    ['labeled', { ...ours, sender: { login: 'dependabot[bot]', type: 'Bot' } }, [], 'a bot may not ask'],
    ['labeled', { ...ours, sender: { login: 'Renovate[bot]', type: 'Bot' } }, [WANT], 'a bot that is allowed may'],
    [
      'labeled',
      { ...ours, sender: { login: 'mayfly[bot]', type: 'Bot' } },
      [],
      'Mayfly asks itself for nothing, whoever allowed it',
    ],
  ])('that is %s (%j) asks for %j: %s', async (...[action, more, asks]) => {
    expect(await asksAfter(action, more)).toEqual(asks);
  });

  it('says who, where and by which delivery', async () => {
    await app.deliver('pull_request', pullRequestEvent('labeled', ours), { id: 'guid-1' });
    expect(app.intake.received).toEqual([
      {
        deliveryId: 'guid-1',
        installationId: 7,
        pullRequest: { repository: 'dvsa/vol-app', number: 1721 },
        actor: 'alice',
        asks: [WANT],
      },
    ]);
  });

  it('tells people why nothing comes of their label, and bots nothing', async () => {
    await app.deliver('pull_request', pullRequestEvent('labeled', { ...ours, sender: { login: 'tess' } }));
    await app.deliver(
      'pull_request',
      pullRequestEvent('labeled', { ...ours, sender: { login: 'x[bot]', type: 'Bot' } }),
    );
    expect(app.intake.received).toMatchObject([
      {
        actor: 'tess',
        asks: [],
        comment: {
          id: null,
          understood: false,
          messages: [{ kind: 'not-allowed', login: 'tess', needed: 'write', label: 'ephemeral' }],
        },
      },
    ]);
  });

  it.each(['fork', 'deleted'] as const)('from another repository (%s) is passed on as such', async (fork) => {
    expect(await asksAfter('labeled', { ...ours, fork })).toEqual([
      { kind: 'want', snapshot: { ...SNAPSHOT, fromFork: true } },
    ]);
  });

  it.each([
    ['a bot', { login: 'dependabot[bot]', type: 'Bot' }, { author: 'dependabot[bot]', authorIsBot: true }],
    ['an account that was deleted', null, { author: 'ghost', authorIsBot: false }],
  ])('that was opened by %s is passed on as such', async (_, author, expected) => {
    expect(await asksAfter('synchronize', { author })).toEqual([
      { kind: 'follow', snapshot: { ...SNAPSHOT, ...expected } },
    ]);
  });

  it('costs one read when somebody asks, and none when something merely happened', async () => {
    await asksAfter('labeled', ours);
    expect(app.github.reads).toEqual(['/repos/dvsa/vol-app/collaborators/alice/permission']);
    app.github.reads.length = 0;
    await asksAfter('synchronize');
    await asksAfter('closed', { state: 'closed' });
    await asksAfter('labeled', { ...ours, sender: { login: 'dependabot[bot]', type: 'Bot' } });
    expect(app.github.reads).toEqual([]);
  });

  it('without an installation is answered and left alone', async () => {
    const { installation: _, ...payload } = pullRequestEvent('closed', { state: 'closed' });
    expect((await app.deliver('pull_request', payload)).status).toBe(200);
    expect(app.intake.received).toEqual([]);
  });
});

describe('where triage is enough to label', () => {
  it('gives an environment to whoever may triage', async () => {
    const lenient = await startApp({ labelPermission: 'triage' });
    lenient.github.roles.set('tess', 'triage');

    await lenient.deliver('pull_request', pullRequestEvent('labeled', { ...ours, sender: { login: 'tess' } }));

    expect(lenient.intake.received.flatMap(({ asks }) => asks)).toEqual([WANT]);
    await lenient.stop();
  });
});
