import type { ReleaseReason } from '../../domain/intent.ts';
import type { EnvironmentRecord, StoreTransaction } from '../store.ts';

/**
 * Keeps in the inbox that Mayfly itself lets an environment go, as if it had been told: whatever asked for it before that,
 * and is told late, finds it there. `saidAt`: since when it is over, by the forge's clock; null where the forge does not
 * tell, and then it is later than all that was heard before. Call it once for each generation, with the row locked and its
 * intent changed.
 */
export async function keepRelease(
  { identity: { id, pullRequest }, installationId, intent: { generation } }: EnvironmentRecord,
  { reason, saidAt, at }: { reason: ReleaseReason; saidAt: Date | null; at: Date },
  transaction: StoreTransaction,
): Promise<void> {
  const delivery = {
    id: `let-go:${id}:${generation}`,
    installationId,
    pullRequest,
    sender: { login: 'mayfly', isBot: true },
    saidAt,
    says: { kind: 'release', ask: { kind: 'release', reason } },
  } as const;
  await transaction.receive(delivery, { at });
}
