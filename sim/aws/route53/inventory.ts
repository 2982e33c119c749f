import type { InventoryItem } from '../inventory-item.ts';
import type { World } from '../world.ts';
import { zoneArn } from './tags.ts';

/** Every zone, and every record set except the NS and SOA a zone is made with. Record sets carry no tags. */
export function inventoryOf(world: World): InventoryItem[] {
  return [...world.route53.zones.values()].flatMap((zone) => {
    const own = [...zone.records].filter(
      ([, { Name, Type }]) => Name !== zone.name || (Type !== 'NS' && Type !== 'SOA'),
    );
    return [
      {
        service: 'route53',
        kind: 'hosted zone',
        name: zone.name,
        arn: zoneArn(zone),
        status: zone.isPrivate ? 'private' : 'public',
        tags: zone.tags,
      },
      ...own.map(([key, record]) => ({
        service: 'route53',
        kind: 'record set',
        name: key,
        arn: `${zoneArn(zone)}/rrset/${key.replace(' ', '/')}`,
        status: zone.published.get(key) === record ? 'INSYNC' : 'PENDING',
        tags: {},
        detail: {
          target: record.AliasTarget?.DNSName ?? (record.ResourceRecords ?? []).map(({ Value }) => Value).join(', '),
        },
      })),
    ];
  });
}
