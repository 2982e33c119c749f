import type { World } from '../../aws/world.ts';
import type { CheckRun } from '../../github/entities/check-run.ts';
import type { Repository } from '../../github/entities/repository.ts';
import { ofAnotherCommit } from './served.ts';
import { shapeOf } from './shape.ts';
import { type Violation, violation } from './violation.ts';

/** Sees each check run of ours turn green, at that instant: a green that came too early is true in the end. */
export interface GreenWatch {
  /** To be called after each request that may have changed a check run. */
  look(): void;
  readonly seen: readonly Violation[];
}

export function watchGreens({
  aws,
  repository,
  prefix,
}: {
  aws: { readonly world: World };
  repository: Pick<Repository, 'checkRuns' | 'commits'>;
  prefix: string;
}): GreenWatch {
  const green = new Set<number>();
  const seen: Violation[] = [];

  function judge({ suite, externalId }: CheckRun): void {
    const environment = `${prefix}-${externalId?.split('#')[1] ?? ''}`;
    const sha = suite.headSha;
    const shape = shapeOf(repository.commits.get(sha)?.tree.get('.github/ephemeral.yml'));
    // What does not run was perhaps stopped since Mayfly looked; what runs and is another commit's was so all along.
    for (const what of ofAnotherCommit(aws.world, { environment, shape, pull: { head: { sha } } })) {
      seen.push(violation(9, environment, `the check run of ${sha.slice(0, 7)} turned green while ${what}`));
    }
  }

  return {
    seen,
    look() {
      for (const run of repository.checkRuns.values()) {
        const isGreen = run.name === 'ephemeral' && run.conclusion === 'success';
        if (isGreen && !green.has(run.id)) {
          judge(run);
        }
        if (isGreen) {
          green.add(run.id);
        } else {
          green.delete(run.id);
        }
      }
    },
  };
}
