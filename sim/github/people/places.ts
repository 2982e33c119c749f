import type { CommentScene } from '../behaviour/comments.ts';
import type { CheckRun } from '../entities/check-run.ts';
import type { Commit } from '../entities/commit.ts';
import type { IssueComment } from '../entities/issue-comment.ts';
import { hasRole, type RoleName } from '../entities/repository.ts';
import type { WorkflowRun } from '../entities/workflow.ts';
import { notFound, roleForbidden } from '../errors.ts';
import type { PullRequestScene, Scene } from '../webhooks/emit.ts';
import type { World } from '../world.ts';

/** Where a person acts, and as whom. */
export interface In {
  /** `owner/name` */
  readonly repository: string;
  /** Login */
  readonly actor: string;
}

export interface On extends In {
  /** Of the pull request */
  readonly number: number;
}

/** Finds what a person means, and refuses who may not touch it: 404 for what they cannot see, 403 for a missing role. */
export type Places = ReturnType<typeof createPlaces>;

export function createPlaces(world: World) {
  const { store } = world;

  function scene({ repository, actor }: In, role: RoleName = 'read'): Scene {
    const where = store.repositories.get(repository);
    if (!where || !hasRole(where, actor, 'read')) {
      throw notFound();
    }
    if (!hasRole(where, actor, role)) {
      throw roleForbidden();
    }
    return { repository: where, actor: store.account(actor) };
  }

  function on(at: On, role: RoleName = 'read'): PullRequestScene {
    const place = scene(at, role);
    const pullRequest = place.repository.pullRequests.get(at.number);
    if (!pullRequest) {
      throw notFound();
    }
    return { ...place, pullRequest };
  }

  /** Authors may do with their own pull request what others need a role for. */
  function asAuthorOr(at: On, role: RoleName): PullRequestScene {
    const place = on(at);
    return place.pullRequest.author === place.actor ? place : on(at, role);
  }

  function commentIn({ repository }: Scene, id: number): IssueComment {
    const comment = repository.comments.get(id);
    if (!comment) {
      throw notFound();
    }
    return comment;
  }

  function commentScene(at: In & { commentId: number }): CommentScene {
    const comment = commentIn(scene(at), at.commentId);
    const place = on({ ...at, number: comment.number }, comment.author.login === at.actor ? 'read' : 'write');
    return { ...place, comment };
  }

  function checkRunIn({ repository }: Scene, id: number): CheckRun {
    const run = repository.checkRuns.get(id);
    if (!run) {
      throw notFound();
    }
    return run;
  }

  function commitIn({ repository }: Scene, sha: string): Commit {
    const commit = repository.commits.get(sha);
    if (!commit) {
      throw notFound();
    }
    return commit;
  }

  function workflowRun(at: In & { runId: number }): { place: Scene; run: WorkflowRun } {
    const place = scene(at, 'write');
    const run = place.repository.workflowRuns.get(at.runId);
    if (!run) {
      throw notFound();
    }
    return { place, run };
  }

  return { scene, on, asAuthorOr, commentIn, commentScene, checkRunIn, commitIn, workflowRun };
}
