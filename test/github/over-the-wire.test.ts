import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createApp } from '../../src/github/app.ts';
import { createReporter } from '../../src/github/reporter.ts';
import { createWebServer, type WebServer } from '../../src/github/server.ts';
import { createCapturedLog } from './captured-log.ts';
import { type LocalHub, startLocalHub } from './local-hub.ts';
import { createTestMemory } from './memory.ts';
import { createRecordingIntake, type RecordingIntake } from './recording-intake.ts';
import { report } from './report/report-fixture.ts';
import { PATH, SECRET } from './running-app.ts';

let hub: LocalHub;
let intake: RecordingIntake;
let server: WebServer;
let on: { repository: string; actor: string; number: number };

beforeEach(async () => {
  hub = await startLocalHub();
  intake = createRecordingIntake();
  const { probot, octokits, identity, seed } = hub;
  const app = createApp({
    intake,
    octokits,
    label: 'ephemeral',
    allowedBots: [],
    ...identity,
  });
  server = await createWebServer({
    probot,
    app,
    path: PATH,
    log: createCapturedLog().log,
    check: async () => undefined,
  });
  const { port } = await server.listen({ port: 0 });
  hub.github.setWebhook(`http://127.0.0.1:${port}${PATH}`, SECRET);
  on = { repository: seed.repository, actor: seed.people.developer, number: seed.number };
});
afterEach(async () => await server.close());

/** What was said by the time every webhook was answered, each with 2xx. */
async function said(): Promise<unknown[]> {
  await hub.github.settled();
  expect(hub.github.deliveries.filter(({ statusCode }) => statusCode < 200 || statusCode > 299)).toEqual([]);
  return intake.received.map(({ says }) => says);
}

describe('a person on GitHub', () => {
  it('asks for an environment by label, follows it by push and lets go by closing', async () => {
    hub.github.actions.label({ ...on, label: 'ephemeral' });
    const { sha } = hub.github.actions.push({ ...on, ref: hub.seed.branch, files: { 'a.txt': '1' } });
    hub.github.actions.close(on);
    expect(await said()).toMatchObject([
      { kind: 'label', snapshot: { headSha: hub.head, headRef: 'feature/checkout', baseRef: 'main', fromFork: false } },
      { kind: 'follow', ask: { snapshot: { headSha: sha } }, before: hub.head },
      { kind: 'release', ask: { reason: 'closed' } },
    ]);
    expect(intake.received.map(({ saidAt }) => saidAt)).toEqual(intake.received.map(() => hub.clock.now()));
  });

  it('merges, and that is known as a merge', async () => {
    hub.github.actions.merge(on);
    expect(await said()).toMatchObject([{ kind: 'release', ask: { reason: 'merged' } }]);
  });

  it('is heard in a comment, whoever it is', async () => {
    hub.github.actions.comment({ ...on, body: '/ephemeral redeploy' });
    hub.github.actions.comment({ ...on, actor: hub.seed.people.outsider, body: '/ephemeral destroy' });
    expect(await said()).toMatchObject([{ commands: [{ name: 'redeploy' }] }, { commands: [{ name: 'destroy' }] }]);
    expect(intake.received.map(({ sender, saidAt }) => [sender.login, saidAt])).toEqual([
      [on.actor, hub.clock.now()],
      [hub.seed.people.outsider, hub.clock.now()],
    ]);
  });

  it('pushes the buttons of the check run', async () => {
    const { repository, number, installation } = hub.seed;
    const environment = { id: `${repository}#${number}`, pullRequest: { repository, number }, name: `pr-${number}` };
    const published = report({ environment, installationId: installation.id, headSha: hub.head, servedSha: hub.head });
    await createReporter(hub).publish(published, createTestMemory());
    const [run] = hub.github.store.repository(repository).checkRuns.values();
    const at = { ...on, checkRunId: run?.id ?? 0 };
    for (const identifier of ['extend-1d', 'redeploy', 'destroy']) {
      hub.github.actions.clickCheckAction({ ...at, identifier });
    }
    hub.github.actions.rerunCheck(at);
    expect(await said()).toEqual([
      { kind: 'button', ask: { kind: 'extend', bySeconds: 86_400 } },
      { kind: 'button', ask: { kind: 'redeploy', sha: hub.head } },
      { kind: 'button', ask: { kind: 'release', reason: 'asked' } },
      { kind: 'button', ask: { kind: 'redeploy', sha: hub.head } },
    ]);
  });

  it('counts once when GitHub delivers twice', async () => {
    hub.github.faults.addWebhook({ event: 'pull_request', action: 'labeled', effect: 'duplicate' });
    hub.github.actions.label({ ...on, label: 'ephemeral' });
    expect(await said()).toHaveLength(1);
    expect(hub.github.deliveries.filter(({ action }) => action === 'labeled')).toHaveLength(2);
  });

  it('sees their fork passed on as one', async () => {
    const actor = hub.seed.people.outsider;
    hub.github.actions.pushToFork({ ...on, actor, ref: 'theirs', files: { 'a.txt': '1' } });
    const { number } = hub.github.actions.openPullRequest({
      ...on,
      actor,
      head: 'theirs',
      forkOwner: actor,
      title: 'x',
    });
    hub.github.actions.label({ ...on, number, label: 'ephemeral' });
    expect(await said()).toMatchObject([
      { kind: 'follow', ask: { snapshot: { fromFork: true } } },
      { kind: 'label', snapshot: { fromFork: true } },
    ]);
  });

  it('takes the app away, and it forgets the client', async () => {
    const before = await hub.octokits.forInstallation(hub.seed.installation.id);
    hub.github.actions.uninstallApp({ actor: hub.seed.people.owner, installation: hub.seed.installation });
    expect(await said()).toEqual([]);
    expect(await hub.octokits.forInstallation(hub.seed.installation.id)).not.toBe(before);
  });

  it('costs GitHub no call, whatever they do', async () => {
    const before = hub.github.requestLog.length;
    hub.github.actions.label({ ...on, label: 'ephemeral' });
    hub.github.actions.comment({ ...on, body: '/ephemeral create' });
    await said();
    expect(hub.github.requestLog.slice(before)).toEqual([]);
  });
});
