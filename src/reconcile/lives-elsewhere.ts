import type { PullRequestRef } from '../domain/environment.ts';
import type { Forge } from './forge.ts';
import type { EnvironmentRecord, Store } from './store.ts';

/**
 * The environment that a pull request still has under an earlier name of its repository, not gone yet; undefined when there
 * is none. A repository that was renamed or transferred keeps its pull requests, and GitHub leads from the old name to the
 * new one. Who may see the new one asks: an installation of the old owner sees neither any more. GitHub is asked once for
 * each environment of the same number in another repository.
 */
export async function livesElsewhere(
  { repository, number }: PullRequestRef,
  installationId: number,
  { store, forge }: { store: Pick<Store, 'liveEnvironments'>; forge: Pick<Forge, 'pullRequest'> },
): Promise<EnvironmentRecord | undefined> {
  for (const record of await store.liveEnvironments()) {
    const { pullRequest } = record.identity;
    if (pullRequest.number === number && pullRequest.repository !== repository) {
      const facts = await forge.pullRequest(pullRequest, installationId);
      if (facts?.repository === repository) {
        return record;
      }
    }
  }
  return undefined;
}
