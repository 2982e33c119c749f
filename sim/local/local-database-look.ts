import { createDatabaseLook } from '../../src/data/look/connections.ts';
import { TransientError } from '../../src/domain/failure.ts';
import type { DatabaseLook } from '../../src/reconcile/database/database-look.ts';
import type { LocalDatabases } from './local-databases.ts';

/**
 * Asks the data behind a simulated cluster's endpoint, which is a name of no network. Without data nobody can be asked, and
 * no resolver is. The password has to be the one that the cluster has.
 */
export function localDatabaseLook(databases: () => LocalDatabases | undefined): DatabaseLook {
  const look = createDatabaseLook();
  return {
    async connections(place) {
      const address = databases()?.addressOf(place.host);
      if (!address) {
        throw new TransientError('ConnectionLost', `There is no data behind ${place.host}.`);
      }
      return await look.connections({ ...address, password: place.password });
    },
  };
}
