import type { World } from '../world.ts';
import type { Key } from './state.ts';

/** Keeps a key under a new id. */
export function keepKey(
  world: World,
  wanted: Pick<Key, 'manager' | 'description' | 'policy' | 'rotation' | 'tags'>,
): Key {
  const id = world.uniqueHex(32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const key: Key = {
    ...wanted,
    id,
    arn: `arn:aws:kms:${world.region}:${world.accountId}:key/${id}`,
    materialId: world.uniqueHex(64),
    createdAt: world.clock.now(),
    isEnabled: true,
    deletion: undefined,
  };
  world.kms.keys.set(id, key);
  world.tagIndex.put(key.arn, key.tags);
  return key;
}
