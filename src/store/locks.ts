import { sql, type Transaction } from 'kysely';
import type { Tables } from './schema.ts';

/** First keys of advisory locks, which all end with their transaction. pg-boss uses locks of one long key: another space. */
const KINDS = { environment: 0x6d01, admission: 0x6d02, ticking: 0x6d03, rate: 0x6d05 } as const;

/** Lets one transaction at a time work on an environment, its row existing or not. Ids of equal hash wait for each other. */
export async function lockId(trx: Transaction<Tables>, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${KINDS.environment}, hashtext(${id}))`.execute(trx);
}

/** Lets one transaction at a time spend what a person or a repository may ask. Subjects of equal hash wait for each other. */
export async function lockRate(trx: Transaction<Tables>, subject: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${KINDS.rate}, hashtext(${subject}))`.execute(trx);
}

/** Lets one transaction at a time count and claim slots. A statement of its own: the count must see what the last one wrote. */
export async function lockAdmission(trx: Transaction<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${KINDS.admission}, 0)`.execute(trx);
}

/** Lets one process at a time see whether the cluster ticks. */
export async function lockTicking(trx: Transaction<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${KINDS.ticking}, 0)`.execute(trx);
}
