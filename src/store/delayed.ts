import type { PgBoss } from 'pg-boss';
import type { Alarms } from './alarms.ts';

/** Postgres may read its clock a little before the timer's; a fetch that comes too early would leave the job to polling. */
export const MARGIN_MS = 3;

export interface DelayedJob {
  readonly queue: string;
  readonly data: object;
  /** Where the queue holds one waiting job a key. */
  readonly singletonKey?: string;
  readonly wallMilliseconds: number;
}

/**
 * Queues a job for later and sets an alarm, so that it starts when it is due and not when somebody next looks. The delay
 * counts from the database's own now, whatever the clocks of the machines say. False when the key has a waiting job
 * already, which stays as it is.
 */
export async function sendDelayed(
  { boss, alarms }: { boss: PgBoss; alarms: Alarms },
  { queue, data, singletonKey, wallMilliseconds }: DelayedJob,
): Promise<boolean> {
  const id = await boss.send(queue, data, {
    startAfter: wallMilliseconds / 1000,
    ...(singletonKey !== undefined && { singletonKey }),
  });
  if (id === null) {
    return false;
  }
  alarms.set(singletonKey ?? id, wallMilliseconds + MARGIN_MS);
  return true;
}
