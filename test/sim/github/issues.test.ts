import { describe, expect, it } from '@jest/globals';
import { appClient, probotFor, receiver, refusal, secret, stage } from './stage.ts';

const label = 'ephemeral';

describe('pull requests, listed as issues', () => {
  it('are found by label and state, the label in whatever case', async () => {
    const scene = await stage();
    const { github, on, repo } = scene;
    const octokit = await appClient(scene);
    const numbers = async (query: { labels?: string; state?: 'open' | 'closed' | 'all' }) =>
      (await octokit.rest.issues.listForRepo({ ...repo, ...query })).data.map(({ number }) => number);
    expect(await numbers({ labels: label })).toEqual([]);
    github.actions.label({ ...on, label });
    expect(await numbers({ labels: 'Ephemeral' })).toEqual([on.number]);
    github.actions.close(on);

    expect(await numbers({ labels: label })).toEqual([]);
    expect(await numbers({ labels: label, state: 'all' })).toEqual([on.number]);
    expect(github.violations).toEqual([]);
  });

  it('tell who labelled, unlabelled, closed and reopened them, and when', async () => {
    const scene = await stage();
    const { github, on, repo, seed, clock } = scene;
    const octokit = await appClient(scene);
    github.actions.label({ ...on, label });
    clock.advance(60);
    github.actions.unlabel({ ...on, actor: seed.people.owner, label });
    github.actions.close(on);
    github.actions.reopen(on);
    github.actions.merge(on);
    const { data } = await octokit.rest.issues.listEvents({ ...repo, issue_number: on.number });

    expect(data.map(({ event, actor, created_at }) => [event, actor?.login, created_at])).toEqual([
      ['labeled', on.actor, '2026-11-20T09:00:00Z'],
      ['unlabeled', seed.people.owner, '2026-11-20T09:01:00Z'],
      ['closed', on.actor, '2026-11-20T09:01:00Z'],
      ['reopened', on.actor, '2026-11-20T09:01:00Z'],
      ['merged', on.actor, '2026-11-20T09:01:00Z'],
      ['closed', on.actor, '2026-11-20T09:01:00Z'],
    ]);
    expect(data[0]).toMatchObject({ label: { name: label } });
    expect(github.violations).toEqual([]);
  });
});

describe('deliveries of webhooks', () => {
  async function delivered(count: number) {
    const scene = await stage();
    const { url } = await receiver();
    scene.github.setWebhook(url, secret);
    for (let made = 0; made < count; made += 1) {
      scene.github.actions.comment({ ...scene.on, body: `${made}` });
    }
    await scene.github.settled();
    return { ...scene, octokit: await probotFor(scene.github).auth() };
  }

  it('are listed newest first, page after page, by a cursor', async () => {
    const { octokit, github } = await delivered(5);
    const pages = await octokit.paginate(octokit.rest.apps.listWebhookDeliveries, { per_page: 2 }, ({ data }) => [
      data.map(({ id }) => id),
    ]);
    const ids = github.deliveries.map(({ id }) => id).toReversed();

    expect(pages).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)]);
    expect(github.violations).toEqual([]);
  });

  it('are kept for three days, and then can be had no more', async () => {
    const { octokit, clock, github } = await delivered(1);
    const id = github.deliveries[0]?.id ?? 0;
    clock.advance(3 * 24 * 3600 + 1);

    expect((await octokit.rest.apps.listWebhookDeliveries()).data).toEqual([]);
    const asked = octokit.rest.apps.redeliverWebhookDelivery({ delivery_id: id });
    expect(await refusal(asked)).toMatchObject({ status: 404 });
  });
});
