import { createDatabaseLook } from '../../src/data/look/database-look.ts';
import { TransientError } from '../../src/domain/failure.ts';
import type { DatabaseLook, DatabasePlace } from '../../src/reconcile/database/database-look.ts';
import type { DatabaseAddress, LocalDatabases } from './local-databases.ts';

/**
 * Asks the data behind a simulated cluster's endpoint, which is a name of no network. Without data nobody can be asked, and
 * no resolver is. The password has to be the one that the cluster has.
 */
export function localDatabaseLook(databases: () => LocalDatabases | undefined): DatabaseLook {
  const look = createDatabaseLook();
  function behind({ host, password }: DatabasePlace): DatabaseAddress {
    const address = databases()?.addressOf(host);
    if (!address) {
      throw new TransientError('ConnectionLost', `There is no data behind ${host}.`);
    }
    return { ...address, password };
  }
  return {
    connections: async (place) => await look.connections(behind(place)),
    schema: async (place, request) => {
      const address = behind(place);
      // Each cluster's data is a database of its own, by a name of its own.
      return await look.schema(address, { ...request, database: address.database });
    },
  };
}
