import { describe, expect, it } from '@jest/globals';
import { parseWorkflowContract } from '../../src/config/workflow-contract.ts';

const dispatch = 'workflow_dispatch:\n    inputs:\n      sha: {}\n      correlation_id: { type: string }\n';

describe('what a workflow says of being started by hand', () => {
  it.each([
    ['a mapping', `on:\n  push:\n  ${dispatch}`, ['sha', 'correlation_id']],
    ['no inputs', 'on:\n  workflow_dispatch:\n', []],
    ['a word', 'on: workflow_dispatch\n', []],
    ['a list of words', 'on: [push, workflow_dispatch]\n', []],
    ['other events only', 'on:\n  push: { branches: [main] }\n', null],
    ['another word', 'on: push\n', null],
  ])('is read from %s', (_, text, inputs) => {
    expect(parseWorkflowContract(text)?.inputs).toEqual(inputs);
  });

  it.each([
    ['${{ inputs.test_suite }} ${{ inputs.correlation_id }}', true],
    ["${{ format('{0} [{1}]', github.actor, inputs.correlation_id) }}", true],
    ['${{ github.event.inputs.correlation_id }}', true],
    ['Run of correlation_id', false],
    ['${{ inputs.test_suite }} inputs.correlation_id', false],
    ['${{ inputs.correlation_identity }}', false],
  ])('shows by %s whether a run is known again: %s', (runName, traceable) => {
    expect(parseWorkflowContract(`run-name: ${JSON.stringify(runName)}\non: push\n`)?.traceable).toBe(traceable);
  });

  it.each(['', 'a text', 'jobs: {}', 'on: {', 'on: 5', 'on:\n  workflow_dispatch:\n    inputs: [sha]\n'])(
    'is nothing in a file that is no workflow: %j',
    (text) => {
      expect(parseWorkflowContract(text)).toBeUndefined();
    },
  );
});
