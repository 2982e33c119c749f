import { type EnvironmentJob, QUEUES } from './jobs.ts';
import type { Database } from './open.ts';
import { storableText } from './stored-json.ts';

/** An environment whose looks keep failing: it is still looked at, slowly, and somebody should see why. */
export interface DeadLetter extends EnvironmentJob {
  readonly failures: number;
  readonly message: string;
}

/** One letter an environment; a later one replaces it. */
export async function putDeadLetter({ boss }: Database, letter: DeadLetter): Promise<void> {
  const data: DeadLetter = { ...letter, message: storableText(letter.message) };
  await boss.upsert(QUEUES.deadEnvironment, data, { singletonKey: letter.environmentId });
}

export async function removeDeadLetter({ boss }: Database, environmentId: string): Promise<void> {
  for (const { id } of await boss.findJobs(QUEUES.deadEnvironment, { data: { environmentId } })) {
    await boss.deleteJob(QUEUES.deadEnvironment, id);
  }
}

/** Oldest first. A letter that pg-boss wrote, after process upon process died of one look, knows only the environment. */
export async function findDeadLetters({ boss }: Database): Promise<DeadLetter[]> {
  const letters = await boss.findJobs<EnvironmentJob & Partial<DeadLetter>>(QUEUES.deadEnvironment, { queued: true });
  return letters.map(({ data }) => ({ failures: 0, message: 'every process that looked at it died', ...data }));
}
