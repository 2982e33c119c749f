import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ReleaseReason } from '../../../src/domain/intent.ts';
import type { Delivery } from '../../../src/reconcile/inbox/delivery.ts';
import type { Push } from '../../../src/reconcile/what-is-asked.ts';
import { type RunningApp, startApp } from '../running-app.ts';
import { BEFORE_SHA, HEAD_SHA, pullRequestEvent } from './payloads.ts';

let app: RunningApp;

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => await app.stop());
beforeEach(() => {
  app.intake.received.length = 0;
  app.github.reads.length = 0;
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
type Says = Delivery['says'];
const LABEL: Says = { kind: 'label', snapshot: SNAPSHOT };
const NEWS = { kind: 'follow', snapshot: SNAPSHOT, push: { by: 'unknown' } } as const;
const FOLLOW: Says = { kind: 'follow', ask: NEWS, before: null };
const pushed = (push: Push): Says => ({ kind: 'follow', ask: { ...NEWS, push }, before: BEFORE_SHA });
const PUSH = pushed({ by: 'person' });
const released = (reason: ReleaseReason): Says => ({ kind: 'release', ask: { kind: 'release', reason } });
const ours = { label: 'ephemeral', labels: ['bug', 'Ephemeral'] };

async function saidBy(action: string, more: Parameters<typeof pullRequestEvent>[1] = {}): Promise<Says[]> {
  const posted = await app.deliver('pull_request', pullRequestEvent(action, more));
  expect(posted.status).toBe(200);
  return app.intake.received.map(({ says }) => says);
}

describe('a pull request', () => {
  it.each<[action: string, more: Parameters<typeof pullRequestEvent>[1], says: Says[], reason: string]>([
    ['labeled', ours, [LABEL], 'the label asks for an environment'],
    ['labeled', { ...ours, sender: { login: 'stranger' } }, [LABEL], 'whether they may is found out later'],
    ['labeled', { label: 'bug', labels: ['bug', 'ephemeral'] }, [], 'another label'],
    ['labeled', { ...ours, state: 'closed' }, [], 'a closed one cannot have an environment'],
    ['opened', { labels: ['ephemeral'] }, [LABEL], 'opened with the label on it'],
    ['opened', { labels: ['bug'] }, [FOLLOW], 'opened without: its head is known from now on'],
    ['reopened', { labels: ['ephemeral'] }, [LABEL], 'reopened with the label still on it'],
    ['reopened', {}, [FOLLOW], 'reopened without'],
    [
      'opened',
      { labels: ['ephemeral'], sender: { login: 'dependabot[bot]', type: 'Bot' } },
      [FOLLOW],
      'a bot may not ask',
    ],
    ['unlabeled', { label: 'ephemeral' }, [released('unlabelled')], 'the label was taken off'],
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
      [released('unlabelled')],
      'whoever took it off',
    ],
    ['closed', { state: 'closed', merged: true }, [released('merged')], 'merged'],
    ['closed', { state: 'closed' }, [released('closed')], 'closed'],
    [
      'closed',
      { state: 'closed', sender: { login: 'dependabot[bot]', type: 'Bot' } },
      [released('closed')],
      'whoever closed it',
    ],
    ['synchronize', {}, [PUSH], 'the head moved'],
    [
      'synchronize',
      { sender: { login: 'github-actions[bot]', type: 'Bot' } },
      [pushed({ by: 'bot', login: 'github-actions[bot]' })],
      'a bot moved the head',
    ],
    [
      'synchronize',
      { sender: { login: 'renovate[bot]', type: 'Bot' } },
      [PUSH],
      'a bot moved the head whose word counts',
    ],
    ['synchronize', { state: 'closed' }, [], 'nobody follows a closed one'],
    ['edited', {}, [FOLLOW], 'its title or base changed'],
    [
      'converted_to_draft',
      { draft: true },
      [{ kind: 'follow', ask: { ...NEWS, snapshot: { ...SNAPSHOT, draft: true } }, before: null }],
      'it became a draft',
    ],
    ['ready_for_review', {}, [FOLLOW], 'it is a draft no longer'],
    ['assigned', { labels: ['ephemeral'] }, [], 'nothing to us'],
    ['labeled', { ...ours, sender: { login: 'dependabot[bot]', type: 'Bot' } }, [], 'a bot may not ask'],
    ['labeled', { ...ours, sender: { login: 'Renovate[bot]', type: 'Bot' } }, [LABEL], 'a bot that is allowed may'],
    [
      'labeled',
      { ...ours, sender: { login: 'mayfly[bot]', type: 'Bot' } },
      [],
      'Mayfly asks itself for nothing, whoever allowed it',
    ],
  ])('that is %s (%j) says %j: %s', async (...[action, more, says]) => {
    expect(await saidBy(action, more)).toEqual(says);
  });

  it('says who, where, when and by which delivery', async () => {
    await app.deliver('pull_request', pullRequestEvent('labeled', ours), { id: 'guid-1' });
    expect(app.intake.received).toEqual([
      {
        id: 'guid-1',
        digest: expect.any(String),
        installationId: 7,
        pullRequest: { repository: 'dvsa/vol-app', number: 1721 },
        sender: { login: 'alice', isBot: false },
        saidAt: new Date('2026-11-20T12:00:00Z'),
        says: LABEL,
      },
    ]);
  });

  it('was closed when GitHub says so, however much later it was changed last', async () => {
    const closed = pullRequestEvent('closed', { state: 'closed', closedAt: '2026-11-20T11:59:58Z' });
    await app.deliver('pull_request', closed);
    expect(app.intake.received).toMatchObject([{ saidAt: new Date('2026-11-20T11:59:58Z') }]);
  });

  it.each(['fork', 'deleted'] as const)('from another repository (%s) is passed on as such', async (fork) => {
    expect(await saidBy('labeled', { ...ours, fork })).toEqual([
      { kind: 'label', snapshot: { ...SNAPSHOT, fromFork: true } },
    ]);
  });

  it.each([
    ['a bot', { login: 'dependabot[bot]', type: 'Bot' }, { author: 'dependabot[bot]', authorIsBot: true }],
    ['an account that was deleted', null, { author: 'ghost', authorIsBot: false }],
  ])('that was opened by %s is passed on as such', async (_, author, expected) => {
    expect(await saidBy('edited', { author })).toEqual([
      { kind: 'follow', ask: { ...NEWS, snapshot: { ...SNAPSHOT, ...expected } }, before: null },
    ]);
  });

  it('costs GitHub no call, whatever is said', async () => {
    await saidBy('labeled', ours);
    await saidBy('synchronize');
    await saidBy('closed', { state: 'closed' });
    expect(app.intake.received).toHaveLength(3);
    expect(app.github.reads).toEqual([]);
  });

  it('without an installation is answered and left alone', async () => {
    const { installation: _, ...payload } = pullRequestEvent('closed', { state: 'closed' });
    expect((await app.deliver('pull_request', payload)).status).toBe(200);
    expect(app.intake.received).toEqual([]);
  });
});
