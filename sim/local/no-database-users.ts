import type { DatabaseUsers } from '../../src/reconcile/database/database-users.ts';

/** Where there is no data behind clusters, whoever asks for a user is told that there is one, and nobody ever comes as it. */
export const NO_DATABASE_USERS: DatabaseUsers = { give: async () => await Promise.resolve() };
