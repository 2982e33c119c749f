import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const modules = ['modules', 'live'].flatMap((folder) => readdirSync(join(ROOT, 'infra', folder)));

describe('npm run infra:check', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'infra-check-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function run(env: Record<string, string>): { status: number | null; stdout: string; stderr: string } {
    return spawnSync(process.execPath, ['tools/infra-check.ts'], { cwd: ROOT, encoding: 'utf8', env });
  }

  /** A terraform that writes down what it is asked, and fails at what matches. */
  function installTerraform({ failsAt = 'nothing' } = {}): { PATH: string } {
    const script = `#!/bin/sh\necho "$*" >> '${folder}/asked'\ncase "$*" in *${failsAt}*) exit 1 ;; esac\n`;
    writeFileSync(join(folder, 'terraform'), script);
    chmodSync(join(folder, 'terraform'), 0o755);
    return { PATH: folder };
  }

  function asked(): string[] {
    return readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n');
  }

  it('fails and says so where there is no terraform', () => {
    const { status, stderr } = run({ PATH: folder });
    expect(status).toBe(1);
    expect(stderr).toContain('terraform is not installed');
  });

  it('refuses a TF_PLUGIN_DIR that holds no providers, rather than asking the registry', () => {
    const { status, stderr } = run({ ...installTerraform(), TF_PLUGIN_DIR: folder });
    expect(status).toBe(1);
    expect(stderr).toContain('TF_PLUGIN_DIR: there is no registry.terraform.io in');
  });

  it('checks the format once, and initialises, validates and tests every module from TF_PLUGIN_DIR', () => {
    mkdirSync(join(folder, 'registry.terraform.io'));
    const { status, stdout } = run({ ...installTerraform(), TF_PLUGIN_DIR: folder });
    expect(status).toBe(0);
    expect(stdout.match(/^ok {5}infra/gm)).toHaveLength(modules.length);
    expect(stdout).toMatch(/^ok {5}\d+ workflows$/m);
    expect(asked().filter((line) => line.includes(' fmt -check '))).toHaveLength(1);
    const ofNetwork = asked().filter((line) => line.startsWith('-chdir=infra/modules/network '));
    expect(ofNetwork.map((line) => line.split(' ')[1])).toEqual(['init', 'validate', 'test']);
    expect(ofNetwork[0]).toContain(`-plugin-dir=${folder}`);
  });

  it.each(['fmt', 'modules/dns*validate', 'live/nonprod*test'])('fails when `%s` does, after the others', (failsAt) => {
    mkdirSync(join(folder, 'registry.terraform.io'));
    const { status, stdout } = run({ ...installTerraform({ failsAt }), TF_PLUGIN_DIR: folder });
    expect(status).toBe(1);
    expect(stdout).toContain('ok     infra/modules/source-database');
  });
});
