import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { newIdentifier } from './identifiers.ts';

/**
 * The identifier of an instance about to be made, in a cluster or outside: they share names and quota. Throws for an
 * illegal name, one that is taken and a full quota.
 */
export function newInstanceIdentifier({ rds }: World, asked: string | undefined): string {
  const id = newIdentifier('DBInstanceIdentifier', asked ?? '');
  if (rds.instances.has(id) || rds.plainInstances.has(id)) {
    throw new Refusal('DBInstanceAlreadyExistsFault', 'DB instance already exists');
  }
  if (rds.instances.size + rds.plainInstances.size >= rds.quotas.instances) {
    throw new Refusal('InstanceQuotaExceededFault', 'Instance quota exceeded');
  }
  return id;
}
