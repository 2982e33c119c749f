import type { InventoryItem } from '../../aws/inventory-item.ts';
import { everythingIn } from '../../aws/page/inventories.ts';
import type { World } from '../../aws/world.ts';
import { isOurs } from './our-tags.ts';

/** What ECS goes on showing for a while after it is gone. */
const ENDED = ['INACTIVE', 'DELETE_IN_PROGRESS'];

/** Everything that exists in the account; a deleted service that is only remembered does not. */
export function standingIn(world: World): InventoryItem[] {
  return everythingIn(world).filter(({ kind, status }) => !(kind === 'service' && ENDED.includes(status)));
}

/** The environments that hold anything at all, as their tags say. */
export function environmentsIn(things: readonly InventoryItem[]): ReadonlySet<string> {
  return new Set(things.filter(({ tags }) => isOurs(tags)).map(({ tags }) => tags['Environment'] ?? ''));
}

/** Record sets carry no tags: they are an environment's when its name is a whole word of theirs. */
export function isPartOf(
  { tags, kind, name }: Pick<InventoryItem, 'tags' | 'kind' | 'name'>,
  environment: string,
): boolean {
  return kind === 'record set'
    ? name
        .toLowerCase()
        .split(/[^a-z0-9-]+/)
        .includes(environment)
    : isOurs(tags) && tags['Environment'] === environment;
}
