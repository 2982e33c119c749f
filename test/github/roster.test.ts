import { beforeEach, describe, expect, it } from '@jest/globals';
import { createForge } from '../../src/github/forge.ts';
import { createRoster } from '../../src/github/roster.ts';
import type { Roster } from '../../src/reconcile/roster.ts';
import { type LocalHub, startLocalHub } from './local-hub.ts';

const label = 'ephemeral';
let hub: LocalHub;
let roster: Roster;
let installationId: number;
let repository: string;
let at: { repository: string; installationId: number; label: string };
let place: { repository: string; actor: string; number: number };

beforeEach(async () => {
  hub = await startLocalHub({ credentialsFollowClock: true });
  const { ownLogin } = hub.identity;
  const { probot, octokits } = hub;
  const allowedBots = ['renovate[bot]', ownLogin];
  roster = createRoster({ probot, octokits, labelPermission: 'write', allowedBots, ownLogin });
  installationId = hub.seed.installation.id;
  ({ repository } = hub.seed);
  at = { repository, installationId, label };
  place = { repository, actor: hub.seed.people.developer, number: hub.seed.number };
});

/** Statuses of the calls of one operation. */
function statusesOf(asked: string): number[] {
  return hub.github.requestLog.filter(({ operation }) => operation === asked).map(({ status }) => status);
}

/** Opens and labels so many pull requests more. */
function openLabelled(count: number): void {
  for (let made = 0; made < count; made += 1) {
    const head = `labelled-${made}`;
    hub.github.actions.push({ ...place, ref: head, files: { [`${head}.txt`]: head } });
    const { number } = hub.github.actions.openPullRequest({ ...place, number: 500 + made, head, title: head });
    hub.github.actions.label({ ...place, number, label });
  }
}

describe('what the app may see', () => {
  it('is its installations, but for one that is suspended, where nothing can be asked', async () => {
    expect(await roster.installations()).toEqual([installationId]);
    hub.seed.installation.suspendedAt = hub.clock.now();
    expect(await roster.installations()).toEqual([]);
    await expect(roster.repositories(installationId)).rejects.toMatchObject({ name: 'TerminalError' });
  });

  it('is the repositories of each, on all pages, but for archived ones', async () => {
    const [owner = ''] = repository.split('/');
    for (let made = 100; made < 204; made += 1) {
      hub.github.founding.addRepository({ owner, name: `r${made}`, files: { a: '1' } });
    }
    hub.github.store.repository(`${owner}/r150`).isArchived = true;
    const seen = await roster.repositories(installationId);

    expect(seen).toHaveLength(104);
    expect(seen).toContain(repository);
    expect(seen).not.toContain(`${owner}/r150`);
  });

  it('is what it was given and no more', async () => {
    const { installation, people } = hub.seed;
    hub.github.actions.changeInstalledRepositories({ actor: people.owner, installation, removed: [repository] });

    expect(await roster.repositories(installationId)).toEqual([]);
  });
});

describe('labelled pull requests', () => {
  it('are those that are open and carry the label, in whatever case it is written', async () => {
    expect(await roster.labelled(at)).toEqual([]);
    hub.github.actions.label({ ...place, label });
    expect(await roster.labelled({ ...at, label: 'Ephemeral' })).toEqual([place.number]);
    hub.github.actions.close(place);

    expect(await roster.labelled(at)).toEqual([]);
  });

  it('cost nothing while they stay the same', async () => {
    hub.github.actions.label({ ...place, label });
    await roster.labelled(at);
    const left = hub.github.requestLog.length;
    expect(await roster.labelled(at)).toEqual([place.number]);
    expect(hub.github.requestLog.length).toBe(left + 1);
    hub.github.actions.unlabel({ ...place, label });
    expect(await roster.labelled(at)).toEqual([]);

    expect(statusesOf('issues/list-for-repo')).toEqual([200, 304, 200]);
  });

  it('are all found where there are more than a page of them', async () => {
    openLabelled(101);
    expect(await roster.labelled(at)).toHaveLength(101);
    expect(await roster.labelled(at)).toHaveLength(101);
  });

  it('of a repository that is gone are refused for good, and those of a spent hour for now', async () => {
    const gone = roster.labelled({ ...at, repository: 'acme/gone' });
    await expect(gone).rejects.toMatchObject({ name: 'TerminalError', reason: 'GitHubNotFound' });
    hub.github.faults.addRest({ operation: 'issues/list-for-repo', effect: { kind: 'primary-limit' } });

    await expect(roster.labelled(at)).rejects.toMatchObject({ name: 'TransientError', reason: 'RateLimit' });
  });
});

describe('who labelled', () => {
  const history = async () =>
    await createForge(hub.octokits, { allowedBots: [] }).labelHistory(
      { repository, number: place.number },
      installationId,
      label,
    );
  const by = (login: string) => ({ login, isBot: false });

  it('is told by the last event that asks for an environment: a label, or a reopening', async () => {
    const { owner, developer } = hub.seed.people;
    expect(await history()).toEqual({ asked: null, takenOff: null });
    hub.github.actions.label({ ...place, label: 'bug' });
    hub.github.actions.label({ ...place, label });
    expect((await history()).asked).toMatchObject({ by: by(developer) });
    hub.clock.advance(60);
    hub.github.actions.close(place);
    hub.github.actions.reopen({ ...place, actor: owner });

    expect(await history()).toMatchObject({ asked: { by: by(owner) }, takenOff: null });
  });

  it('tells who took it off, until it is there again', async () => {
    const { owner } = hub.seed.people;
    hub.github.actions.label({ ...place, label });
    hub.clock.advance(90);
    hub.github.actions.unlabel({ ...place, actor: owner, label });
    const { takenOff } = await history();
    expect(takenOff?.by).toEqual(by(owner));
    expect(Math.abs((takenOff?.at.getTime() ?? 0) - hub.clock.now().getTime())).toBeLessThan(1000);
    hub.github.actions.label({ ...place, label });

    expect((await history()).takenOff).toBeNull();
  });

  it('is found behind a hundred other events', async () => {
    hub.github.actions.label({ ...place, label });
    for (let times = 0; times < 60; times += 1) {
      hub.github.actions.label({ ...place, label: 'bug' });
      hub.github.actions.unlabel({ ...place, label: 'bug' });
    }
    hub.github.actions.unlabel({ ...place, label });

    expect((await history()).takenOff).not.toBeNull();
  });

  it('is nobody where there is no such pull request', async () => {
    const forge = createForge(hub.octokits, { allowedBots: [] });
    const none = await forge.labelHistory({ repository, number: 9999 }, installationId, label);
    expect(none).toEqual({ asked: null, takenOff: null });
  });

  it.each([
    ['somebody who may write', 'shop-developer', true],
    ['a stranger', 'shop-outsider', false],
    ['a bot that is listed', 'renovate[bot]', true],
    ['a bot that is not', 'dependabot[bot]', false],
    ['Mayfly itself, whoever lists it', 'mayfly[bot]', false],
  ])('%s is judged as the sender of a webhook', async (_what, login, may) => {
    const isBot = login.endsWith('[bot]');
    const pullRequest = { repository, number: place.number };
    expect(await roster.mayLabel({ person: { login, isBot }, pullRequest, installationId })).toBe(may);
  });
});

describe('an environment whose repository the app has lost', () => {
  it('is told to be gone where the app was uninstalled, and its label holds nothing up', async () => {
    const { people, installation } = hub.seed;
    const forge = createForge(hub.octokits, { allowedBots: [] });
    const ref = { repository, number: place.number };
    hub.github.actions.uninstallApp({ actor: people.owner, installation });

    expect(await forge.pullRequest(ref, installationId)).toBeUndefined();
    await forge.removeLabel(ref, installationId, label);
  });

  it('lives until its time is up where the app is suspended: nothing is known, and a label that cannot be taken off is no reason to wait', async () => {
    const forge = createForge(hub.octokits, { allowedBots: [] });
    const ref = { repository, number: place.number };
    hub.seed.installation.suspendedAt = hub.clock.now();

    await expect(forge.pullRequest(ref, installationId)).rejects.toMatchObject({ name: 'TerminalError' });
    await expect(forge.removeLabel(ref, installationId, label)).rejects.toMatchObject({ name: 'TerminalError' });
  });
});
