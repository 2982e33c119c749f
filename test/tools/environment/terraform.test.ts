import { EventEmitter } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createInterruption } from '../../../tools/environment/interruption.ts';
import { Interrupted, TerraformFailed } from '../../../tools/environment/refusal.ts';
import { createTerraform, type Terraform } from '../../../tools/environment/terraform.ts';

let folder: string;
let signals: EventEmitter;
let now: number;
let said: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'environment-terraform-'));
  signals = new EventEmitter();
  now = 0;
  said = '';
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A terraform of ours, in sh. */
function install(script: string): Terraform {
  writeFileSync(join(folder, 'terraform'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, 'terraform'), 0o755);
  return createTerraform({
    folder,
    env: { PATH: `${folder}:/usr/bin:/bin`, TF_WORKSPACE: 'elsewhere', TF_CLI_ARGS_init: '-upgrade' },
    say: (text) => {
      said += text;
      if (said.includes('ready')) {
        signals.emit('heard');
      }
    },
    interruption: createInterruption(signals, () => now),
  });
}

describe('a command of Terraform', () => {
  it('resolves with what it printed, and shows people all but what is read by us', async () => {
    const terraform = install('echo "$@"; echo aside >&2');
    expect(await terraform(['plan', '-no-color'])).toBe('plan -no-color\n');
    expect(await terraform(['show', '-json'], { quiet: true })).toBe('show -json\n');
    expect(said).toContain('plan -no-color');
    expect(said).not.toContain('show');
    expect(said.match(/aside/g)).toHaveLength(2);
  });

  it('runs in the workspace that is named, whatever the shell has selected, and is given the other variables', async () => {
    const terraform = install('echo "${TF_WORKSPACE:-none} $TF_CLI_ARGS_init"');
    expect(await terraform(['plan'], { workspace: 'payments' })).toBe('payments -upgrade\n');
    expect(await terraform(['init'])).toBe('none -upgrade\n');
  });

  it('fails with the exit status, and where there is no Terraform', async () => {
    await expect(install('exit 3')(['plan'])).rejects.toThrow('terraform plan ended with 3.');
    await expect(install('echo no >&2; exit 3')(['plan'])).rejects.toMatchObject({ told: 'no\n' });
    rmSync(join(folder, 'terraform'));
    const terraform = createTerraform({
      folder,
      env: { PATH: folder },
      say: () => {},
      interruption: createInterruption(signals, () => now),
    });
    await expect(terraform(['plan'])).rejects.toThrow(TerraformFailed);
  });

  it('is told once of a Ctrl-C that npm sent as well, is waited for, and no other command follows', async () => {
    const terraform = install(
      `count=0; trap 'count=$((count + 1))' INT; echo ready; while [ $count -eq 0 ]; do sleep 0.05; done; sleep 0.2; echo "$count" > '${folder}/count'; exit 1`,
    );
    const heard = new Promise((resolve) => signals.once('heard', resolve));
    const ended = terraform(['apply']);
    ended.catch(() => {});
    await heard;
    signals.emit('SIGINT');
    signals.emit('SIGINT');

    await expect(ended).rejects.toThrow(Interrupted);
    expect(readFileSync(join(folder, 'count'), 'utf8').trim()).toBe('1');
    await expect(terraform(['plan'])).rejects.toThrow(Interrupted);
  });
});
