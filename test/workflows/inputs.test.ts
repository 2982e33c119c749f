import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseBlueprint } from '../../src/config/blueprint/parse.ts';
import { parseWorkflowContract } from '../../src/config/workflow-contract.ts';
import { buildInputs, CORRELATION_INPUT, suiteInputs } from '../../src/domain/workflow-inputs.ts';

const example = (path: string) => readFileSync(new URL(`../../examples/${path}`, import.meta.url), 'utf8');
const sha = 'a'.repeat(40);
const sentToSuites = Object.keys(suiteInputs({ suite: 'smoke', environment: 'pr-7', sha, urls: {} }));
const sentToBuilds = Object.keys(buildInputs({ service: 'web', tag: 'pr-7', sha }));

describe.each(['minimal', 'dvsa-vol'])('the workflows of the example %s', (name) => {
  it('declare for a suite exactly what Mayfly sends, and show which request a run is of', () => {
    const contract = parseWorkflowContract(example(`${name}/.github/workflows/ephemeral-cd.yaml`));

    expect(contract?.inputs?.toSorted()).toEqual([...sentToSuites, CORRELATION_INPUT].toSorted());
    expect(contract?.traceable).toBe(true);
  });

  it('offer the suites that its blueprint names', () => {
    const parsed = parseBlueprint(example(`${name}/ephemeral.yml`), { path: name });
    const suites = parsed.ok ? Object.entries(parsed.blueprint.suites) : [];
    const [, options = ''] = /options: \[(.*)\]/.exec(example(`${name}/.github/workflows/ephemeral-cd.yaml`)) ?? [];

    expect(parsed.ok).toBe(true);
    for (const [suite, { workflow }] of suites) {
      expect(workflow).toBe('ephemeral-cd.yaml');
      expect(options.split(', ')).toContain(suite);
    }
  });
});

describe("the first users' build", () => {
  it('declares what its blueprint gives it, and nothing that nobody gives', () => {
    const parsed = parseBlueprint(example('dvsa-vol/ephemeral.yml'), { path: 'dvsa-vol' });
    const given = parsed.ok ? Object.keys(parsed.blueprint.images.build?.inputs ?? {}) : [];
    const contract = parseWorkflowContract(example('dvsa-vol/.github/workflows/ephemeral-build.yaml'));

    expect(contract?.inputs).toEqual(expect.arrayContaining(given));
    expect([...given, ...sentToBuilds, CORRELATION_INPUT]).toEqual(
      expect.arrayContaining([...(contract?.inputs ?? [])]),
    );
    expect(contract?.traceable).toBe(true);
  });
});
