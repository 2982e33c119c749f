import { describe, expect, it } from '@jest/globals';
import { appClient, receiver, secret, stage } from './stage.ts';

describe('the whole life of a pull request', () => {
  it('is told as GitHub tells it, and departs from its descriptions nowhere', async () => {
    const scene = await stage();
    const { github, on, repo, seed } = scene;
    const { actions } = github;
    const { url, received } = await receiver();
    github.setWebhook(url, secret);
    const client = await appClient(scene);

    actions.label({ ...on, label: 'ephemeral' });
    const { data: comment } = await client.rest.issues.createComment({ ...repo, issue_number: on.number, body: '🟡' });
    const { data: check } = await client.rest.checks.create({
      ...repo,
      name: 'ephemeral',
      head_sha: seed.branch,
      status: 'in_progress',
      output: { title: 'Cloning database (2 of 7)', summary: '| a | b |' },
      actions: [{ label: 'Tear down', description: 'Removes the environment', identifier: 'destroy' }],
    });
    const { data: deployment } = await client.rest.repos.createDeployment({
      ...repo,
      ref: seed.branch,
      task: 'pr-1',
      environment: 'ephemeral',
      transient_environment: true,
      auto_merge: false,
      required_contexts: [],
      payload: { number: on.number },
    });
    const deployment_id = 'id' in deployment ? deployment.id : 0;
    const environment_url = 'https://app.pr-1.example.gov.uk';
    await client.rest.repos.createDeploymentStatus({ ...repo, deployment_id, state: 'success', environment_url });
    await client.rest.checks.update({ ...repo, check_run_id: check.id, conclusion: 'success' });
    await client.rest.issues.updateComment({ ...repo, comment_id: comment.id, body: '🟢' });
    actions.comment({ ...on, body: '/ephemeral extend 3d' });
    actions.push({ ...on, ref: seed.branch, files: { 'app/checkout.js': 'pay(3)\n' } });
    actions.rerunCheck({ ...on, checkRunId: check.id });
    actions.rerunAllChecks(on);
    actions.convertToDraft(on);
    actions.readyForReview(on);
    actions.editPullRequest({ ...on, title: 'feat: checkout, twice' });
    actions.close(on);
    actions.reopen(on);
    actions.unlabel({ ...on, label: 'ephemeral' });
    await client.rest.repos.createDeploymentStatus({ ...repo, deployment_id, state: 'inactive' });
    actions.merge(on);
    actions.deleteBranch({ ...on, ref: seed.branch });
    await github.settled();

    expect(github.violations).toEqual([]);
    expect(received.map(({ name }) => name)).toEqual([
      'ping',
      'pull_request.labeled',
      'issue_comment.created',
      'check_run.created',
      'deployment.created',
      'deployment_status.created',
      'check_run.completed',
      'check_suite.completed',
      'issue_comment.edited',
      'issue_comment.created',
      'push',
      'pull_request.synchronize',
      'check_suite.requested',
      'check_run.rerequested',
      'check_suite.rerequested',
      'pull_request.converted_to_draft',
      'pull_request.ready_for_review',
      'pull_request.edited',
      'pull_request.closed',
      'pull_request.reopened',
      'pull_request.unlabeled',
      'push',
      'check_suite.requested',
      'pull_request.closed',
      'push',
    ]);
    expect(received.every(({ headers }) => headers['x-hub-signature-256']?.startsWith('sha256='))).toBe(true);
  });

  it('may begin with the app being installed on more, or on less', async () => {
    const { github, seed } = await stage();
    const { url, received } = await receiver();
    github.founding.addRepository({ owner: 'acme', name: 'till', files: { 'README.md': 'till\n' } });
    github.setWebhook(url, secret);
    const change = { actor: seed.people.owner, installation: seed.installation };
    github.actions.changeInstalledRepositories({ ...change, removed: ['acme/shop'] });
    github.actions.changeInstalledRepositories({ ...change, added: ['acme/shop'] });
    github.actions.uninstallApp(change);
    github.actions.installApp({ actor: seed.people.owner, account: 'acme', repositories: ['acme/till'] });
    await github.settled();
    expect(github.violations).toEqual([]);
    expect(received.map(({ name }) => name)).toEqual([
      'ping',
      'installation_repositories.removed',
      'installation_repositories.added',
      'installation.deleted',
      'installation.created',
    ]);
    expect(received.at(-1)?.payload).toMatchObject({ repositories: [{ full_name: 'acme/till' }] });
  });
});
