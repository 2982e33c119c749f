import { createDatabaseLook } from '../../src/data/look/database-look.ts';
import type { DatabaseLook } from '../../src/reconcile/database/database-look.ts';
import { behindEndpoint } from './behind-endpoint.ts';
import type { LocalDatabases } from './local-databases.ts';

/** Asks the data behind a simulated cluster's endpoint. */
export function localDatabaseLook(databases: () => LocalDatabases | undefined): DatabaseLook {
  const look = createDatabaseLook();
  return {
    connections: async (place) => await look.connections(behindEndpoint(databases(), place)),
    schema: async (place, request) => {
      const address = behindEndpoint(databases(), place);
      // Each cluster's data is a database of its own, by a name of its own.
      return await look.schema(address, { ...request, database: address.database });
    },
  };
}
