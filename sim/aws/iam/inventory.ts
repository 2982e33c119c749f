import type { InventoryItem } from '../inventory-item.ts';
import type { World } from '../world.ts';

/** Every role, policy of the account's own, and OIDC provider, for the page that lists the account. */
export function inventoryOf({ iam }: World): InventoryItem[] {
  const item = { service: 'iam', status: 'there' };
  return [
    ...[...iam.roles.values()].map(({ name, arn, tags }) => ({ ...item, kind: 'role', name, arn, tags })),
    ...[...iam.policies.values()].map(({ name, arn, tags }) => ({ ...item, kind: 'policy', name, arn, tags })),
    ...[...iam.oidcProviders.values()].map(({ url, arn, tags }) => ({
      ...item,
      kind: 'OIDC provider',
      name: url,
      arn,
      tags,
    })),
  ];
}
