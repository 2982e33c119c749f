import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { ec2Arn } from './arn.ts';
import { resourceKinds } from './resource-kinds.ts';

/** The resource of that id. Throws with the code for one that does not exist. */
export function existing<T>(
  all: ReadonlyMap<string, T>,
  id: string | undefined,
  [code, what]: readonly [code: string, what: string],
): T {
  const found = all.get(id ?? '');
  if (found === undefined) {
    throw new Refusal(code, `The ${what} '${id ?? ''}' does not exist`);
  }
  return found;
}

/** The resource is gone, and the tag index is told of it. */
export function remove(world: World, id: string): void {
  const known = resourceKinds.find(({ prefix }) => id.startsWith(prefix));
  if (known?.all(world).delete(id)) {
    world.tagIndex.remove(ec2Arn(world, known.kind, id));
  }
}
