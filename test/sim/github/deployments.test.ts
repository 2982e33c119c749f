import { describe, expect, it } from '@jest/globals';
import { appClient, refusal, stage } from './stage.ts';

async function deploying() {
  const scene = await stage();
  const client = await appClient(scene);
  const deploy = async (more: { transient_environment?: boolean; environment?: string } = {}) => {
    const wanted = {
      ...scene.repo,
      ref: scene.seed.branch,
      environment: 'ephemeral',
      auto_merge: false,
      required_contexts: [],
      ...more,
    };
    const { data } = await client.rest.repos.createDeployment(wanted);
    return 'id' in data ? data.id : 0;
  };
  const say = async (deployment_id: number, state: 'success' | 'inactive') =>
    await client.rest.repos.createDeploymentStatus({ ...scene.repo, deployment_id, state });
  const statesOf = async (deployment_id: number) => {
    const { data } = await client.rest.repos.listDeploymentStatuses({ ...scene.repo, deployment_id });
    return data.map(({ state }) => state);
  };
  return { ...scene, client, deploy, say, statesOf };
}

describe('deployments', () => {
  it('make the ones before them inactive when they succeed', async () => {
    const { deploy, say, statesOf, github } = await deploying();
    const [first, second] = [await deploy(), await deploy()];
    await say(first, 'success');
    await say(second, 'success');
    expect([await statesOf(first), await statesOf(second)]).toEqual([['inactive', 'success'], ['success']]);
    expect(github.violations).toEqual([]);
  });

  it('leave transient ones and other environments alone', async () => {
    const { deploy, say, statesOf } = await deploying();
    const [transient, elsewhere, last] = [
      await deploy({ transient_environment: true }),
      await deploy({ environment: 'other' }),
      await deploy(),
    ];
    for (const id of [transient, elsewhere, last]) {
      await say(id, 'success');
    }
    expect([await statesOf(transient), await statesOf(elsewhere)]).toEqual([['success'], ['success']]);
  });

  it('are moved to the environment that a status names, and remember the first', async () => {
    const { client, deploy, repo, github } = await deploying();
    const deployment_id = await deploy();
    const move = { ...repo, deployment_id, state: 'success', environment: 'other' } as const;
    expect((await client.rest.repos.createDeploymentStatus(move)).data.environment).toBe('other');
    const { data } = await client.rest.repos.getDeployment({ ...repo, deployment_id });
    expect(data).toMatchObject({ environment: 'other', original_environment: 'ephemeral' });
    expect(github.violations).toEqual([]);
  });

  it('are refused a status described in more than 140 characters', async () => {
    const { client, deploy, repo, statesOf, github } = await deploying();
    const id = await deploy();
    const describeIn = async (length: number) =>
      await client.rest.repos.createDeploymentStatus({
        ...repo,
        deployment_id: id,
        state: 'success',
        description: 'x'.repeat(length),
      });
    expect(await refusal(describeIn(141))).toMatchObject({ status: 422, message: expect.stringContaining('too long') });
    expect(await statesOf(id)).toEqual([]);
    expect((await describeIn(140)).status).toBe(201);
    expect(github.violations).toEqual([]);
  });

  it('can be deleted when inactive or alone', async () => {
    const { deploy, say, client, repo, github } = await deploying();
    const [first, second] = [await deploy(), await deploy()];
    const remove = async (deployment_id: number) =>
      await client.rest.repos.deleteDeployment({ ...repo, deployment_id });
    expect((await refusal(remove(first))).message).toContain('cannot delete an active deployment');
    await say(first, 'inactive');
    await remove(first);
    await remove(second);
    expect(github.store.repository('acme/shop').deployments.size).toBe(0);
    await client.request('DELETE /repos/{owner}/{repo}/environments/{environment_name}', {
      ...repo,
      environment_name: 'ephemeral',
    });
    expect(github.violations).toEqual([]);
  });

  it('bring a branch up to date instead, unless told not to', async () => {
    const { client, repo, seed, github, on } = await deploying();
    github.actions.push({ ...on, actor: 'shop-owner', ref: 'main', files: { 'docs/a.md': 'a\n' } });
    const { status, data } = await client.rest.repos.createDeployment({
      ...repo,
      ref: seed.branch,
      required_contexts: [],
    });
    expect([status, data]).toEqual([202, { message: `Auto-merged main into ${seed.branch} on deployment.` }]);
    expect(github.violations).toEqual([]);
  });

  it('wait for every check of the commit, unless told not to', async () => {
    const { client, repo, seed } = await deploying();
    await client.rest.checks.create({ ...repo, name: 'ephemeral', head_sha: seed.branch, status: 'in_progress' });
    const attempt = client.rest.repos.createDeployment({ ...repo, ref: seed.branch, auto_merge: false });
    expect((await refusal(attempt)).status).toBe(409);
  });

  it('are found by what they were made with', async () => {
    const { deploy, client, repo } = await deploying();
    const [first] = [await deploy({ environment: 'one' }), await deploy({ environment: 'two' })];
    const { data } = await client.rest.repos.listDeployments({ ...repo, environment: 'one' });
    expect(data.map(({ id }) => id)).toEqual([first]);
  });
});
