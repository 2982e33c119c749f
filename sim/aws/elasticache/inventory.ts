import type { InventoryItem } from '../inventory-item.ts';
import type { World } from '../world.ts';
import { membersOf } from './replication-group-lookup.ts';

const service = 'elasticache';

/** Every cache and group, for the page that lists the account. */
export function inventoryOf({ elasticache }: World): InventoryItem[] {
  const { replicationGroups, serverlessCaches, subnetGroups, parameterGroups } = elasticache;
  const groups = [
    ...[...subnetGroups.values()].map((group) => ({ ...group, kind: 'cache subnet group' })),
    ...[...parameterGroups.values()].map((group) => ({ ...group, kind: 'cache parameter group' })),
  ];
  return [
    ...[...replicationGroups.values()].map((group) => ({
      service,
      kind: 'replication group',
      name: group.id,
      arn: group.arn,
      status: group.status,
      tags: group.tags,
      detail: {
        engine: `${group.settings.engine} ${group.settings.engineVersion}`,
        nodes: `${membersOf(group).length} x ${group.settings.nodeType}`,
      },
    })),
    ...[...serverlessCaches.values()].map(({ name, arn, status, tags, engine, majorVersion }) => ({
      service,
      kind: 'serverless cache',
      name,
      arn,
      status,
      tags,
      detail: { engine: `${engine} ${majorVersion}` },
    })),
    ...groups.map(({ kind, name, arn, tags }) => ({ service, kind, name, arn, status: 'available', tags })),
  ];
}
