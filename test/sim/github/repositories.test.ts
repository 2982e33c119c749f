import { describe, expect, it } from '@jest/globals';
import type { ProbotOctokit } from 'probot';
import { appClient, refusal, stage } from './stage.ts';

describe('a repository', () => {
  it('gives a file at a branch, at a commit, encoded and raw', async () => {
    const scene = await stage({}, { blueprint: 'version: 1 # ünï\n' });
    const client = await appClient(scene);
    const at = { ...scene.repo, path: '.github/ephemeral.yml' };
    const { data } = await client.rest.repos.getContent({ ...at, ref: scene.seed.branch });
    expect(data).toMatchObject({ type: 'file', encoding: 'base64' });
    expect('content' in data && Buffer.from(data.content, 'base64').toString('utf8')).toBe('version: 1 # ünï\n');
    const raw = await client.rest.repos.getContent({ ...at, mediaType: { format: 'raw' } });
    expect(raw.data).toBe('version: 1 # ünï\n');
    const folder = await client.rest.repos.getContent({ ...scene.repo, path: 'app', ref: scene.seed.branch });
    expect(folder.data).toMatchObject([{ name: 'index.js' }, { name: 'checkout.js' }]);
    expect((await refusal(client.rest.repos.getContent({ ...at, path: 'none' }))).status).toBe(404);
    expect((await refusal(client.rest.repos.getContent({ ...at, ref: 'none' }))).message).toContain(
      'No commit found for the ref none',
    );
    expect(scene.github.violations).toEqual([]);
  });

  it('gives the tree of a folder, flat and with all that is below', async () => {
    const scene = await stage();
    const files = { 'db/V1__a.sql': 'a', 'db/2025/V2__b.sql': 'b', 'dbx/no.sql': 'c' };
    scene.github.actions.push({ ...scene.on, actor: 'shop-owner', ref: 'main', files });
    const client = await appClient(scene);
    const root = await client.rest.git.getTree({ ...scene.repo, tree_sha: 'main' });
    expect(root.data.tree.map(({ path }) => path)).toEqual(expect.arrayContaining(['db', 'dbx']));
    const at = { ...scene.repo, tree_sha: root.data.tree.find(({ path }) => path === 'db')?.sha ?? '' };
    const flat = await client.rest.git.getTree(at);
    expect(flat.data.tree.map(({ path, type }) => [path, type])).toEqual([
      ['2025', 'tree'],
      ['V1__a.sql', 'blob'],
    ]);
    const whole = await client.rest.git.getTree({ ...at, recursive: '1' });
    expect(whole.data.tree.map(({ path }) => path)).toEqual(['2025', '2025/V2__b.sql', 'V1__a.sql']);
    expect((await refusal(client.rest.git.getTree({ ...at, tree_sha: '0'.repeat(40) }))).status).toBe(404);
    expect(scene.github.violations).toEqual([]);
  });

  it('lists the commits that touch a path, newest first', async () => {
    const scene = await stage();
    const place = { repository: scene.on.repository, actor: 'shop-owner', ref: 'main' };
    const first = scene.github.actions.push({ ...place, files: { 'app/index.js': 'serve(1)\n' } });
    scene.github.actions.push({ ...place, files: { 'docs/a.md': 'a\n' } });
    const second = scene.github.actions.push({ ...place, files: { 'app/index.js': 'serve(2)\n' } });
    const client = await appClient(scene);
    const { data } = await client.rest.repos.listCommits({ ...scene.repo, path: 'app', sha: 'main' });
    expect(data.slice(0, 2).map(({ sha }) => sha)).toEqual([second.sha, first.sha]);
    expect(data).toHaveLength(3);
    const { data: none } = await client.rest.repos.listCommits({ ...scene.repo, path: 'ap' });
    expect(none).toEqual([]);
  });

  it('compares branches from where they parted', async () => {
    const scene = await stage();
    scene.github.actions.push({ ...scene.on, actor: 'shop-owner', ref: 'main', files: { 'docs/a.md': 'a\n' } });
    const client = await appClient(scene);
    const { data } = await client.rest.repos.compareCommitsWithBasehead({
      ...scene.repo,
      basehead: `main...${scene.seed.branch}`,
    });
    expect(data).toMatchObject({
      status: 'diverged',
      ahead_by: 1,
      behind_by: 1,
      files: [{ filename: 'app/checkout.js' }],
    });
    const { data: branch } = await client.rest.repos.getBranch({ ...scene.repo, branch: scene.seed.branch });
    expect(branch.commit.sha).toBe(data.commits[0]?.sha);
    const { data: commit } = await client.rest.repos.getCommit({ ...scene.repo, ref: scene.seed.branch });
    expect(commit).toMatchObject({ sha: branch.commit.sha, files: [{ filename: 'app/checkout.js', additions: 1 }] });
    const { data: pulls } = await client.rest.repos.listPullRequestsAssociatedWithCommit({
      ...scene.repo,
      commit_sha: commit.sha,
    });
    expect(pulls.map(({ number }) => number)).toEqual([scene.seed.number]);
    expect(scene.github.violations).toEqual([]);
  });

  it('tells labels apart without case and makes those it lacks', async () => {
    const scene = await stage();
    const client = await appClient(scene);
    const at = { ...scene.repo, issue_number: scene.seed.number };
    const { data } = await client.rest.issues.addLabels({ ...at, labels: ['EPHEMERAL', 'new'] });
    expect(data.map(({ name }) => name)).toEqual(['ephemeral', 'new']);
    expect((await refusal(client.rest.issues.createLabel({ ...scene.repo, name: 'New' }))).status).toBe(422);
    expect((await refusal(client.rest.issues.createLabel({ ...scene.repo, name: 'x'.repeat(51) }))).status).toBe(422);
    expect((await refusal(client.rest.issues.removeLabel({ ...at, name: 'absent' }))).message).toContain(
      'Label does not exist',
    );
    const { data: left } = await client.rest.issues.removeLabel({ ...at, name: 'Ephemeral' });
    expect(left.map(({ name }) => name)).toEqual(['new']);
    expect(scene.github.violations).toEqual([]);
  });

  it('keeps one reaction of a kind from each', async () => {
    const scene = await stage();
    const { id } = scene.github.actions.comment({ ...scene.on, body: '/ephemeral help' });
    const client = await appClient(scene);
    const at = { ...scene.repo, comment_id: id };
    expect((await client.rest.reactions.createForIssueComment({ ...at, content: 'eyes' })).status).toBe(201);
    expect((await client.rest.reactions.createForIssueComment({ ...at, content: 'eyes' })).status).toBe(200);
    await client.rest.reactions.createForIssueComment({ ...at, content: 'rocket' });
    const { data } = await client.rest.issues.getComment(at);
    expect(data.reactions).toMatchObject({ total_count: 2, eyes: 1, rocket: 1 });
    const { data: eyes } = await client.rest.reactions.listForIssueComment({ ...at, content: 'eyes' });
    await client.rest.reactions.deleteForIssueComment({ ...at, reaction_id: eyes[0]?.id ?? 0 });
    expect((await client.rest.reactions.listForIssueComment(at)).data.map(({ content }) => content)).toEqual([
      'rocket',
    ]);
    expect(scene.github.violations).toEqual([]);
  });

  it('runs a dispatched workflow until somebody completes it', async () => {
    const scene = await stage();
    const { github, repo, seed, on } = scene;
    const client = await appClient(scene);
    const at = { ...repo, workflow_id: 'build.yaml' };
    await client.rest.actions.createWorkflowDispatch({ ...at, ref: seed.branch, inputs: { sha: 'x' } });
    const { data } = await client.rest.actions.listWorkflowRuns({ ...at, branch: seed.branch });
    const runId = data.workflow_runs[0]?.id ?? 0;
    expect(data.workflow_runs).toMatchObject([
      { status: 'queued', event: 'workflow_dispatch', head_branch: seed.branch },
    ]);
    github.actions.startWorkflowRun({ ...on, runId });
    github.actions.completeWorkflowRun({ ...on, runId, conclusion: 'failure' });
    const { data: run } = await client.rest.actions.getWorkflowRun({ ...repo, run_id: runId });
    expect(run).toMatchObject({ status: 'completed', conclusion: 'failure' });
    const wrong = client.rest.actions.createWorkflowDispatch({ ...at, ref: seed.branch, inputs: { shah: 'x' } });
    expect((await refusal(wrong)).message).toContain('Unexpected inputs provided: ["shah"]');
    const nowhere = client.rest.actions.createWorkflowDispatch({ ...at, ref: 'none' });
    expect((await refusal(nowhere)).message).toContain('No ref found for: none');
    expect(github.violations).toEqual([]);
  });

  it('reads what a workflow takes, and how its runs are called, from its file at the commit', async () => {
    const scene = await stage();
    const { github, repo, seed, on } = scene;
    const client = await appClient(scene);
    const files = { '.github/workflows/build.yaml': SUITE_WORKFLOW };
    github.actions.push({ ...on, ref: seed.branch, files });
    const at = { ...repo, workflow_id: 'build.yaml', ref: seed.branch };
    const dispatch = async (inputs: Record<string, string>) => await dispatched(client, { ...at, inputs });

    const { data: run } = await client.rest.actions.getWorkflowRun({
      ...repo,
      run_id: await dispatch({ sha: 'x', id: 'c-1' }),
    });
    expect(run).toMatchObject({ display_title: 'smoke c-1', actor: { login: 'mayfly[bot]' }, run_number: 1 });
    expect((await refusal(dispatch({}))).message).toContain("Required input 'sha' not provided");
    expect((await refusal(dispatch({ sha: 'x', suite: 'load' }))).message).toContain("Provided value 'load'");
    expect(github.violations).toEqual([]);
  });

  it('ends a run that is cancelled a little later, and refuses to cancel one that is over', async () => {
    const scene = await stage();
    const { clock, github, repo, seed } = scene;
    const client = await appClient(scene);
    const at = { ...repo, workflow_id: 'build.yaml', ref: seed.branch };
    const run = { ...repo, run_id: await dispatched(client, at) };
    await client.rest.actions.cancelWorkflowRun(run);
    expect((await client.rest.actions.getWorkflowRun(run)).data.status).toBe('queued');
    clock.advance(5);
    expect((await client.rest.actions.getWorkflowRun(run)).data.conclusion).toBe('cancelled');
    expect((await refusal(client.rest.actions.cancelWorkflowRun(run))).status).toBe(409);
    expect(github.violations).toEqual([]);
  });
});

type Dispatch = NonNullable<Parameters<ProbotOctokit['rest']['actions']['createWorkflowDispatch']>[0]>;

/** The id of the run. Octokit's type of the answer still says that there is none. */
async function dispatched(client: ProbotOctokit, at: Dispatch): Promise<number> {
  const { data }: { data: unknown } = await client.rest.actions.createWorkflowDispatch({
    ...at,
    return_run_details: true,
  });
  return (data as { workflow_run_id: number }).workflow_run_id;
}

/** A workflow as GitHub reads it. */
const SUITE_WORKFLOW = `
name: Suites
run-name: \${{ inputs.suite || 'push' }} \${{ inputs.id }}
on:
  push:
  workflow_dispatch:
    inputs:
      suite: { type: choice, default: smoke, options: [smoke, regression] }
      sha: { required: true }
      id: { required: false }
jobs: {}
`;
