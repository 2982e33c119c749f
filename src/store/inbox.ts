import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import { environmentId } from '../domain/environment.ts';
import {
  type Delivery,
  type Fact,
  type HeardLetter,
  isFact,
  type Letter,
  type LetterOutcome,
  type Petition,
} from '../reconcile/inbox/delivery.ts';
import type { InboxTable, Tables } from './schema.ts';
import { decode, encode } from './stored-json.ts';

type Row = Selectable<InboxTable>;

/** One statement claims, by id and by what was said, and keeps if both were to be had. A second claimant waits for the first one's transaction, and gets its turn when that rolls back. */
export async function receiveDelivery(
  trx: Transaction<Tables>,
  delivery: Delivery,
  { at }: { at: Date },
): Promise<Letter | undefined> {
  const { id, digest, installationId, pullRequest, sender, saidAt, says } = delivery;
  const claims = digest === undefined ? [id] : [id, `said:${digest}`];
  const environment = environmentId(pullRequest);
  const settled = isFact(says);
  // What tells no time and failed to arrive at first happened when it failed.
  const happenedAt = sql`coalesce(${saidAt}::timestamptz, (select failed_at from undelivered where guid = ${id}))`;
  const { rows } = await sql<Row>`
    with claimed as (
      insert into deliveries (id, claimed_at) select claim, ${at}::timestamptz from unnest(${claims}::text[]) as claim
      order by claim on conflict (id) do nothing returning id
    )
    insert into inbox (environment_id, repository, number, delivery_id, installation_id, sender, sender_is_bot, says,
      head_sha, said_at, heard_at, settled_at, outcome)
    select ${environment}, ${pullRequest.repository}, ${pullRequest.number}::integer, ${id}, ${installationId}::bigint,
      ${sender.login}, ${sender.isBot}::boolean, ${encode(says)}::json,
      coalesce(${headOf(says)}::text, (
        select head_sha from inbox where environment_id = ${environment} and head_sha is not null
        and (${saidAt}::timestamptz is null or said_at <= ${saidAt}::timestamptz)
        order by case when ${saidAt}::timestamptz is not null then said_at end desc, position desc limit 1)),
      ${happenedAt}, ${at}::timestamptz, ${settled ? at : null}::timestamptz, ${settled ? 'done' : null}
    where (select count(*) from claimed) = ${claims.length}::integer returning *`.execute(trx);
  const [row] = rows;
  return row && toLetter(row);
}

/**
 * By the forge's time where both tell it, else by the order in which they came. One that tells none has happened after all
 * that came before it, and so after what is older than any of that.
 */
export async function findHeardSince(trx: Transaction<Tables>, letter: Letter): Promise<HeardLetter[]> {
  const { position, saidAt, pullRequest } = letter;
  const rows = await trx
    .selectFrom('inbox')
    .selectAll()
    .where('environment_id', '=', environmentId(pullRequest))
    .where(sql<boolean>`case
      when said_at is null or ${saidAt}::timestamptz is null or said_at = ${saidAt}::timestamptz
      then position > ${position}::bigint or (said_at is null and exists (
        select from inbox before where before.environment_id = inbox.environment_id
        and before.position < inbox.position and before.said_at >= ${saidAt}::timestamptz))
      else said_at > ${saidAt}::timestamptz end`)
    .orderBy('said_at')
    .orderBy('position')
    .execute();
  return rows.map((row) => ({ ...toLetter(row), outcome: row.outcome }));
}

export async function findNextLetter(
  kysely: Kysely<Tables>,
  environment: string,
): Promise<Letter<Petition> | undefined> {
  const row = await kysely
    .selectFrom('inbox')
    .selectAll()
    .where('environment_id', '=', environment)
    .where('settled_at', 'is', null)
    .orderBy('position')
    .limit(1)
    .executeTakeFirst();
  // Facts are settled as they come.
  return row && (toLetter(row) as Letter<Petition>);
}

/** True for one caller only. */
export async function settle(
  trx: Transaction<Tables>,
  position: number,
  { outcome, at }: { outcome: LetterOutcome; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('inbox')
    .set({ outcome, settled_at: at })
    .where('position', '=', position)
    .where('settled_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function postpone(
  kysely: Kysely<Tables>,
  position: number,
  { tries, notBefore }: { tries: number; notBefore: Date },
): Promise<void> {
  await kysely
    .updateTable('inbox')
    .set({ tries, not_before: notBefore })
    .where('position', '=', position)
    .where('settled_at', 'is', null)
    .execute();
}

/** Environments with something in their inbox. */
export async function findWaitingInboxes(kysely: Kysely<Tables>): Promise<string[]> {
  const rows = await kysely
    .selectFrom('inbox')
    .select('environment_id')
    .distinct()
    .where('settled_at', 'is', null)
    .execute();
  return rows.map(({ environment_id: id }) => id);
}

/** What waits is kept, however old it is. */
export async function pruneInbox(kysely: Kysely<Tables>, before: Date): Promise<void> {
  await kysely.deleteFrom('inbox').where('heard_at', '<', before).where('settled_at', 'is not', null).execute();
}

function headOf(says: Fact | Petition): string | null {
  switch (says.kind) {
    case 'follow':
      return says.ask.snapshot.headSha;
    case 'label':
      return says.readLater ? null : says.snapshot.headSha;
    case 'release':
    case 'comment':
    case 'button':
      return null;
  }
}

function toLetter(row: Row): Letter {
  return {
    id: row.delivery_id,
    position: row.position,
    heardAt: row.heard_at,
    installationId: row.installation_id,
    pullRequest: { repository: row.repository, number: row.number },
    sender: { login: row.sender, isBot: row.sender_is_bot },
    saidAt: row.said_at,
    // Written by `receiveDelivery` from a value of this very type.
    says: decode(row.says) as Fact | Petition,
    knownHead: row.head_sha,
    tries: row.tries,
    notBefore: row.not_before,
  };
}
