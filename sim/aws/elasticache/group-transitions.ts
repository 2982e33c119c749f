import type { World } from '../world.ts';
import type { GroupSettings, ReplicationGroup } from './state.ts';

/*
 * creating -> available; available -> modifying -> available; available -> deleting -> gone.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ReplicationGroup.html
 */

function later(
  world: World,
  group: ReplicationGroup,
  { seconds, action }: { seconds: number; action: () => void },
): void {
  group.cancelTransition();
  group.cancelTransition = world.clock.after(seconds, action);
}

export function beginCreating(world: World, group: ReplicationGroup): void {
  const available = (): void => {
    group.status = 'available';
  };
  later(world, group, { seconds: world.durations.cacheCreated, action: available });
}

export function beginModifying(world: World, group: ReplicationGroup, due: Partial<GroupSettings>): void {
  group.status = 'modifying';
  const done = (): void => {
    group.status = 'available';
    group.settings = { ...group.settings, ...due };
    group.pending = Object.fromEntries(Object.entries(group.pending).filter(([key]) => !(key in due)));
  };
  later(world, group, { seconds: world.durations.cacheModified, action: done });
}

export function beginDeleting(world: World, group: ReplicationGroup): void {
  group.status = 'deleting';
  const gone = (): void => {
    world.elasticache.replicationGroups.delete(group.id);
    world.tagIndex.remove(group.arn);
  };
  later(world, group, { seconds: world.durations.cacheDeleted, action: gone });
}
