import { TerminalError } from '../domain/failure.ts';
import { changeIntent } from './change-intent.ts';
import type { Clock } from './clock.ts';
import type { Forge } from './forge.ts';
import { keepRelease } from './inbox/keep-release.ts';
import type { EnvironmentRecord, Store } from './store.ts';

export interface ExpiryPorts {
  readonly store: Store;
  readonly forge: Forge;
  readonly clock: Clock;
  readonly label: string;
}

/**
 * Ends an environment whose time is up: takes the label off, then writes that it is to go. In that order, so that a
 * process that dies in between does both again; adding the label once more revives it. True when its time was up.
 */
export async function expire(record: EnvironmentRecord, { store, forge, clock, label }: ExpiryPorts): Promise<boolean> {
  const { identity, installationId, intent } = record;
  if (intent.state === 'absent' || intent.expiresAt > clock.now()) {
    return false;
  }
  try {
    await forge.removeLabel(identity.pullRequest, installationId, label);
  } catch (error) {
    // Where Mayfly was uninstalled, or may not touch labels, the time is up all the same.
    if (!(error instanceof TerminalError)) {
      throw error;
    }
  }
  await store.transaction(async (transaction) => {
    const current = await transaction.environment(identity.id);
    // Somebody may have extended it while the label went.
    if (!current || current.intent.state === 'absent' || current.intent.expiresAt > clock.now()) {
      return;
    }
    const at = clock.now();
    const over = changeIntent(current, { state: 'absent', releaseReason: 'expired' });
    await transaction.saveEnvironment(over);
    await keepRelease(over, { reason: 'expired', saidAt: null, at }, transaction);
    await transaction.appendEvent({
      environmentId: identity.id,
      at,
      actor: 'mayfly',
      action: 'expired',
      details: {},
    });
    await transaction.enqueue(identity.id);
  });
  return true;
}
