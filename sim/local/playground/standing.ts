import type { InventoryItem } from '../../aws/inventory-item.ts';

/** How a resource stands, whatever its service calls it: `gone` is kept for a moment, for a person to see it go. */
export type Standing = 'coming' | 'settled' | 'trouble' | 'leaving' | 'gone';

const SETTLED = new Set(['available', 'active', 'issued', 'insync', 'running', 'public', 'private']);
const LEAVING =
  /^(deleting|draining|deactivating|stopping|deprovisioning|stopped|inactive|delete_in_progress|marked for deletion)$/;
const TROUBLE = /fail|incompatible|inaccessible|expired|revoked/;

/** Reads a resource's standing from its own words. */
export function standingOf(item: InventoryItem): Standing {
  const status = item.status.toLowerCase();
  if (item.kind === 'target group') {
    return targetsStanding(status);
  }
  if (LEAVING.test(status)) {
    return isFailedTask(item) ? 'trouble' : 'leaving';
  }
  if (TROUBLE.test(status)) {
    return 'trouble';
  }
  if (item.kind === 'service') {
    return serviceStanding(item);
  }
  return SETTLED.has(status) ? 'settled' : 'coming';
}

/** `1 healthy, 1 draining` */
function targetsStanding(status: string): Standing {
  if (status.includes('unhealthy')) {
    return 'trouble';
  }
  return status.includes('healthy') ? 'settled' : 'coming';
}

/** A service is ACTIVE from the moment it is made: its rollout and its tasks say how it is. */
function serviceStanding({ detail = {} }: InventoryItem): Standing {
  if (detail['rollout'] === 'FAILED') {
    return 'trouble';
  }
  const [running, desired] = (detail['tasks'] ?? '').split(/\D+/).map(Number);
  return detail['rollout'] === 'COMPLETED' && running === desired ? 'settled' : 'coming';
}

/** A task of a service that ends without being asked to; one that was run once ends by itself when its work is done. */
function isFailedTask({ kind, detail = {} }: InventoryItem): boolean {
  return (
    kind === 'task' &&
    (detail['group'] ?? '').startsWith('service:') &&
    /failed|exited|error/i.test(detail['reason'] ?? '')
  );
}
