import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { StateStore } from '../../../tools/environment/options.ts';
import { createWorkingCopy } from '../../../tools/environment/working-copy.ts';

const INFRA = fileURLToPath(new URL('../../../infra', import.meta.url));

let states: string;

beforeEach(() => {
  states = mkdtempSync(join(tmpdir(), 'environment-states-'));
});

afterEach(() => {
  rmSync(states, { recursive: true, force: true });
});

function copyFor(state: StateStore) {
  return createWorkingCopy({ infra: INFRA, state });
}

describe('the copy that one run works in', () => {
  it('has everything that the root module reads, and nothing that another run left', () => {
    const copy = copyFor({ folder: states });
    const reached = ['main.tf', '../../domain.json', '../../modules/environment/main.tf'];
    expect(reached.filter((path) => !existsSync(join(copy.folder, path)))).toEqual([]);
    expect(existsSync(join(copy.folder, '.terraform'))).toBe(false);
    copy.discard();
    expect(existsSync(copy.folder)).toBe(false);
  });

  it('keeps states in a folder where there is no bucket', () => {
    const copy = copyFor({ folder: states });
    const override: unknown = JSON.parse(readFileSync(join(copy.folder, 'backend_override.tf.json'), 'utf8'));
    expect(override).toMatchObject({
      terraform: { backend: { local: { workspace_dir: join(states, 'environments') } } },
    });
    expect(copy.backendArgs).toEqual([]);
    copy.discard();
  });

  it('says which bucket, which the root module leaves open', () => {
    const copy = copyFor({ bucket: 'states', region: 'eu-west-1' });
    expect(copy.backendArgs).toEqual(['-backend-config=bucket=states', '-backend-config=region=eu-west-1']);
    expect(existsSync(join(copy.folder, 'backend_override.tf.json'))).toBe(false);
    copy.discard();
  });

  it('stays when Terraform left a state in it that it could not write', () => {
    const copy = copyFor({ folder: states });
    writeFileSync(join(copy.folder, 'errored.tfstate'), '{}');
    expect(copy.discard()).toBe(copy.folder);
    expect(existsSync(join(copy.folder, 'errored.tfstate'))).toBe(true);
    rmSync(join(copy.folder, '..', '..'), { recursive: true });
  });
});
