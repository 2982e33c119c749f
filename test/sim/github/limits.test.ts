import { describe, expect, it } from '@jest/globals';
import { createSteppedClock } from '../../../sim/clock.ts';
import { appClient, refusal, stage, userClient } from './stage.ts';

describe('limits and failures', () => {
  it('count every request against the hour of its caller', async () => {
    const scene = await stage();
    const client = await appClient(scene);
    const first = await client.rest.repos.get(scene.repo);
    const second = await client.rest.repos.get(scene.repo);
    expect(Number(first.headers['x-ratelimit-remaining']) - Number(second.headers['x-ratelimit-remaining'])).toBe(1);
    const { data } = await client.rest.rateLimit.get();
    expect(data.resources.core).toMatchObject({ limit: 5000, used: 2 });
    expect(scene.github.violations).toEqual([]);
  }, 30_000);

  it('refuse everything once the primary limit is used up, until the hour is over', async () => {
    const clientClock = createSteppedClock({ startAt: new Date() });
    const { github, on, repo } = await stage({ clientClock });
    const person = userClient(github, github.store.account(on.actor).token);
    github.faults.addRest({ operation: 'repos/get', effect: { kind: 'primary-limit' } });
    expect((await refusal(person.rest.repos.get(repo))).status).toBe(403);
    const answer = await fetch(`${github.url}/user`, {
      headers: { authorization: `token ${github.store.account(on.actor).token ?? ''}` },
    });
    expect([answer.status, answer.headers.get('x-ratelimit-remaining')]).toEqual([403, '0']);
    clientClock.advance(3600);
    expect((await person.rest.repos.get(repo)).status).toBe(200);
  });

  it('say when to come back after a secondary limit', async () => {
    const { github, repo } = await stage();
    github.faults.addRest({ effect: { kind: 'secondary-limit', retryAfterSeconds: 7 } });
    const answer = await fetch(`${github.url}/repos/${repo.owner}/${repo.repo}`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([403, '7']);
    expect(await answer.json()).toMatchObject({ message: expect.stringContaining('secondary rate limit') });
    expect((await fetch(`${github.url}/repos/${repo.owner}/${repo.repo}`)).status).toBe(200);
  });

  it('hit the nth request of an operation with any status', async () => {
    const scene = await stage();
    const client = await appClient(scene);
    scene.github.faults.addRest({
      operation: 'issues/create-comment',
      skip: 1,
      effect: { kind: 'status', status: 502 },
    });
    const write = async () =>
      await client.rest.issues.createComment({ ...scene.repo, issue_number: scene.seed.number, body: 'x' });
    await write();
    expect((await refusal(write())).status).toBe(502);
    await write();
    expect(scene.github.store.repository('acme/shop').comments.size).toBe(2);
  });

  it('can lose the answer to work that was done', async () => {
    const scene = await stage();
    const client = await appClient(scene);
    scene.github.faults.addRest({ operation: 'issues/create-comment', effect: { kind: 'lose-answer' } });
    const attempt = client.rest.issues.createComment({ ...scene.repo, issue_number: scene.seed.number, body: 'done' });
    await expect(attempt).rejects.toThrow();
    expect([...scene.github.store.repository('acme/shop').comments.values()]).toMatchObject([{ body: 'done' }]);
  });

  it('answer 304 to who has the answer already', async () => {
    const { github, repo } = await stage();
    const url = `${github.url}/repos/${repo.owner}/${repo.repo}`;
    const etag = (await fetch(url)).headers.get('etag') ?? '';
    const again = await fetch(url, { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('count no 304 to a caller who said who they are, as GitHub’s best practices promise', async () => {
    const { github, repo, on } = await stage();
    const url = `${github.url}/repos/${repo.owner}/${repo.repo}`;
    const usedAfter = async (headers: { [name: string]: string }) => {
      const answer = await fetch(url, { headers });
      return { used: answer.headers.get('x-ratelimit-used'), etag: answer.headers.get('etag') ?? '' };
    };
    const authorization = `token ${github.store.account(on.actor).token ?? ''}`;
    const known = await usedAfter({ authorization });
    expect(known.used).toBe('1');
    expect((await usedAfter({ authorization, 'if-none-match': known.etag })).used).toBe('1');
    const { etag } = await usedAfter({});
    expect((await usedAfter({ 'if-none-match': etag })).used).toBe('2');
  });

  it('cut lists into pages and link them', async () => {
    const scene = await stage();
    const { github, on, repo } = scene;
    for (let index = 0; index < 7; index += 1) {
      github.actions.comment({ ...on, body: `comment ${index}` });
    }
    const client = await appClient(scene);
    const page = await client.rest.issues.listComments({ ...repo, issue_number: on.number, per_page: 3, page: 2 });
    expect(page.data.map(({ body }) => body)).toEqual(['comment 3', 'comment 4', 'comment 5']);
    expect(page.headers.link).toMatch(/page=1>; rel="prev".*page=3>; rel="next".*page=3>; rel="last"/);
    const all = await client.paginate(client.rest.issues.listComments, {
      ...repo,
      issue_number: on.number,
      per_page: 2,
    });
    expect(all).toHaveLength(7);
  });
});
