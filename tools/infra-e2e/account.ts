import { firstUsersAccount, ZONE } from '../../sim/local/first-users.ts';
import { seedImages } from '../../sim/seed/compute.ts';
import { seedStores } from '../../sim/seed/stores.ts';
import type { SeedClients } from '../../sim/seed-platform.ts';

export const ACCOUNT_ID = '123456789012';
/** The domain that the zone of environments is made below. */
export const PARENT_ZONE = ZONE.replace(/^ephemeral\./, '');

/** What stands in the first users' account before anybody builds a platform: images, secrets and parameters. */
export async function furnish(clients: SeedClients): Promise<void> {
  const { images = [], secrets = [], parameters = [] } = firstUsersAccount;
  await seedImages(clients.ecr, images);
  await seedStores(clients, { secrets, parameters });
}
