import type { WorkHandlers } from '../reconcile/queue.ts';
import { type Crew, startCrew, type Watch } from './crew.ts';
import type { StoredReply } from './enqueue.ts';
import { type EnvironmentJob, QUEUES } from './jobs.ts';
import type { KeyedTurns } from './keyed-turns.ts';
import { look } from './look.ts';
import { deliver } from './reply-delivery.ts';
import { takeInTurn } from './take-in-turn.ts';
import { runTick, type TickJob } from './tick.ts';
import type { CrewName, WorkPorts } from './work-ports.ts';

const REPLY_WORKERS = 2;
/** Each waits for GitHub most of the time. More than a few, so that one slow answer holds up no other pull request. */
const INBOX_WORKERS = 8;

export type Crews = Partial<Record<CrewName, Crew>>;

/** Starts the workers of this process, on every queue; each crew is in `crews` as soon as it is at work. `workers` look at environments. */
export async function startCrews(
  crews: Crews,
  { workers, ports, handlers, turns }: { workers: number; ports: WorkPorts; handlers: WorkHandlers; turns: KeyedTurns },
): Promise<void> {
  const { boss } = ports.database;

  function watch(seconds: { first: number; others: number }): Watch {
    const inReal = (ofClock: number) => Math.min(ofClock, ports.clock.wallMilliseconds(ofClock) / 1000);
    return { firstSeconds: inReal(seconds.first), othersSeconds: inReal(seconds.others) };
  }

  crews.environment = await startCrew<EnvironmentJob>({
    boss,
    queue: QUEUES.environment,
    size: workers,
    watch: watch({ first: 5, others: 20 }),
    work: async (job) => await look(job, { ports, handlers, turns }),
  });
  crews.inbox = await startCrew<EnvironmentJob>({
    boss,
    queue: QUEUES.inbox,
    size: INBOX_WORKERS,
    watch: watch({ first: 5, others: 60 }),
    work: async (job) => await takeInTurn(job, { ports, handlers, turns }),
  });
  crews.reply = await startCrew<StoredReply>({
    boss,
    queue: QUEUES.reply,
    size: REPLY_WORKERS,
    watch: watch({ first: 10, others: 60 }),
    work: async ({ data }) => await deliver(data, { ports, handlers }),
  });
  crews.tick = await startCrew<TickJob>({
    boss,
    queue: QUEUES.tick,
    size: 1,
    watch: watch({ first: 10, others: 60 }),
    work: async ({ data }) => await runTick(data, { ports, handlers }),
  });
}
