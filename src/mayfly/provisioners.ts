import { createDatabaseUsers } from '../data/users/database-users.ts';
import { createProvisioners } from '../provision/aws/provisioners.ts';
import type { Provisioners } from '../reconcile/provisioner.ts';
import type { MayflyParts } from './parts.ts';

/** What brings the resources of environments up and down. */
export function provisionersOf({
  clients,
  clock,
  fetch,
  databaseUsers: users = createDatabaseUsers(),
  adapt = (same) => same,
}: MayflyParts): Provisioners {
  return adapt(createProvisioners({ clients, fetch, users, clock }));
}
