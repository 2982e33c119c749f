import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../src/store/open.ts';
import { createStore } from '../../src/store/store.ts';
import { createRunningClock } from '../clock.ts';
import { type LocalCloud, startLocalCloud } from '../local/local-cloud.ts';
import { startPostgres } from '../postgres/embedded-postgres.ts';
import { type ServerProcess, startServer } from './server-process.ts';
import { createSlowGates, type SlowGates } from './slow-gates.ts';

/** Pull requests that are really there: as many again as there are slots for environments. */
const PULLS = 20;

/** The server in a process of its own, its database, and an AWS and a GitHub that can be made slow. */
export interface Stage {
  readonly cloud: LocalCloud;
  readonly server: ServerProcess;
  readonly database: Database;
  readonly gates: SlowGates;
  /** Numbers of pull requests that are there, and open. */
  readonly pulls: readonly number[];
  stop(): Promise<void>;
}

/** Rejects with nothing left running. */
export async function openStage(seed: number): Promise<Stage> {
  const ends: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (let end = ends.pop(); end; end = ends.pop()) {
      await end();
    }
  };
  try {
    return await open(seed, { ends, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

async function open(
  seed: number,
  { ends, stop }: { ends: (() => Promise<void>)[]; stop: () => Promise<void> },
): Promise<Stage> {
  const directory = await mkdtemp(join(tmpdir(), 'mayfly-load-'));
  ends.push(async () => await rm(directory, { recursive: true, force: true }));
  const postgres = await startPostgres(undefined, { durable: true });
  ends.push(postgres.stop);
  const databaseUrl = await postgres.createDatabase();
  const database = await openDatabase({ databaseUrl, dataDir: '' });
  ends.push(database.close);
  const store = createStore({ database });
  const gates = createSlowGates(seed);
  const started = Promise.withResolvers<ServerProcess>();
  const cloud = await startLocalCloud({
    clock: createRunningClock(),
    databaseUrl,
    gates,
    async start(parts) {
      const server = await startServer(parts, { directory });
      started.resolve(server);
      return { webhookUrl: server.webhookUrl, store, stop: server.stop };
    },
  });
  ends.push(async () => {
    gates.end();
    await cloud.stop();
  });
  return { cloud, server: await started.promise, database, gates, pulls: openPullRequests(cloud), stop };
}

function openPullRequests({ github, seed }: LocalCloud): readonly number[] {
  const place = { repository: seed.repository, actor: seed.people.developer };
  return Array.from({ length: PULLS }, (_, index) => {
    const head = `load-${index}`;
    github.actions.push({ ...place, ref: head, message: head, files: { [`notes/${head}.md`]: `${head}\n` } });
    return github.actions.openPullRequest({ ...place, head, title: `feat: ${head}` }).number;
  });
}
