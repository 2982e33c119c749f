import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { openDatabase } from '../../src/store/open.ts';
import { createStore } from '../../src/store/store.ts';
import { OPENING_MS } from '../support/database.ts';

let dataDir: string;
let other: ChildProcess | undefined;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'mayfly-open-'));
});
afterEach(async () => {
  other?.kill('SIGKILL');
  await rm(dataDir, { recursive: true, force: true });
});

/** Another process that saves environments; resolves once it has saved so many. */
async function saveElsewhere(count: number): Promise<() => number> {
  const program = join(import.meta.dirname, 'open-in-another-process.ts');
  const child = spawn(process.execPath, [program, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  other = child;
  let saved = 0;
  const enough = Promise.withResolvers<void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    saved = Number(line);
    if (saved === count) {
      enough.resolve();
    }
  });
  child.on('exit', () => enough.reject(new Error('the other process ended early')));
  await enough.promise;
  return () => saved;
}

it(
  'refuses a directory that a living process holds, and has everything that one saved once it is killed',
  async () => {
    const saved = await saveElsewhere(20);
    const child = other;

    await expect(openDatabase({ dataDir })).rejects.toThrow(
      `the database in ${dataDir} is in use by process ${child?.pid}`,
    );
    child?.kill('SIGKILL');
    await once(child ?? process, 'close');
    const database = await openDatabase({ dataDir });
    const live = await createStore({ database }).liveEnvironments();
    const looks = await database.boss.findJobs('environment', { queued: true });
    await database.close();

    expect(live.length).toBeGreaterThanOrEqual(saved());
    expect(looks).toHaveLength(live.length);
    // Closing gives the directory free; the same process may have it again.
    await (await openDatabase({ dataDir })).close();
  },
  OPENING_MS,
);

it(
  'can be asked whether it works, which it does not once it is closed',
  async () => {
    const database = await openDatabase({ dataDir: 'memory://' });

    await expect(database.check()).resolves.toBeUndefined();
    await database.close();
    await expect(database.check()).rejects.toThrow();
  },
  OPENING_MS,
);

it('does not wait without end for a server that takes a connection and says nothing', async () => {
  const mute = createServer();
  await once(mute.listen(0, '127.0.0.1'), 'listening');
  const { port } = mute.address() as AddressInfo;
  const databaseUrl = `postgres://nobody@127.0.0.1:${port}/nowhere`;

  await expect(openDatabase({ databaseUrl, dataDir, connectMilliseconds: 50 })).rejects.toThrow('preparing');
  mute.close();
});

it('says what it was doing when a server cannot be reached', async () => {
  const databaseUrl = 'postgres://nobody@127.0.0.1:1/nowhere';

  await expect(openDatabase({ databaseUrl, dataDir })).rejects.toThrow('preparing the database');
});
