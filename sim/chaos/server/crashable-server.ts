import { sql } from 'kysely';
import type { MayflyParts } from '../../../src/mayfly/parts.ts';
import type { Mayfly } from '../../../src/mayfly.ts';
import { type Database, openDatabase } from '../../../src/store/open.ts';
import { createStore } from '../../../src/store/store.ts';
import type { RunningClock } from '../../clock.ts';
import { shareClock } from './shared-clock.ts';
import { type ServerProcess, spareProcess } from './spare-process.ts';

export interface CrashableServer {
  /** As `startMayfly`, in a process of its own. What it returns stops by SIGKILL. */
  start(parts: MayflyParts): Promise<Mayfly>;
  /** SIGKILL to the process that runs now. Resolves when it is no more and everybody could have noticed. */
  kill(): Promise<void>;
  /** The end of what the processes wrote, for whoever looks for a cause. */
  said(): string;
  /** Ends everything. The server is dead afterwards. */
  close(): Promise<void>;
}

/**
 * Servers in processes of their own, one at a time, on one Postgres database, with the next one always loaded already.
 *
 * That a worker has died is noticed by its silence, a quarter of a minute of real time later; a run of a thousand deaths
 * cannot wait for that. So that time is made to have passed: the jobs' last signs of life are moved into the past, and
 * the queue is told to look. Nothing else is done to the state that the dead process left.
 */
export async function createCrashableServer({
  clock,
  databaseUrl,
}: {
  clock: RunningClock;
  databaseUrl: string;
}): Promise<CrashableServer> {
  const database = await openDatabase({ databaseUrl, dataDir: '' });
  const store = createStore({ database });
  let spare = spareProcess();
  let running: ServerProcess | undefined;
  let lastWords = '';

  async function kill(): Promise<void> {
    const dying = running;
    running = undefined;
    if (dying) {
      await dying.kill();
      lastWords = dying.said();
      await letItBeNoticed(database);
    }
  }

  return {
    async start({ config, platform }) {
      const server = spare;
      spare = spareProcess();
      running = server;
      const order = { config, platform, awsUrl: config.aws.endpointUrl ?? '', clock: shareClock(clock) };
      const webhookUrl = await server.start(order);
      return { webhookUrl, store, stop: kill };
    },
    kill,
    said: () => lastWords + (running?.said() ?? ''),
    async close() {
      await kill();
      await spare.kill();
      await database.close();
    },
  };
}

async function letItBeNoticed({ kysely, boss }: Database): Promise<void> {
  await sql`update pgboss.job set heartbeat_on = heartbeat_on - interval '1 minute' where state = 'active'`.execute(
    kysely,
  );
  await sql`update pgboss.queue set monitor_on = null`.execute(kysely);
  await boss.supervise();
  // What was given up so is repeated after a pause, which passes as well.
  await sql`update pgboss.job set start_after = now() where state = 'retry'`.execute(kysely);
}
