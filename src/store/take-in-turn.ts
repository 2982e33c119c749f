import type { Job } from 'pg-boss';
import type { PassResult, WorkHandlers } from '../reconcile/queue.ts';
import { sendDelayed } from './delayed.ts';
import { enqueueTakeInNow } from './enqueue.ts';
import { type EnvironmentJob, QUEUES } from './jobs.ts';
import type { KeyedTurns } from './keyed-turns.ts';
import { wallMilliseconds } from './pauses.ts';
import type { WorkPorts } from './work-ports.ts';

/** After a take-in that could not even write down that it failed: the database is in trouble. */
const AGAIN_SECONDS = 5;

/**
 * One turn of one environment's inbox. What GitHub does not answer, the take-in itself counts and paces; here it is only
 * queued again for when it asked to be.
 */
export async function takeInTurn(
  job: Job<EnvironmentJob>,
  { ports, handlers, turns }: { ports: WorkPorts; handlers: WorkHandlers; turns: KeyedTurns },
): Promise<void> {
  const { environmentId } = job.data;
  const { database, stopping, clock, alarms } = ports;
  const signal = AbortSignal.any([job.signal, stopping]);
  await turns.take(`inbox ${environmentId}`, async () => {
    const { requeueAfterSeconds } = signal.aborted ? DONE : await attempt(environmentId, signal, { ports, handlers });
    if (stopping.aborted && !job.signal.aborted) {
      await enqueueTakeInNow(database, environmentId);
    } else if (requeueAfterSeconds !== null) {
      const data: EnvironmentJob = { environmentId };
      await sendDelayed(
        { boss: database.boss, alarms: alarms.inbox },
        {
          queue: QUEUES.inbox,
          data,
          singletonKey: environmentId,
          wallMilliseconds: wallMilliseconds(clock, requeueAfterSeconds),
        },
      );
    }
  });
}

const DONE: PassResult = { requeueAfterSeconds: null };

async function attempt(
  environmentId: string,
  signal: AbortSignal,
  { ports, handlers }: { ports: WorkPorts; handlers: WorkHandlers },
): Promise<PassResult> {
  try {
    return await handlers.takeIn(environmentId, signal);
  } catch (error) {
    if (signal.aborted) {
      return DONE;
    }
    ports.log.error({ err: error, environmentId }, 'an inbox could not be taken in');
    return { requeueAfterSeconds: AGAIN_SECONDS };
  }
}
