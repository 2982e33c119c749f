import { TerminalError } from '../domain/failure.ts';
import type { Clock } from './clock.ts';
import type { Forge } from './forge.ts';
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
    const generation = current.intent.generation + 1;
    await transaction.saveEnvironment({
      ...current,
      intent: { ...current.intent, generation, state: 'absent', releaseReason: 'expired' },
    });
    await transaction.appendEvent({
      environmentId: identity.id,
      at: clock.now(),
      actor: 'mayfly',
      action: 'expired',
      details: {},
    });
    await transaction.enqueue(identity.id);
  });
  return true;
}
