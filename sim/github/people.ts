import { createComment, deleteComment, editComment, react } from './behaviour/comments.ts';
import { requestCheckAction, rerequestCheckRun } from './behaviour/checks.ts';
import { changeInstalledRepositories, installApp, uninstallApp } from './behaviour/installations.ts';
import { addLabel, removeLabel } from './behaviour/labels.ts';
import {
  closePullRequest,
  editPullRequest,
  forkOf,
  mergePullRequest,
  openPullRequest,
  type PullRequestScene,
  reopenPullRequest,
  setDraft,
} from './behaviour/pull-requests.ts';
import { addCommit, deleteBranch, type FileChanges, moveBranch, pushFiles, tipOf } from './behaviour/pushes.ts';
import { completeWorkflowRun, startWorkflowRun } from './behaviour/workflows.ts';
import type { CheckRun } from './entities/check-run.ts';
import type { Commit } from './entities/commit.ts';
import type { Installation, Permissions } from './entities/installation.ts';
import type { IssueComment, ReactionContent } from './entities/issue-comment.ts';
import type { PullRequest } from './entities/pull-request.ts';
import { hasRole, type RoleName } from './entities/repository.ts';
import type { WorkflowConclusion, WorkflowRun } from './entities/workflow.ts';
import { notFound, roleForbidden } from './errors.ts';
import type { Scene } from './webhooks/emit.ts';
import type { World } from './world.ts';

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

export interface OpenPullRequest extends In {
  readonly title: string;
  readonly body?: string;
  /** Branch to merge; it must be pushed already. */
  readonly head: string;
  /** Default: the default branch. */
  readonly base?: string;
  readonly draft?: boolean;
  readonly number?: number;
  /** Login of the fork's owner; the fork must have been made by `fork` or `pushToFork`. */
  readonly forkOwner?: string;
}

export interface Push extends In {
  /** Branch; a new one starts at the default branch's tip. */
  readonly ref: string;
  readonly message?: string;
  readonly files: FileChanges;
  /** For stories with known SHAs. */
  readonly sha?: string;
}

/**
 * What people do on GitHub's pages and with git. Each changes the state and sends the webhooks that GitHub sends for it,
 * and throws a GitHubError where GitHub would refuse: a missing role, a closed pull request, a label that is not there.
 */
export type People = ReturnType<typeof createPeople>;

export function createPeople(world: World) {
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

  function commentScene(at: In & { commentId: number }): PullRequestScene & { comment: IssueComment } {
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

  const code = {
    /** Commits and pushes to a branch: `push`, and `pull_request.synchronize` for what is open from it. */
    push: (at: Push): Commit => pushFiles(world, scene(at, 'write'), { message: `Update ${at.ref}`, ...at }),
    /** Makes the person's own fork if there is none, and pushes there. Nobody's role is needed for that. */
    pushToFork(at: Push): Commit {
      const place = scene(at);
      const fork = forkOf(world, place.repository, at.actor);
      return pushFiles(world, { repository: fork, actor: place.actor }, { message: `Update ${at.ref}`, ...at });
    },
    /** Throws the branch away and starts it again at its parent commit with other content. */
    forcePush(at: Push): Commit {
      const place = scene(at, 'write');
      const { parents } = commitIn(place, tipOf(place.repository, at.ref));
      const message = at.message ?? `Rewrite ${at.ref}`;
      const rewritten = addCommit(world, place, { message, files: at.files, parents });
      moveBranch(world, place, { ref: at.ref, sha: rewritten.sha });
      return rewritten;
    },
    /** Closes the pull requests from it first, as GitHub does. */
    deleteBranch(at: In & { ref: string }): void {
      const place = scene(at, 'write');
      for (const pullRequest of place.repository.pullRequests.values()) {
        if (pullRequest.head.repository === place.repository && pullRequest.head.ref === at.ref) {
          closePullRequest(world, { ...place, pullRequest });
        }
      }
      deleteBranch(world, place, at.ref);
    },
  };

  const pullRequests = {
    openPullRequest(at: OpenPullRequest): PullRequest {
      const place = scene(at, at.forkOwner === undefined ? 'write' : 'read');
      const { repository } = place;
      const from = at.forkOwner === undefined ? repository : store.repository(`${at.forkOwner}/${repository.name}`);
      const { title, body, draft = false, number, base = repository.defaultBranch } = at;
      const head = { repository: from, ref: at.head };
      return openPullRequest(world, place, { title, body, draft, base, head, ...(number !== undefined && { number }) });
    },
    editPullRequest: (at: On & { title?: string; body?: string }): void =>
      editPullRequest(world, asAuthorOr(at, 'write'), {
        ...(at.title !== undefined && { title: at.title }),
        ...(at.body !== undefined && { body: at.body }),
      }),
    close: (at: On): void => closePullRequest(world, asAuthorOr(at, 'triage')),
    reopen: (at: On): void => reopenPullRequest(world, asAuthorOr(at, 'triage')),
    /** The merge commit's SHA. */
    merge: (at: On): string => mergePullRequest(world, on(at, 'write')),
    convertToDraft: (at: On): void => setDraft(world, asAuthorOr(at, 'write'), true),
    readyForReview: (at: On): void => setDraft(world, asAuthorOr(at, 'write'), false),
    label: (at: On & { label: string }): void => addLabel(world, on(at, 'triage'), at.label),
    unlabel: (at: On & { label: string }): void => removeLabel(world, on(at, 'triage'), at.label),
  };

  const conversation = {
    comment: (at: On & { body: string }): IssueComment =>
      createComment(world, on(at), { body: at.body, viaApp: false }),
    editComment: (at: In & { commentId: number; body: string }): void => editComment(world, commentScene(at), at.body),
    deleteComment: (at: In & { commentId: number }): void => deleteComment(world, commentScene(at)),
    react(at: In & { commentId: number; content: ReactionContent }): void {
      const place = scene(at);
      react(world, place, { comment: commentIn(place, at.commentId), content: at.content });
    },
  };

  const checks = {
    /** Pushes a button of a check run; GitHub shows buttons to those who can write. */
    clickCheckAction(at: In & { checkRunId: number; identifier: string }): void {
      const place = scene(at, 'write');
      requestCheckAction(world, place, { run: checkRunIn(place, at.checkRunId), identifier: at.identifier });
    },
    rerunCheck(at: In & { checkRunId: number }): void {
      const place = scene(at, 'write');
      rerequestCheckRun(world, place, checkRunIn(place, at.checkRunId));
    },
    startWorkflowRun(at: In & { runId: number }): void {
      const { place, run } = workflowRun(at);
      startWorkflowRun(world, place, run);
    },
    completeWorkflowRun(at: In & { runId: number; conclusion: WorkflowConclusion }): void {
      const { place, run } = workflowRun(at);
      completeWorkflowRun(world, place, { run, conclusion: at.conclusion });
    },
  };

  const installations = {
    /** On all repositories of the account, or on those named. */
    installApp: (at: {
      actor: string;
      account: string;
      repositories?: readonly string[];
      permissions?: Permissions;
    }): Installation =>
      installApp(world, store.account(at.actor), {
        account: store.account(at.account),
        ...(at.repositories && { repositories: at.repositories.map((name) => store.repository(name)) }),
        ...(at.permissions && { permissions: at.permissions }),
      }),
    uninstallApp: (at: { actor: string; installation: Installation }): void =>
      uninstallApp(world, store.account(at.actor), at.installation),
    changeInstalledRepositories: (at: {
      actor: string;
      installation: Installation;
      added?: readonly string[];
      removed?: readonly string[];
    }): void =>
      changeInstalledRepositories(world, store.account(at.actor), {
        installation: at.installation,
        added: (at.added ?? []).map((name) => store.repository(name)),
        removed: (at.removed ?? []).map((name) => store.repository(name)),
      }),
  };

  return { ...code, ...pullRequests, ...conversation, ...checks, ...installations };
}
