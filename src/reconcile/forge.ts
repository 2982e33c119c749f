import type { PullRequestRef } from '../domain/environment.ts';
import type { LabelHistory } from './roster.ts';

/** A pull request as the forge has it now. */
export interface PullRequestFacts {
  /** Where it is: another than was asked for when the repository was renamed or transferred since. */
  readonly repository: string;
  readonly open: boolean;
  readonly merged: boolean;
  /** When it was closed last; missing while it is open. */
  readonly closedAt?: Date;
  readonly draft: boolean;
  readonly fromFork: boolean;
  readonly headSha: string;
  readonly headRef: string;
  readonly baseRef: string;
  readonly title: string;
  /** The login of whoever opened it. */
  readonly author: string;
  readonly authorIsBot: boolean;
  readonly labels: readonly string[];
  /** When anything was last pushed to the repository that the head is in; missing when that is gone, or empty. */
  readonly pushedAt?: Date;
}

/** A file of a commit. */
export interface TreeFile {
  /** From the root of the repository. */
  readonly path: string;
  /** Of its content: the same content has the same, in whatever commit. */
  readonly sha: string;
  readonly bytes: number;
}

/** What the reconciler reads from GitHub. Throws `TransientError` and `TerminalError`, like a provisioner. */
export interface Forge {
  /** Undefined when there is no such pull request. */
  pullRequest(ref: PullRequestRef, installationId: number): Promise<PullRequestFacts | undefined>;
  /** A file's text at a commit; undefined when it is not there. */
  file(request: { repository: string; installationId: number; path: string; sha: string }): Promise<string | undefined>;
  /**
   * Paths of all files below a folder at a commit, from the folder on, sorted; undefined where there is no such folder. One
   * request where no folder stands in it, three otherwise.
   */
  filesBelow(request: {
    repository: string;
    installationId: number;
    path: string;
    sha: string;
  }): Promise<readonly string[] | undefined>;
  /**
   * All files of a commit, in one request; undefined where they are more than the forge lists. Throws `TerminalError` where
   * there is no such commit.
   */
  tree(request: { repository: string; installationId: number; sha: string }): Promise<readonly TreeFile[] | undefined>;
  /** Paths that the pull request changes against its base, all pages of them. */
  changedPaths(ref: PullRequestRef, installationId: number): Promise<readonly string[]>;
  /** The newest commit of `branch` that touches any of `paths`; the branch's head when `paths` is empty. */
  lastCommitTouching(request: {
    repository: string;
    installationId: number;
    /** Or a tag, or a commit. */
    branch: string;
    paths: readonly string[];
  }): Promise<string | undefined>;
  /** What became of a label on it; a pull request that is not there has no history. */
  labelHistory(ref: PullRequestRef, installationId: number, label: string): Promise<LabelHistory>;
  /**
   * The bot, none of those that are obeyed, that the forge says wrote this commit; undefined when it was somebody else. Who
   * pushed it, only the webhook of the push says.
   */
  botBehind(request: { repository: string; installationId: number; sha: string }): Promise<string | undefined>;
  /** Whether this person may read the repository. */
  mayRead(request: { repository: string; installationId: number; login: string }): Promise<boolean>;
  /** Takes the label off; a label that is not there is no error. */
  removeLabel(ref: PullRequestRef, installationId: number, label: string): Promise<void>;
}
