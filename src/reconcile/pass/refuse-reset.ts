import { changeIntent } from '../change-intent.ts';
import type { Clock } from '../clock.ts';
import type { EnvironmentRecord, Store } from '../store.ts';

/**
 * Takes a reset back for which nothing was asked yet: it would come about by itself some day, when nobody thinks of it, and
 * hold up every push until then. Whoever asked is told why. Nothing happens when the intent has changed meanwhile.
 */
export async function refuseReset(
  { identity: { id, pullRequest }, installationId, intent }: EnvironmentRecord,
  { resets, because }: { resets: number; because: string },
  { store, clock }: { store: Store; clock: Clock },
): Promise<void> {
  await store.transaction(async (transaction) => {
    const current = await transaction.environment(id);
    if (current?.intent.generation !== intent.generation) {
      return;
    }
    await transaction.saveEnvironment(changeIntent(current, { databaseResets: resets }));
    const at = clock.now();
    await transaction.appendEvent({
      environmentId: id,
      at,
      actor: 'mayfly',
      action: 'reset-refused',
      details: { because },
    });
    await transaction.enqueueReply({
      pullRequest,
      installationId,
      commentId: null,
      reaction: 'confused',
      messages: [{ kind: 'problem', line: '/ephemeral db reset', problem: because, example: null }],
    });
    await transaction.enqueue(id);
  });
}
