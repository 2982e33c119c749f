import { sql } from 'kysely';
import type { Database } from '../../src/store/open.ts';
import type { Delivered } from './send-deliveries.ts';

/** What the database has of what was acknowledged. */
export interface Kept {
  /** Deliveries that Mayfly had to write down before it said 2xx; each id counts once. */
  readonly due: number;
  /** Ids of those that are not there, or there more than once. */
  readonly lost: readonly string[];
  /** Petitions that were taken in, and that wait: each of them is one or the other. */
  readonly takenIn: number;
  readonly waiting: number;
}

/** Asks the database itself. */
export async function findKept({ kysely }: Database, delivered: readonly Delivered[]): Promise<Kept> {
  const due = new Set(
    delivered.filter(({ message, status }) => message.fate === 'kept' && isAcknowledged(status)).map(({ id }) => id),
  );
  const { rows } = await sql<{ id: string; count: number; settled: boolean; petition: boolean }>`
    select inbox.delivery_id as id, count(*)::int as count, bool_and(inbox.settled_at is not null) as settled,
      bool_or(inbox.says ->> 'kind' not in ('release', 'follow')) as petition
    from inbox join deliveries on deliveries.id = inbox.delivery_id
    group by inbox.delivery_id`.execute(kysely);
  const found = new Map(rows.map((row) => [row.id, row]));
  const petitions = rows.filter(({ id, petition }) => petition && due.has(id));
  return {
    due: due.size,
    lost: [...due].filter((id) => found.get(id)?.count !== 1),
    takenIn: petitions.filter(({ settled }) => settled).length,
    waiting: petitions.filter(({ settled }) => !settled).length,
  };
}

export function isAcknowledged(status: number): boolean {
  return status >= 200 && status < 300;
}
