import { execFile, spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';

export interface AwsCliResult {
  readonly exitCode: number;
  /** What the CLI printed, parsed; undefined when it printed nothing. */
  readonly json: unknown;
  readonly stderr: string;
}

/**
 * Runs the real AWS CLI against `url`: `runAwsCli(url, ['rds', 'describe-db-clusters'])`. It knows no configuration
 * of this machine, tries each call once and never pages its output.
 */
export async function runAwsCli(url: string, args: readonly string[]): Promise<AwsCliResult> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? '',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '1',
    AWS_PAGER: '',
  };
  const options = { env, maxBuffer: 16 * 1024 * 1024 };
  return await new Promise((resolve, reject) => {
    execFile('aws', ['--endpoint-url', url, '--output', 'json', ...args], options, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') {
        reject(error);
        return;
      }
      const exitCode = typeof error?.code === 'number' ? error.code : 0;
      resolve({ exitCode, json: stdout.trim() === '' ? undefined : JSON.parse(stdout), stderr: stderr.trim() });
    });
  });
}

let installed: boolean | undefined;

function hasAwsCli(): boolean {
  installed ??= spawnSync('aws', ['--version'], { timeout: 30_000 }).status === 0;
  return installed;
}

/** A suite that needs the AWS CLI. Without it: one skipped test that says so, or in CI a failing one. */
export function describeWithAwsCli(name: string, suite: () => void): void {
  describeIfPresent({ name, tool: 'the AWS CLI (aws)', present: hasAwsCli(), suite });
}

/** Runs `suite` when the tool is present; otherwise skips by name, except in CI, where what is missing is a failure. */
export function describeIfPresent({
  name,
  tool,
  present,
  suite,
}: {
  name: string;
  tool: string;
  present: boolean;
  suite: () => void;
}): void {
  if (present) {
    describe(name, suite);
    return;
  }
  describe(name, () => {
    if (process.env['CI']) {
      it(`needs ${tool}`, () => {
        expect(`${tool} is missing`).toBe('');
      });
    } else {
      it.skip(`${tool} is not installed`, () => undefined);
    }
  });
}
