import { TransientError } from '../../src/domain/failure.ts';
import type { DatabasePlace } from '../../src/reconcile/database/database-look.ts';
import type { DatabaseAddress, LocalDatabases } from './local-databases.ts';

/**
 * The data behind a simulated cluster's endpoint, which is a name of no network. Without data nobody can be asked, and no
 * resolver is.
 */
export function behindEndpoint(
  databases: LocalDatabases | undefined,
  { host, user, password }: DatabasePlace,
): DatabaseAddress {
  const address = databases?.addressOf(host, { user, password });
  if (!address) {
    throw new TransientError('ConnectionLost', `There is no data behind ${host}.`);
  }
  return address;
}
