import type { Transaction } from 'kysely';
import { fromKysely } from 'pg-boss';
import type { ReplyJob } from '../reconcile/reply.ts';
import { type EnvironmentJob, QUEUES } from './jobs.ts';
import type { Database } from './open.ts';
import type { Tables } from './schema.ts';
import { decode, encode } from './stored-json.ts';

export interface StoredReply {
  /**
   * Text, not an object: job data is `jsonb`, which refuses what a comment's line may hold (a NUL, half an emoji), and
   * with it the whole transaction of the webhook.
   */
  readonly text: string;
  readonly failures: number;
}

/** A waiting look is pulled forward to now, a look in progress is followed by one more; a rolled-back transaction asks for none. */
export async function enqueueEnvironment(
  { boss }: Database,
  environmentId: string,
  trx: Transaction<Tables>,
): Promise<void> {
  const job: EnvironmentJob = { environmentId };
  await boss.upsert(QUEUES.environment, job, { singletonKey: environmentId, startAfter: 0, db: fromKysely(trx) });
}

/** Has an environment's inbox taken in, in the same manner. */
export async function enqueueTakeIn(
  { boss }: Database,
  environmentId: string,
  trx: Transaction<Tables>,
): Promise<void> {
  const job: EnvironmentJob = { environmentId };
  await boss.upsert(QUEUES.inbox, job, { singletonKey: environmentId, startAfter: 0, db: fromKysely(trx) });
}

/** The same, where no transaction is open. */
export async function enqueueTakeInNow({ boss, transactions }: Database, environmentId: string): Promise<void> {
  transactions.assertOutside('enqueuing an inbox');
  const job: EnvironmentJob = { environmentId };
  await boss.upsert(QUEUES.inbox, job, { singletonKey: environmentId, startAfter: 0 });
}

/** `enqueueEnvironment`, where no transaction is open. */
export async function enqueueEnvironmentNow({ boss, transactions }: Database, environmentId: string): Promise<void> {
  transactions.assertOutside('enqueuing an environment');
  const job: EnvironmentJob = { environmentId };
  await boss.upsert(QUEUES.environment, job, { singletonKey: environmentId, startAfter: 0 });
}

export async function enqueueReply({ boss }: Database, reply: ReplyJob, trx: Transaction<Tables>): Promise<void> {
  const job: StoredReply = { text: encode(reply), failures: 0 };
  await boss.send(QUEUES.reply, job, { db: fromKysely(trx) });
}

export function readReply({ text }: StoredReply): ReplyJob {
  return decode(JSON.parse(text)) as ReplyJob;
}
