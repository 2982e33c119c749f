import type { CheckSuite } from '../entities/check-run.ts';
import type { Repository } from '../entities/repository.ts';
import { emitRepositoryEvent, type Scene } from '../webhooks/emit.ts';
import { checkSuiteEventJson, suiteState } from '../wire/check-run.ts';
import type { World } from '../world.ts';

export function emitCheckSuite(
  world: World,
  scene: Scene,
  { action, suite }: { action: string; suite: CheckSuite },
): void {
  const payload = { action, check_suite: checkSuiteEventJson(world, scene.repository, suite) };
  emitRepositoryEvent(world, scene, { name: 'check_suite', payload });
}

function branchAt(repository: Repository, sha: string): string | undefined {
  return [...repository.branches].find(([, head]) => head === sha)?.[0];
}

/** The app's suite on that SHA; made, without an event, when there is none yet. */
export function suiteFor(world: World, repository: Repository, headSha: string): CheckSuite {
  const known = repository.checkSuites.get(headSha);
  if (known) {
    return known;
  }
  const now = world.clock.now();
  const suite: CheckSuite = {
    id: world.store.nextId(),
    headSha,
    headBranch: branchAt(repository, headSha),
    createdAt: now,
    updatedAt: now,
  };
  repository.checkSuites.set(headSha, suite);
  return suite;
}

/** GitHub makes a suite for each app that may write checks, as soon as a SHA is pushed. */
export function requestCheckSuite(world: World, scene: Scene, headSha: string): void {
  const { repository } = scene;
  if (!repository.checkSuites.has(headSha) && world.store.installationOn(repository)) {
    emitCheckSuite(world, scene, { action: 'requested', suite: suiteFor(world, repository, headSha) });
  }
}

/** `completed` is told once, when the last run of the suite ends. */
export function settleCheckSuite(
  world: World,
  scene: Scene,
  { suite, before }: { suite: CheckSuite; before: string },
): void {
  if (before !== 'completed' && suiteState(scene.repository, suite).status === 'completed') {
    suite.updatedAt = world.clock.now();
    emitCheckSuite(world, scene, { action: 'completed', suite });
  }
}
