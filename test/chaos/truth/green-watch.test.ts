import { describe, expect, it } from '@jest/globals';
import { createWorld } from '../../../sim/aws/world.ts';
import { watchGreens } from '../../../sim/chaos/truth/green-watch.ts';
import { createSteppedClock } from '../../../sim/clock.ts';
import type { CheckRun } from '../../../sim/github/entities/check-run.ts';
import type { Commit } from '../../../sim/github/entities/commit.ts';
import { checkRun, HEAD, task } from './healthy-case.ts';

const FORMER = 'b'.repeat(40);
const BLUEPRINT = JSON.stringify({ services: { web: { image: 'vol-app/api', host: 'web' } } });

function setUp(...served: readonly string[]) {
  const world = createWorld({ clock: createSteppedClock() });
  for (const sha of served) {
    world.ecs.tasks.set(sha, task(sha));
  }
  const commit = { tree: new Map([['.github/ephemeral.yml', BLUEPRINT]]) } as unknown as Commit;
  const checkRuns = new Map<number, CheckRun>();
  const watch = watchGreens({
    aws: { world },
    repository: { checkRuns, commits: new Map([[HEAD, commit]]) },
    prefix: 'pr',
  });
  const publish = (conclusion: string | undefined) => {
    checkRuns.set(1, { ...checkRun(HEAD, conclusion), id: 1, name: 'ephemeral', externalId: 'dvsa/vol-app#7' });
    watch.look();
  };
  return { watch, publish, world };
}

describe('the watch over greens', () => {
  it('reports one that came while another commit was served, even if it came true', () => {
    const { watch, publish, world } = setUp(FORMER);
    publish('success');
    world.ecs.tasks.clear();
    publish('success');
    expect(watch.seen.map(({ says }) => says)).toEqual([
      'the check run of aaaaaaa turned green while web runs registry/vol-app/api:branch-feature-bbbbbbbbbb',
    ]);
  });

  it('reports one that is green still when old tasks are served beside new ones', () => {
    const { watch, publish } = setUp(HEAD, FORMER);
    publish(undefined);
    expect(watch.seen).toEqual([]);
    publish('success');
    expect(watch.seen).toHaveLength(1);
  });

  it('has nothing against a green that is true', () => {
    const { watch, publish } = setUp(HEAD);
    publish('success');
    expect(watch.seen).toEqual([]);
  });
});
