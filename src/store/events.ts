import type { Kysely } from 'kysely';
import type { AuditEvent } from '../reconcile/store.ts';
import type { Tables } from './schema.ts';
import { decode, encode } from './stored-json.ts';

/** Events are only ever appended; the database itself refuses to change or delete one. */
export async function appendEvent(kysely: Kysely<Tables>, event: AuditEvent): Promise<void> {
  await kysely
    .insertInto('events')
    .values({
      environment_id: event.environmentId,
      at: event.at,
      actor: event.actor,
      action: event.action,
      details: encode(event.details),
    })
    .execute();
}

export async function findEvents(kysely: Kysely<Tables>, environmentId: string): Promise<AuditEvent[]> {
  const rows = await kysely
    .selectFrom('events')
    .selectAll()
    .where('environment_id', '=', environmentId)
    .orderBy('at')
    .orderBy('position')
    .execute();
  return rows.map((row) => ({
    environmentId: row.environment_id,
    at: row.at,
    actor: row.actor,
    action: row.action,
    details: decode(row.details) as AuditEvent['details'],
  }));
}

/** What Mayfly notes by itself is no use of an environment, but for a commit that it serves. */
export async function findLastUsed(kysely: Kysely<Tables>, ids: readonly string[]): Promise<Map<string, Date>> {
  if (ids.length === 0) {
    return new Map();
  }
  const rows = await kysely
    .selectFrom('events')
    .select(({ fn }) => ['environment_id', fn.max('at').as('at')])
    .where('environment_id', 'in', ids)
    .where((event) => event.or([event('actor', '<>', 'mayfly'), event('action', '=', 'serving')]))
    .groupBy('environment_id')
    .execute();
  return new Map(rows.map((row) => [row.environment_id, row.at]));
}
