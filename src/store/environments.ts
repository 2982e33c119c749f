import { type Insertable, type Kysely, type Selectable, type Transaction, type Updateable } from 'kysely';
import type { Condition } from '../domain/condition.ts';
import type { Intent } from '../domain/intent.ts';
import type { EnvironmentRecord, PassOutcome, Resolution } from '../reconcile/store.ts';
import { lockId } from './locks.ts';
import type { EnvironmentTable, Tables } from './schema.ts';
import { decode, encode, storableText } from './stored-json.ts';

type Row = Selectable<EnvironmentTable>;
type IntentColumns = Pick<Row, (typeof INTENT_COLUMNS)[number]>;

const INTENT_COLUMNS = [
  'state',
  'generation',
  'head_sha',
  'head_ref',
  'base_ref',
  'expires_at',
  'life_seconds',
  'redeploys',
  'database_resets',
  'owner',
  'author',
  'author_is_bot',
  'draft',
  'from_fork',
  'pushed_by_bot',
  'title',
  'release_reason',
  // No part of it, and what is missing of it is told by when the environment began.
  'created_at',
] as const;

/** In seconds. */
const SHORTEST_LIFE = 60;

export async function findEnvironment(kysely: Kysely<Tables>, id: string): Promise<EnvironmentRecord | undefined> {
  const row = await kysely.selectFrom('environments').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toRecord(row);
}

/**
 * Locks what is told until the transaction ends: the row, and by an advisory lock its id, without which two transactions
 * could each find no row and insert theirs over the other's.
 */
export async function lockEnvironment(trx: Transaction<Tables>, id: string): Promise<EnvironmentRecord | undefined> {
  await lockId(trx, id);
  const row = await trx.selectFrom('environments').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
  return row && toRecord(row);
}

export async function findLiveEnvironments(kysely: Kysely<Tables>): Promise<EnvironmentRecord[]> {
  const rows = await kysely
    .selectFrom('environments')
    .selectAll()
    .where('gone_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(toRecord);
}

export async function findLiveIds(kysely: Kysely<Tables>): Promise<string[]> {
  const rows = await kysely
    .selectFrom('environments')
    .select('id')
    .where('gone_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

export async function findIntent(kysely: Kysely<Tables>, id: string): Promise<Intent | undefined> {
  const row = await kysely.selectFrom('environments').select(INTENT_COLUMNS).where('id', '=', id).executeTakeFirst();
  return row && toIntent(row);
}

export async function putEnvironment(trx: Transaction<Tables>, record: EnvironmentRecord): Promise<void> {
  const row = toRow(record);
  await trx
    .insertInto('environments')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}

/** Changes the columns of the outcome and no other: the intent's belong to the webhooks. */
export async function putOutcome(
  kysely: Kysely<Tables>,
  { id, life }: { id: string; life: number },
  outcome: PassOutcome,
): Promise<void> {
  const changes = toChanges(outcome);
  if (Object.keys(changes).length > 0) {
    await kysely.updateTable('environments').set(changes).where('id', '=', id).where('life', '=', life).execute();
  }
}

function toChanges({ conditions, resolution, warningsSent, ...outcome }: PassOutcome): Updateable<EnvironmentTable> {
  return {
    ...(outcome.observedGeneration !== undefined && { observed_generation: outcome.observedGeneration }),
    ...(outcome.readyAt && { ready_at: outcome.readyAt }),
    ...(outcome.servedSha !== undefined && { served_sha: outcome.servedSha }),
    ...(outcome.servedAt && { served_at: outcome.servedAt }),
    ...(outcome.goneAt && { gone_at: outcome.goneAt }),
    ...(conditions && { conditions: encode(conditions) }),
    ...(resolution && { resolution: encode(resolution) }),
    ...(warningsSent && { warnings_sent: encode(warningsSent) }),
  };
}

function toRow(record: EnvironmentRecord): Insertable<EnvironmentTable> {
  const { identity, intent } = record;
  return {
    id: identity.id,
    repository: identity.pullRequest.repository,
    number: identity.pullRequest.number,
    name: identity.name,
    installation_id: record.installationId,
    state: intent.state,
    generation: intent.generation,
    head_sha: intent.headSha,
    head_ref: storableText(intent.headRef),
    base_ref: storableText(intent.baseRef),
    expires_at: intent.expiresAt,
    life_seconds: intent.lifeSeconds,
    redeploys: intent.redeploys,
    database_resets: intent.databaseResets,
    owner: intent.owner,
    author: intent.author,
    author_is_bot: intent.authorIsBot,
    draft: intent.draft,
    from_fork: intent.fromFork,
    pushed_by_bot: intent.pushedByBot,
    title: storableText(intent.title),
    release_reason: intent.releaseReason,
    life: record.life,
    created_at: record.createdAt,
    admitted_at: record.admittedAt,
    ready_at: record.readyAt,
    gone_at: record.goneAt,
    served_sha: record.servedSha,
    served_at: record.servedAt,
    observed_generation: record.observedGeneration,
    resolution: encode(record.resolution),
    conditions: encode(record.conditions),
    warnings_sent: encode(record.warningsSent),
  };
}

function toRecord(row: Row): EnvironmentRecord {
  return {
    identity: { id: row.id, pullRequest: { repository: row.repository, number: row.number }, name: row.name },
    installationId: row.installation_id,
    intent: toIntent(row),
    life: row.life,
    createdAt: row.created_at,
    admittedAt: row.admitted_at,
    readyAt: row.ready_at,
    goneAt: row.gone_at,
    servedSha: row.served_sha,
    servedAt: row.served_at,
    observedGeneration: row.observed_generation,
    // These three were written by `toRow` and `toChanges` from values of these very types.
    resolution: decode(row.resolution) as Resolution | null,
    conditions: decode(row.conditions) as Condition[],
    warningsSent: decode(row.warnings_sent) as number[],
  };
}

/**
 * A version from before fair admission wrote neither the author nor the life: who asked stands in for the one, and for the
 * other the time that it was given, until GitHub is read.
 */
function toIntent(row: IntentColumns): Intent {
  return {
    state: row.state,
    generation: row.generation,
    headSha: row.head_sha,
    headRef: row.head_ref,
    baseRef: row.base_ref,
    expiresAt: row.expires_at,
    lifeSeconds: row.life_seconds ?? lifeGiven(row),
    redeploys: row.redeploys,
    databaseResets: row.database_resets,
    owner: row.owner,
    author: row.author ?? row.owner,
    authorIsBot: row.author_is_bot ?? row.owner.endsWith('[bot]'),
    draft: row.draft,
    fromFork: row.from_fork,
    pushedByBot: row.pushed_by_bot,
    title: row.title,
    releaseReason: row.release_reason,
  };
}

function lifeGiven({ created_at: createdAt, expires_at: expiresAt }: IntentColumns): number {
  return Math.max(SHORTEST_LIFE, Math.round((expiresAt.getTime() - createdAt.getTime()) / 1000));
}
