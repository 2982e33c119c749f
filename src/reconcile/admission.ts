import { admit as shareSlots } from '../domain/quota.ts';
import type { Clock } from './clock.ts';
import type { EnvironmentRecord, Store } from './store.ts';

export type Admission =
  | { readonly admitted: true; readonly admittedAt: Date }
  /** `place` counts from 1; `holders` are those who have the slots, oldest first. */
  | { readonly admitted: false; readonly place: number; readonly holders: readonly EnvironmentRecord[] };

/**
 * Gives the environment a slot, or tells its place: whoever came first is served first. The count and the claim are one
 * transaction that no other admission can interleave, so `limit` holds under any race. Asking again is harmless.
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
    const live = await transaction.liveEnvironments();
    const claimants = live
      .filter(mayHoldSlot)
      .map(({ identity, createdAt, admittedAt }) => ({ id: identity.id, createdAt, admitted: admittedAt !== null }));
    const verdict = shareSlots(claimants, limit).find((claim) => claim.id === id);
    const current = await transaction.environment(id);
    if (!verdict || !current) {
      return { admitted: false, place: claimants.length + 1, holders: [] };
    }
    if (!verdict.admitted) {
      return { admitted: false, place: verdict.place, holders: live.filter(({ admittedAt }) => admittedAt) };
    }
    const admittedAt = current.admittedAt ?? clock.now();
    if (!current.admittedAt) {
      await transaction.saveEnvironment({ ...current, admittedAt });
    }
    return { admitted: true, admittedAt };
  });
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
