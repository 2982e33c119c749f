import type { InventoryItem } from '../inventory-item.ts';
import type { World } from '../world.ts';

/** Every topic and subscription, for the page that lists the account. */
export function inventoryOf({ sns }: World): InventoryItem[] {
  const topics = [...sns.topics.values()].map(({ name, arn, tags, published }) => ({
    service: 'sns',
    kind: 'topic',
    name,
    arn,
    status: published.length === 1 ? '1 message' : `${published.length} messages`,
    tags,
  }));
  const subscriptions = [...sns.subscriptions.values()].map(({ arn, topicArn, protocol, endpoint, token }) => ({
    service: 'sns',
    kind: 'subscription',
    name: `${topicArn.split(':').at(-1)} to ${endpoint}`,
    arn,
    status: token === undefined ? 'confirmed' : 'pending confirmation',
    tags: {},
    detail: { protocol },
  }));
  return [...topics, ...subscriptions];
}
