import { describe, expect, it } from '@jest/globals';
import { createWorkflows } from '../../src/github/workflows.ts';
import { describeWorkflows, refusalOf, type WorkflowsUnderTest } from '../contract/workflows-contract.ts';
import { type LocalHub, startLocalHub } from './local-hub.ts';

const FILE = `
name: Suites
run-name: \${{ inputs.test_suite }} \${{ inputs.correlation_id }}
on:
  workflow_dispatch:
    inputs:
      test_suite: { type: choice, options: [smoke, regression] }
      correlation_id: {}
`;

async function open(): Promise<WorkflowsUnderTest & { hub: LocalHub }> {
  const hub = await startLocalHub();
  const { github, seed, clock } = hub;
  const { repository, branch, people } = seed;
  const path = '.github/workflows/suites.yaml';
  github.founding.addWorkflow(github.store.repository(repository), { path, name: 'Suites' });
  github.actions.push({ repository, actor: people.developer, ref: branch, files: { [path]: FILE } });
  const at = (runId: number) => ({ repository, actor: people.developer, runId });
  return {
    hub,
    workflows: createWorkflows(hub),
    place: { repository, installationId: seed.installation.id },
    branch,
    writer: people.developer,
    reader: people.outsider,
    start: (id) => github.actions.startWorkflowRun(at(id)),
    end: (id, conclusion) =>
      github.actions.completeWorkflowRun({ ...at(id), conclusion: conclusion === 'success' ? 'success' : 'failure' }),
    startAsSomebodyElse(inputs) {
      github.actions.dispatchWorkflow({
        repository,
        actor: people.developer,
        workflow: 'suites.yaml',
        ref: branch,
        inputs,
      });
    },
    settle: () => clock.advance(10),
    now: () => clock.now(),
  };
}

describeWorkflows(open);

describe('GitHub Actions', () => {
  it.each([
    ['an input that is not declared', 'suites.yaml', { shah: 'x' }, 'Unexpected inputs provided'],
    ['a choice that is none', 'suites.yaml', { test_suite: 'load' }, "'load'"],
    ['a workflow that is not there', 'nothing.yaml', {}, 'on the default branch as well'],
  ])('does not start %s, and it says so in words for the author', async (...[, workflow, inputs, words]) => {
    const { workflows, place, branch } = await open();
    const error = await refusalOf(workflows.start(place, { workflow, ref: branch, inputs: { ...inputs } }));

    expect(error).toMatchObject({ actor: 'author', message: expect.stringContaining(words) });
    expect(error.message).not.toContain('docs.github.com');
  });

  it('does not start what the app may not start, and it says who has to allow it', async () => {
    const { hub, workflows, place, branch } = await open();
    const message = 'Resource not accessible by integration';
    const effect = { kind: 'status', status: 403, message } as const;
    hub.github.faults.addRest({ operation: 'actions/create-workflow-dispatch', effect });
    const error = await refusalOf(workflows.start(place, { workflow: 'suites.yaml', ref: branch, inputs: {} }));

    expect(error).toMatchObject({ reason: 'WorkflowForbidden', actor: 'operator' });
    expect(error.message).toContain(message);
    expect(error.message).toContain('an owner of `acme` accepts `actions: write`');
  });

  it('is not understood to forbid what a limit stops for a while', async () => {
    const { hub, workflows, place, branch } = await open();
    const effect = { kind: 'secondary-limit', retryAfterSeconds: 90 } as const;
    hub.github.faults.addRest({ operation: 'actions/create-workflow-dispatch', effect });

    await expect(workflows.start(place, { workflow: 'suites.yaml', ref: branch, inputs: {} })).rejects.toMatchObject({
      name: 'TransientError',
      retryAfterSeconds: 90,
    });
  });

  it('is asked once more, without the id, where it does not know that it can give one', async () => {
    const { hub, workflows, place, branch } = await open();
    const message = 'Invalid request.\n\n"return_run_details" is not a permitted key.';
    hub.github.faults.addRest({
      operation: 'actions/create-workflow-dispatch',
      effect: { kind: 'status', status: 422, message },
    });
    const inputs = { correlation_id: 'c-1' };
    const link = await workflows.start(place, { workflow: 'suites.yaml', ref: branch, inputs });

    expect(link).toBeUndefined();
    expect(hub.github.store.repository(place.repository).workflowRuns.size).toBe(1);
  });
});
