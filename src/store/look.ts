import type { Job } from 'pg-boss';
import type { WorkHandlers } from '../reconcile/queue.ts';
import { quietError } from '../telemetry/quiet-log.ts';
import { putDeadLetter, removeDeadLetter } from './dead-letters.ts';
import { sendDelayed } from './delayed.ts';
import { enqueueEnvironmentNow } from './enqueue.ts';
import { clearFailures, countFailure } from './failures.ts';
import { type EnvironmentJob, QUEUES } from './jobs.ts';
import type { KeyedTurns } from './keyed-turns.ts';
import { pauseSeconds, wallMilliseconds } from './pauses.ts';
import type { WorkPorts } from './work-ports.ts';

/** Failures in a row after which an environment is put before an operator's eyes. */
export const FAILURES_TO_DEAD_LETTER = 5;

/**
 * One look at one environment: reconciles it, then has it looked at again when the pass asked for it, or after a pause
 * that grows with every failure. Throws only when the database itself fails, which pg-boss then repeats; what the pass
 * throws must not reach it, because with two failed jobs of a key it gives one of them up (timgit/pg-boss#493).
 */
export async function look(
  job: Job<EnvironmentJob>,
  { ports, handlers, turns }: { ports: WorkPorts; handlers: WorkHandlers; turns: KeyedTurns },
): Promise<void> {
  const { environmentId } = job.data;
  const signal = AbortSignal.any([job.signal, ports.stopping]);
  // The queue holds one running job a key, but a worker that was suspended may wake when another has begun.
  await turns.take(environmentId, async () => {
    if (!signal.aborted) {
      await runPass({ environmentId, signal, ports, handlers });
    }
    if (ports.stopping.aborted && !job.signal.aborted) {
      // Whoever runs next picks up what this process gave up half-way.
      await enqueueEnvironmentNow(ports.database, environmentId);
    }
  });
}

interface Pass {
  readonly environmentId: string;
  readonly signal: AbortSignal;
  readonly ports: WorkPorts;
  readonly handlers: WorkHandlers;
}

async function runPass(pass: Pass): Promise<void> {
  const { environmentId, signal, ports, handlers } = pass;
  let requeueAfterSeconds: number | null;
  try {
    ({ requeueAfterSeconds } = await handlers.reconcile(environmentId, signal));
  } catch (error) {
    // A pass that ends because it was told to has not failed.
    if (!signal.aborted) {
      await backOff(pass, error);
    }
    return;
  }
  if (signal.aborted) {
    return;
  }
  const failures = await clearFailures(ports.database.kysely, environmentId);
  if (failures >= FAILURES_TO_DEAD_LETTER) {
    await removeDeadLetter(ports.database, environmentId);
  }
  if (requeueAfterSeconds !== null) {
    await lookAgain(pass, requeueAfterSeconds);
  }
}

async function backOff(pass: Pass, error: unknown): Promise<void> {
  const { environmentId, ports } = pass;
  const { message = '' } = quietError(error);
  const failures = await countFailure(ports.database.kysely, { environmentId, message, at: ports.clock.now() });
  ports.log.error({ err: error, environmentId, failures }, 'a look at an environment failed');
  if (failures >= FAILURES_TO_DEAD_LETTER) {
    await putDeadLetter(ports.database, { environmentId, failures, message });
  }
  await lookAgain(pass, pauseSeconds(failures));
}

/** Unless an event has asked for a look meanwhile: then there is a nearer one. */
async function lookAgain({ environmentId, ports }: Pass, seconds: number): Promise<void> {
  const job: EnvironmentJob = { environmentId };
  await sendDelayed(
    { boss: ports.database.boss, alarms: ports.alarms.environment },
    {
      queue: QUEUES.environment,
      data: job,
      singletonKey: environmentId,
      wallMilliseconds: wallMilliseconds(ports.clock, seconds),
    },
  );
}
