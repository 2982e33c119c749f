import type { StoreTransaction } from '../store.ts';

/**
 * Has everybody who waits looked at again, in the transaction that frees a slot: it cannot commit without the call. Takes
 * the lock of admission, so it comes before anything of the transaction that locks an environment.
 */
export async function callWaiting(transaction: StoreTransaction): Promise<void> {
  for (const { identity, admittedAt, intent } of await transaction.liveEnvironments()) {
    if (!admittedAt && intent.state === 'present') {
      await transaction.enqueue(identity.id);
    }
  }
}
