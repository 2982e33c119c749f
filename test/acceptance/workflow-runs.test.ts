import { describe, expect, it } from '@jest/globals';
import type { CheckRun } from '../../sim/github/entities/check-run.ts';
import type { WorkflowRun } from '../../sim/github/entities/workflow.ts';
import { pushImage } from '../../sim/seed/compute.ts';
import { quickBlueprint } from '../support/blueprints.ts';
import { CLOUD_MS, useLocalCloud } from '../support/local-cloud.ts';
import { openPullRequest, type PullRequest } from '../support/pull-request.ts';

/** A workflow that nobody plays but the test. */
const BUILD = `
name: Build by hand
run-name: Images \${{ inputs.correlation_id }}
on:
  workflow_dispatch:
    inputs: { sha: {}, service: {}, tag: {}, correlation_id: {} }
`;
const CHECK = 'ephemeral / regression';
const cloud = useLocalCloud();

const repository = () => cloud.now.github.store.repository(cloud.now.seed.repository);

/** Runs of one workflow for a pull request, oldest first. */
function runsOf(pull: PullRequest, workflow: string): readonly WorkflowRun[] {
  const { ref = '' } = repository().pullRequests.get(pull.number)?.head ?? {};
  return [...repository().workflowRuns.values()].filter(
    (run) => run.headBranch === ref && run.workflow.path.endsWith(workflow),
  );
}

const suitesOf = (pull: PullRequest) => runsOf(pull, 'ephemeral-cd.yaml');

/** `completed success: Passed at 1234567`, of the check runs of the suite at a commit. */
function checksOf(pull: PullRequest, sha = pull.head()): readonly CheckRun[] {
  return pull.checks(sha).filter(({ name }) => name === CHECK);
}

const outcome = (pull: PullRequest, sha?: string): string =>
  checksOf(pull, sha)
    .map(({ status, conclusion, output }) => `${status} ${conclusion}: ${output.title}`)
    .join('\n');

function play(pull: PullRequest, run: WorkflowRun | undefined, conclusion?: 'success' | 'failure'): void {
  const at = { ...pull.at, runId: run?.id ?? 0 };
  if (conclusion) {
    cloud.now.github.actions.completeWorkflowRun({ ...at, conclusion });
  } else {
    cloud.now.github.actions.startWorkflowRun(at);
  }
}

async function answered(pull: PullRequest, body: string): Promise<string> {
  const said = pull.say(body);
  await pull.until(`an answer to ${body}`, () => pull.reactionsTo(said).some((reaction) => reaction !== 'eyes'));
  return pull.repliesTo(said).join('\n');
}

/** Ready, with a suite that the repository's own workflow runs; the run that was asked for. */
async function askedForTests(): Promise<{ pull: PullRequest; run: WorkflowRun }> {
  const suites = { regression: { workflow: 'ephemeral-cd.yaml' } };
  const pull = openPullRequest(cloud, { blueprint: quickBlueprint({ suites }), labelled: true });
  await pull.untilReady();
  expect(await answered(pull, '/ephemeral test regression')).toContain(`\`${CHECK}\``);
  await pull.until('a run', () => outcome(pull).includes('Waiting for a runner'));
  const [run] = suitesOf(pull);
  if (!run) {
    throw new Error('no run');
  }
  return { pull, run };
}

describe('a suite of tests', () => {
  it(
    'runs at the commit that is served, shows where it is, and ends green with a link to its run',
    async () => {
      const { pull, run } = await askedForTests();
      expect(run.inputs).toMatchObject({ test_suite: 'regression', environment: pull.environment, sha: pull.head() });
      expect(JSON.parse(run.inputs['urls'] ?? '')).toEqual({
        web: expect.stringContaining(`web.${pull.environment}.`),
      });
      play(pull, run);
      await pull.until('work in hand', () => outcome(pull).startsWith('in_progress'));
      play(pull, run, 'success');
      await pull.until('a verdict', () => outcome(pull).startsWith('completed'));

      expect(outcome(pull)).toBe(`completed success: Passed at ${pull.head().slice(0, 7)}`);
      expect(checksOf(pull)[0]?.detailsUrl).toContain(`/actions/runs/${run.id}`);
      await pull.until('the comment', () => pull.comment().includes('`regression` ✅ passed ([run #'));
      expect(pull.comments()).toHaveLength(1);
      expect(cloud.now.github.violations).toEqual([]);
      pull.close();
    },
    CLOUD_MS,
  );

  it(
    'is one run for whoever asks while it goes on, and another for who asks afterwards',
    async () => {
      const { pull, run } = await askedForTests();
      expect(await answered(pull, '/ephemeral test regression')).toContain('asked for already');
      expect(await answered(pull, '/ephemeral test regresion')).toContain('did you mean `regression`');
      expect(suitesOf(pull)).toHaveLength(1);
      play(pull, run, 'failure');
      await pull.until('a verdict', () => outcome(pull).includes('Failed'));
      const [check] = checksOf(pull);
      cloud.now.github.actions.rerunCheck({ ...pull.at, checkRunId: check?.id ?? 0 });
      await pull.until('another run', () => suitesOf(pull).length === 2);

      await pull.until('both check runs', () => checksOf(pull).length === 2);
      pull.close();
    },
    CLOUD_MS,
  );

  it(
    'is concluded although the webhook of its end was lost',
    async () => {
      const { pull, run } = await askedForTests();
      cloud.now.github.faults.addWebhook({ event: 'workflow_run', times: 5, effect: 'drop' });
      play(pull, run, 'success');
      await pull.until('a verdict', () => outcome(pull).includes('Passed'));

      expect(outcome(pull)).toMatch(/^completed success/);
      cloud.now.github.faults.clear();
      pull.close();
    },
    CLOUD_MS,
  );

  it(
    'is void once another commit is deployed, and its run is cancelled',
    async () => {
      const { pull, run } = await askedForTests();
      const before = pull.head();
      play(pull, run);
      // The commit that is asked about is not served before the answer, however busy the machine.
      cloud.now.aws.faults.add({ operation: 'RegisterTaskDefinition', times: 1000, effect: { kind: 'throttle' } });
      pull.push({ 'app/api/new.php': '<?php\n' });
      await pull.until('the void', () => outcome(pull, before).includes('Does not count'));
      await pull.until('the end of the run', () => run.conclusion === 'cancelled');

      expect(outcome(pull, before)).toMatch(/^completed neutral/);
      expect(checksOf(pull)).toEqual([]);
      expect(await answered(pull, '/ephemeral test regression')).toContain('Ask again once it is.');
      cloud.now.aws.faults.clear();
      await pull.untilReady();
      expect(suitesOf(pull)).toHaveLength(1);
      pull.close();
    },
    CLOUD_MS,
  );

  it(
    'is one run when GitHub started it and its answer was lost',
    async () => {
      const suites = { regression: { workflow: 'ephemeral-cd.yaml' } };
      const pull = openPullRequest(cloud, { blueprint: quickBlueprint({ suites }), labelled: true });
      await pull.untilReady();
      cloud.now.github.faults.addRest({
        operation: 'actions/create-workflow-dispatch',
        effect: { kind: 'lose-answer' },
      });
      pull.say('/ephemeral test regression');
      await pull.until('a run', () => suitesOf(pull).length > 0);
      await pull.until('its check run', () => outcome(pull).includes('Waiting for a runner'));

      expect(suitesOf(pull)).toHaveLength(1);
      expect(checksOf(pull)[0]?.detailsUrl).toContain(`/actions/runs/${suitesOf(pull)[0]?.id}`);
      pull.close();
    },
    CLOUD_MS,
  );
});

describe('a missing image', () => {
  /** An environment whose image no push builds. */
  async function missing(): Promise<{ pull: PullRequest; tag: string; run: WorkflowRun | undefined }> {
    const images = { tag: 'pr-{sha7}', deadline: '30m', build: { workflow: 'by-hand.yaml' } };
    const path = '.github/workflows/by-hand.yaml';
    if (!repository().workflows.some((workflow) => workflow.path === path)) {
      cloud.now.github.founding.addWorkflow(repository(), { path, name: 'Build by hand' });
    }
    const pull = openPullRequest(cloud, { blueprint: quickBlueprint({ images }) });
    pull.push({ [path]: BUILD });
    pull.label();
    await pull.until('a build', () => pull.comment().includes('is being built: [run #'));
    return { pull, tag: `pr-${pull.head().slice(0, 7)}`, run: runsOf(pull, 'by-hand.yaml')[0] };
  }

  it(
    'is built by one run, and waited for',
    async () => {
      const { pull, tag, run } = await missing();
      expect(pull.comment()).toContain(`image \`vol-app/api:${tag}\` is being built: [run #${run?.runNumber}](`);
      expect(run?.inputs).toMatchObject({ sha: pull.head(), service: 'web', tag });
      play(pull, run);
      await pushImage(cloud.now.clients.ecr, `vol-app/api:${tag}`);
      play(pull, run, 'success');
      await pull.untilReady();

      expect(runsOf(pull, 'by-hand.yaml')).toHaveLength(1);
      expect(cloud.now.github.violations).toEqual([]);
      pull.close();
    },
    CLOUD_MS,
  );

  it(
    'says with a link that its build failed, and is built again when somebody deploys the commit once more',
    async () => {
      const { pull, tag, run } = await missing();
      play(pull, run, 'failure');
      await pull.until('the bad news', () => pull.comment().includes('could not be built'));
      expect(pull.comment()).toMatch(/could not be built: run #\S+ failed/);
      expect(pull.comment()).toContain(`([run #${run?.runNumber}](`);
      await pull.until('the check run', () => pull.check().startsWith('completed failure'));

      pull.say('/ephemeral redeploy');
      await pull.until('another build', () => runsOf(pull, 'by-hand.yaml').length === 2);
      await pushImage(cloud.now.clients.ecr, `vol-app/api:${tag}`);
      await pull.untilReady();
      pull.close();
    },
    CLOUD_MS,
  );
});
