import { createDatabaseUsers } from '../../src/data/users/database-users.ts';
import type { DatabaseUsers } from '../../src/reconcile/database/database-users.ts';
import { behindEndpoint } from './behind-endpoint.ts';
import type { LocalDatabases } from './local-databases.ts';

/** Makes users in the data behind a simulated cluster's endpoint: who comes there by their name finds them. */
export function localDatabaseUsers(databases: () => LocalDatabases | undefined): DatabaseUsers {
  const users = createDatabaseUsers();
  return {
    async give(place, { name, password }) {
      const master = behindEndpoint(databases(), place);
      const { user, database } = behindEndpoint(databases(), { ...place, user: name, password });
      await users.give(master, { name: user, password, database });
    },
  };
}
