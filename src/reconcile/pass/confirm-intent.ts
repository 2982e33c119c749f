import type { EnvironmentRecord, Store } from '../store.ts';
import { SupersededError } from '../superseded.ts';

/**
 * Called before every call that creates or deletes. Throws `SupersededError` when something else is wanted than what
 * the pass began with, or when `signal` says that this process no longer holds the environment: a process that was
 * suspended and wakes neither makes what is to go, nor deletes what another has made since.
 */
export async function confirmIntent({
  record,
  store,
  signal,
}: {
  record: EnvironmentRecord;
  store: Pick<Store, 'intent'>;
  signal: AbortSignal;
}): Promise<void> {
  const now = await store.intent(record.identity.id);
  if (signal.aborted || now?.generation !== record.intent.generation) {
    throw new SupersededError();
  }
}
