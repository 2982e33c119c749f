import { closePullRequest, forkOf } from '../behaviour/pull-requests.ts';
import { addCommit, deleteBranch, type FileChanges, moveBranch, pushFiles, tipOf } from '../behaviour/pushes.ts';
import type { Commit } from '../entities/commit.ts';
import type { World } from '../world.ts';
import type { In, Places } from './places.ts';

export interface Push extends In {
  /** Branch; a new one starts at the default branch's tip. */
  readonly ref: string;
  readonly message?: string;
  readonly files: FileChanges;
  /** For stories with known SHAs. */
  readonly sha?: string;
}

/** What people do with git. */
export function createCode(world: World, places: Places) {
  return {
    /** Commits and pushes to a branch: `push`, and `pull_request.synchronize` for what is open from it. */
    push: (at: Push): Commit => pushFiles(world, places.scene(at, 'write'), { message: `Update ${at.ref}`, ...at }),
    /** Makes the person's own fork if there is none, and pushes there. Nobody's role is needed for that. */
    pushToFork(at: Push): Commit {
      const place = places.scene(at);
      const fork = forkOf(world, place.repository, at.actor);
      return pushFiles(world, { repository: fork, actor: place.actor }, { message: `Update ${at.ref}`, ...at });
    },
    /** Throws the branch away and starts it again at its parent commit with other content. */
    forcePush(at: Push): Commit {
      const place = places.scene(at, 'write');
      const { parents } = places.commitIn(place, tipOf(place.repository, at.ref));
      const message = at.message ?? `Rewrite ${at.ref}`;
      const rewritten = addCommit(world, place, { message, files: at.files, parents });
      moveBranch(world, place, { ref: at.ref, sha: rewritten.sha });
      return rewritten;
    },
    /** Closes the pull requests from it first, as GitHub does. */
    deleteBranch(at: In & { ref: string }): void {
      const place = places.scene(at, 'write');
      for (const pullRequest of place.repository.pullRequests.values()) {
        if (pullRequest.head.repository === place.repository && pullRequest.head.ref === at.ref) {
          closePullRequest(world, { ...place, pullRequest });
        }
      }
      deleteBranch(world, place, at.ref);
    },
  };
}
