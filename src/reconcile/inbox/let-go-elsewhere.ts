import { changeIntent } from '../change-intent.ts';
import type { EnvironmentRecord, Store } from '../store.ts';
import { keepRelease } from './keep-release.ts';

/**
 * Lets an environment go whose pull request GitHub shows under another name: what is heard of it from now on names that.
 * Its own resync would do so within ten minutes; somebody waits for it. Repeating it is harmless.
 */
export async function letGoElsewhere({ identity: { id } }: EnvironmentRecord, at: Date, store: Store): Promise<void> {
  await store.transaction(async (transaction) => {
    const current = await transaction.environment(id);
    if (!current || current.goneAt || current.intent.state === 'absent') {
      return;
    }
    const over = changeIntent(current, { state: 'absent', releaseReason: 'moved' });
    await transaction.saveEnvironment(over);
    await keepRelease(over, { reason: 'moved', saidAt: null, at }, transaction);
    const { state, headSha } = over.intent;
    await transaction.appendEvent({
      environmentId: id,
      at,
      actor: 'mayfly',
      action: 'resynced',
      details: { state, headSha },
    });
    await transaction.enqueue(id);
  });
}
