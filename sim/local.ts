import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRunningClock } from './clock.ts';
import { interruption } from './interruption.ts';
import { type LocalCloud, startLocalCloud } from './local/local-cloud.ts';
import { type LocalOptions, parseOptions, USAGE } from './local/options.ts';
import { startPlaygroundServer } from './local/playground/server.ts';
import { runProgram } from './program.ts';

/** What a short suite might take; it is played, and always succeeds. */
const SUITE_SECONDS = 90;

function greeting(url: string, { github, awsUrl, seed }: LocalCloud, speed: number): string {
  return `The playground is at ${url}

  GitHub   ${github.url}/${seed.repository}/pulls
  AWS      ${awsUrl}/_sim

One second here is ${speed} of the cloud's; no account is touched. Ctrl-C ends it.
`;
}

/** Shows the cloud until a person ends it. */
async function show(cloud: LocalCloud, { port, speed }: LocalOptions, interrupted: Promise<void>): Promise<void> {
  const playground = await startPlaygroundServer(cloud, port);
  try {
    process.stdout.write(greeting(playground.url, cloud, speed));
    await interrupted;
  } finally {
    await playground.close();
  }
}

async function main(options: LocalOptions): Promise<number> {
  const interrupted = interruption();
  // On a disk, so that Mayfly can be stopped and started on the state it had.
  const dataDir = await mkdtemp(join(tmpdir(), 'mayfly-local-'));
  try {
    const clock = createRunningClock({ speed: options.speed });
    const cloud = await startLocalCloud({ clock, dataDir, suiteSeconds: SUITE_SECONDS });
    try {
      await show(cloud, options, interrupted);
    } finally {
      await cloud.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
  return 0;
}

await runProgram({ usage: USAGE, parse: parseOptions, main });
