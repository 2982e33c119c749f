import { shareSlots } from '../domain/quota.ts';
import type { Clock } from './clock.ts';
import type { EnvironmentRecord, Store } from './store.ts';

export type Admission =
  | { readonly admitted: true; readonly admittedAt: Date }
  /** `place` counts from 1; `holders` are those who have the `limit` slots, oldest first. */
  | {
      readonly admitted: false;
      readonly place: number;
      readonly limit: number;
      readonly holders: readonly EnvironmentRecord[];
    };

/**
 * Gives the environment a slot, or tells its place: whoever came first is served first. The count and the claim are one
 * transaction that no other admission can interleave, so `limit` holds under any race, and so does what a repository's
 * blueprint allows its own environments. Asking again is harmless.
 */
export async function admit({
  store,
  clock,
  limit,
  id,
}: {
  store: Store;
  clock: Clock;
  limit: number;
  id: string;
}): Promise<Admission> {
  return await store.transaction(async (transaction) => {
    const claimants = (await transaction.liveEnvironments()).filter(mayHoldSlot);
    const current = claimants.find(({ identity }) => identity.id === id);
    if (!current) {
      return { admitted: false, place: claimants.length + 1, limit, holders: [] };
    }
    const verdict = verdictOf(current, { claimants, limit });
    if (!verdict.admitted) {
      return verdict;
    }
    const admittedAt = current.admittedAt ?? clock.now();
    if (!current.admittedAt) {
      await transaction.saveEnvironment({ ...current, admittedAt });
    }
    return { admitted: true, admittedAt };
  });
}

type Verdict = { readonly admitted: true } | Extract<Admission, { admitted: false }>;

/** Its repository's own limit first, then the platform's, among those whom their own repositories would let in. */
function verdictOf(
  record: EnvironmentRecord,
  { claimants, limit }: { claimants: readonly EnvironmentRecord[]; limit: number },
): Verdict {
  const own = verdictAmong(record, {
    claimants: claimants.filter((other) => isOfSame(record, other)),
    limit: ownLimit(record),
  });
  if (!own.admitted) {
    return own;
  }
  const letIn = claimants.filter((other) => {
    const siblings = claimants.filter((sibling) => isOfSame(other, sibling));
    return verdictAmong(other, { claimants: siblings, limit: ownLimit(other) }).admitted;
  });
  return verdictAmong(record, { claimants: letIn, limit });
}

function verdictAmong(
  record: EnvironmentRecord,
  { claimants, limit }: { claimants: readonly EnvironmentRecord[]; limit: number },
): Verdict {
  const claims = claimants.map(({ identity, createdAt, admittedAt }) => ({
    id: identity.id,
    createdAt,
    admitted: admittedAt !== null,
  }));
  const claim = shareSlots(claims, limit).find(({ id }) => id === record.identity.id);
  return claim?.admitted
    ? { admitted: true }
    : {
        admitted: false,
        place: claim?.place ?? claims.length + 1,
        limit,
        holders: claimants.filter(({ admittedAt }) => admittedAt !== null),
      };
}

function isOfSame({ identity }: EnvironmentRecord, other: EnvironmentRecord): boolean {
  return other.identity.pullRequest.repository === identity.pullRequest.repository;
}

/** As the blueprint of its own commit says; no limit before that was read. */
function ownLimit({ resolution }: EnvironmentRecord): number {
  return resolution?.terms?.environments ?? Number.POSITIVE_INFINITY;
}

/** One on its way out holds its slot until it is gone; one that never had any, or is refused, waits for none. */
function mayHoldSlot({ admittedAt, intent }: EnvironmentRecord): boolean {
  return admittedAt !== null || (intent.state === 'present' && !intent.fromFork);
}

/** Has everybody who waits looked at again, because a slot may be free. */
export async function callWaiting(store: Store): Promise<void> {
  await store.transaction(async (transaction) => {
    for (const { identity, admittedAt } of await transaction.liveEnvironments()) {
      if (!admittedAt) {
        await transaction.enqueue(identity.id);
      }
    }
  });
}
