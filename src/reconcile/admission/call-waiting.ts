import type { StoreTransaction } from '../store.ts';

/**
 * Has everybody who waits, for a slot or for room, looked at again. Takes the lock of admission, so it comes before
 * anything of the transaction that locks an environment.
 */
export async function callWaiting(transaction: StoreTransaction, { but }: { but?: string } = {}): Promise<void> {
  const short = (await transaction.claims()).filter(({ lacks }) => lacks !== null);
  for (const { identity, admittedAt, intent } of await transaction.liveEnvironments()) {
    const waits = !admittedAt || short.some(({ environmentId }) => environmentId === identity.id);
    if (waits && intent.state === 'present' && identity.id !== but) {
      await transaction.enqueue(identity.id);
    }
  }
}

/**
 * The same, in the transaction that ends an environment: it cannot commit without the call. What there was no room for may
 * have room now, so each finds out anew, and nobody is passed by one behind it before it has.
 */
export async function passOn(transaction: StoreTransaction): Promise<void> {
  await callWaiting(transaction);
  for (const claim of await transaction.claims()) {
    if (claim.lacks !== null) {
      await transaction.saveClaim({ ...claim, lacks: null });
    }
  }
}
