import type { Job, PgBoss } from 'pg-boss';

/** How long the first worker of a crew and the others sleep when nobody wakes them, in real seconds. */
export interface Watch {
  readonly firstSeconds: number;
  readonly othersSeconds: number;
}

/** This process's workers on one queue: each runs one job at a time. */
export interface Crew {
  /** Has one sleeping worker look for a job now. */
  wake(): void;
  /** Takes no more jobs and resolves when those in hand have ended. Safe to call twice. */
  stop(): Promise<void>;
}

/** The least that pg-boss takes. */
const SHORTEST_POLL_SECONDS = 0.5;
/** Where LISTEN does not work (a pooler in transaction mode), a new job waits this long at most. */
const DEAF_POLL_SECONDS = 1;

/**
 * Workers that sleep until there is something to do. A worker that starts a job wakes the next one, which finds a job
 * or goes back to sleep, so a backlog has the whole crew at work at once; one that ends a job looks for another before
 * it sleeps, for otherwise each job would cost a whole poll. Polling is for what nobody rings a bell for: the delayed
 * jobs of a process that died.
 */
export async function startCrew<T extends object>({
  boss,
  queue,
  size,
  watch,
  work,
}: {
  boss: PgBoss;
  queue: string;
  size: number;
  watch: Watch;
  work: (job: Job<T>) => Promise<void>;
}): Promise<Crew> {
  const hired: string[] = [];
  const sleeping = new Set<string>();
  let stopping: Promise<void> | undefined;

  function wake(): void {
    const [next] = sleeping;
    if (next !== undefined) {
      boss.notifyWorker(next);
    }
  }

  async function hire(sleepSeconds: number): Promise<void> {
    const notifyPollingIntervalSeconds = Math.max(sleepSeconds, SHORTEST_POLL_SECONDS);
    let id = '';
    id = await boss.work<T>(
      queue,
      {
        notifyPollingIntervalSeconds,
        pollingIntervalSeconds: Math.min(notifyPollingIntervalSeconds, DEAF_POLL_SECONDS),
        heartbeatRefreshSeconds: 3,
      },
      async (jobs) => {
        sleeping.delete(id);
        wake();
        try {
          for (const job of jobs) {
            await work(job);
          }
        } finally {
          sleeping.add(id);
          boss.notifyWorker(id);
        }
      },
    );
    hired.push(id);
    sleeping.add(id);
  }

  async function dismiss(): Promise<void> {
    await Promise.all(hired.map(async (id) => await boss.offWork(queue, { id, wait: true })));
  }

  await hire(watch.firstSeconds);
  while (hired.length < size) {
    await hire(watch.othersSeconds);
  }
  return { wake, stop: async () => await (stopping ??= dismiss()) };
}
