import type { Task } from '../../aws/ecs/state.ts';
import type { World } from '../../aws/world.ts';
import type { PullCase } from './case.ts';
import { isOurs } from './our-tags.ts';

/** How an image's tag names its commit. */
const SHA_DIGITS = 10;

/** What is asked of an environment: does it serve this commit, with the services that the commit's blueprint names? */
type Serving = Pick<PullCase, 'environment' | 'shape'> & { readonly pull: { readonly head: { readonly sha: string } } };

/**
 * Sentences about services that do not run the pull request's head, or do not run: asked of the tasks themselves, behind
 * whatever the load balancer, Mayfly and GitHub say of them. Empty when what is served is the head.
 */
export function notOfHead(world: World, serving: Serving): string[] {
  const { environment, shape } = serving;
  const running = tasksOf(world, environment);
  const missing = (shape?.services ?? []).flatMap(({ name, count }) => {
    const own = running.filter((task) => isOf(task, environment, name)).length;
    return own < count ? [`${own} of ${count} tasks of ${name} run`] : [];
  });
  return [...missing, ...ofAnotherCommit(world, serving)];
}

/** Those of the sentences that are about a service which runs, and runs something else. */
export function ofAnotherCommit(world: World, { environment, shape, pull }: Serving): string[] {
  const running = tasksOf(world, environment);
  return (shape?.services ?? []).flatMap(({ name, ofHead }) => {
    const stale = running.find(
      (task) =>
        ofHead && isOf(task, environment, name) && !imageOf(task, name).includes(pull.head.sha.slice(0, SHA_DIGITS)),
    );
    return stale ? [`${name} runs ${imageOf(stale, name)}`] : [];
  });
}

export function tasksOf(world: World, environment: string): Task[] {
  return [...world.ecs.tasks.values()].filter(
    ({ tags, lastStatus, desiredStatus }) =>
      isOurs(tags) && tags['Environment'] === environment && lastStatus === 'RUNNING' && desiredStatus === 'RUNNING',
  );
}

function isOf({ group }: Task, environment: string, service: string): boolean {
  return group.endsWith(`-${environment}-${service}`);
}

function imageOf({ containers }: Task, service: string): string {
  return containers.find(({ definition }) => definition.name === service)?.definition.image ?? '';
}
