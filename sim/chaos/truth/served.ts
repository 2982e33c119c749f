import type { Task } from '../../aws/ecs/state.ts';
import type { World } from '../../aws/world.ts';
import type { PullCase } from './case.ts';
import { isOurs } from './our-tags.ts';

/** How an image's tag names its commit. */
const SHA_DIGITS = 10;

/**
 * Sentences about services that do not run the pull request's head, or do not run: asked of the tasks themselves, behind
 * whatever the load balancer, Mayfly and GitHub say of them. Empty when what is served is the head.
 */
export function notOfHead(world: World, { environment, shape, pull }: PullCase): string[] {
  const running = [...world.ecs.tasks.values()].filter(
    ({ tags, lastStatus, desiredStatus }) =>
      isOurs(tags) && tags['Environment'] === environment && lastStatus === 'RUNNING' && desiredStatus === 'RUNNING',
  );
  return (shape?.services ?? []).flatMap(({ name, count, ofHead }) => {
    const own = running.filter(({ group }) => group.endsWith(`-${environment}-${name}`));
    if (own.length < count) {
      return [`${own.length} of ${count} tasks of ${name} run`];
    }
    const stale = ofHead
      ? own.find((task) => !imageOf(task, name).includes(pull.head.sha.slice(0, SHA_DIGITS)))
      : undefined;
    return stale ? [`${name} runs ${imageOf(stale, name)}`] : [];
  });
}

function imageOf({ containers }: Task, service: string): string {
  return containers.find(({ definition }) => definition.name === service)?.definition.image ?? '';
}
