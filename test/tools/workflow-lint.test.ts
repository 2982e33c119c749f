import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { findingText } from '../../tools/workflow-lint/finding.ts';
import { createWorkflowLinter } from '../../tools/workflow-lint/lint.ts';
import { workflowFiles } from '../../tools/workflow-lint/workflow-files.ts';
import { startProgram } from '../support/program.ts';

// Two start a process, on a machine that may be busy.
jest.setTimeout(30_000);

const SHA = 'de0fac2e4500dabe0009e67214ff5f5447ce83dd';
const lint = await createWorkflowLinter();

/** Of a workflow that is good but for what the test puts in. */
function findingsOf({
  top = 'permissions: {}',
  runner = 'ubuntu-24.04',
  step = 'run: echo hello',
}: {
  top?: string;
  runner?: string;
  step?: string;
}): string[] {
  const text = `name: Planted
on:
  workflow_dispatch:
    inputs:
      who: { type: string }
${top}
jobs:
  only:
    runs-on: ${runner}
    steps:
      - ${step.replaceAll('\n', '\n        ')}
`;
  return lint({ file: 'planted.yml', text }).map(findingText);
}

describe('the linter of workflows', () => {
  it('has nothing to say of a good one', () => {
    expect(findingsOf({})).toEqual([]);
    expect(findingsOf({ step: `uses: actions/checkout@${SHA} # v6.0.2` })).toEqual([]);
    expect(findingsOf({ step: `run: echo "$X"\nenv:\n  X: $${'{{ vars.NAME }}'}` })).toEqual([]);
    expect(findingsOf({ step: 'env:\n  WHO: $'.concat('{{ inputs.who }}\nrun: echo "$WHO"') })).toEqual([]);
    expect(findingsOf({ step: 'run: test "$'.concat('{{ github.event_name }}" = push') })).toEqual([]);
  });

  it.each([
    {
      fault: 'a runner that nobody knows',
      planted: { runner: 'ubuntu-24.10' },
      said: /^planted\.yml:9:14: label "ubuntu-24\.10" is unknown\./,
    },
    {
      fault: 'another new runner than ours',
      planted: { runner: 'ubuntu-24.04-arm' },
      said: /^planted\.yml:9:14: label "ubuntu-24\.04-arm" is unknown\./,
    },
    {
      fault: 'a variable that does not exist',
      planted: { step: 'run: echo $'.concat('{{ matrx.os }}') },
      said: /^planted\.yml:11:\d+: undefined variable "matrx"/,
    },
    {
      fault: 'no permissions',
      planted: { top: '' },
      said: 'planted.yml:1:1: say `permissions` at the top: `{}`, or the few that every job needs',
    },
    {
      fault: 'all permissions',
      planted: { top: 'permissions: write-all' },
      said: 'planted.yml:1:1: `permissions: write-all` lets every step do everything',
    },
    {
      fault: 'an action by its tag',
      planted: { step: 'uses: actions/checkout@v6' },
      said: 'planted.yml:11:15: pin `actions/checkout@v6` to a whole commit: a tag can be moved',
    },
    {
      fault: 'an action by half a commit',
      planted: { step: `uses: actions/checkout@${SHA.slice(0, 12)} # v6.0.2` },
      said: /^planted\.yml:11:15: pin /,
    },
    {
      fault: 'a workflow of ours by its branch',
      planted: { step: 'uses: your-organisation/mayfly/.github/workflows/cd.yml@main' },
      said: /^planted\.yml:11:15: pin /,
    },
    {
      fault: 'an image by its tag',
      planted: { step: 'uses: docker://alpine:3.22' },
      said: /^planted\.yml:11:15: pin `docker:\/\/alpine:3\.22`/,
    },
    {
      fault: 'a commit of no version',
      planted: { step: `uses: actions/checkout@${SHA}` },
      said: /^planted\.yml:11:15: say which version /,
    },
    {
      fault: 'an input in a script',
      planted: { step: 'run: |\n  echo hello\n  echo $'.concat('{{ inputs.who }}') },
      said: 'planted.yml:13:16: `inputs` becomes part of the script: hand it over in `env`, and quote the variable',
    },
    {
      fault: 'a part of the event in a script',
      planted: { step: 'run: echo $'.concat("{{ format('{0}', github.event.number) }}") },
      said: 'planted.yml:11:19: `github.event` becomes part of the script: hand it over in `env`, and quote the variable',
    },
    {
      fault: 'a role that no job outside of an environment can take',
      planted: { step: `uses: aws-actions/configure-aws-credentials@${SHA} # v5.1.1` },
      said: 'planted.yml:8:3: name the `environment` that the role of this job trusts',
    },
    {
      fault: 'what is no YAML',
      planted: { top: 'permissions: {' },
      said: /^planted\.yml:\d+:\d+: /,
    },
  ])('finds $fault', ({ planted, said }) => {
    const found = findingsOf(planted);
    expect(found).toContainEqual(typeof said === 'string' ? said : expect.stringMatching(said));
  });

  it('finds our own workflows, and nothing wrong with them', async () => {
    expect(workflowFiles('.')).toEqual(
      expect.arrayContaining(['.github/workflows/ci.yml', '.github/workflows/release.yml']),
    );
    const program = startProgram('tools/workflow-lint.ts', []);
    expect({ code: await program.ended(), said: program.stderr() }).toEqual({ code: 0, said: '' });
  });

  it('fails, and says where, when one is wrong', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'mayfly-workflows-'));
    const file = join(directory, 'planted.yml');
    await writeFile(file, 'on: push\njobs: {}\n');

    const program = startProgram('tools/workflow-lint.ts', [file]);

    expect(await program.ended()).toBe(1);
    expect(program.stderr()).toContain(`${file}:1:1: say \`permissions\` at the top`);
    await rm(directory, { recursive: true });
  });
});
