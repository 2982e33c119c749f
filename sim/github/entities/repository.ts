import type { Account } from './account.ts';
import type { CheckRun, CheckSuite } from './check-run.ts';
import type { Commit } from './commit.ts';
import type { Deployment } from './deployment.ts';
import type { IssueComment } from './issue-comment.ts';
import type { IssueEvent } from './issue-event.ts';
import type { Label } from './label.ts';
import type { Workflow, WorkflowRun } from './workflow.ts';

/** Each role includes those before it. */
export const roleNames = ['read', 'triage', 'write', 'maintain', 'admin'] as const;
export type RoleName = (typeof roleNames)[number];

export interface Repository {
  readonly id: number;
  readonly name: string;
  readonly owner: Account;
  readonly isPrivate: boolean;
  readonly description: string | undefined;
  readonly defaultBranch: string;
  readonly parent: Repository | undefined;
  readonly createdAt: Date;
  /** Branch name to head SHA. */
  readonly branches: Map<string, string>;
  /** Shared by a repository and its forks, as on GitHub: a fork's commit can be read through its parent. */
  readonly commits: Map<string, Commit>;
  readonly collaborators: Map<string, RoleName>;
  /** Keyed by the name in lower case: GitHub tells labels apart without case. */
  readonly labels: Map<string, Label>;
  readonly pullRequests: Map<number, PullRequest>;
  readonly comments: Map<number, IssueComment>;
  readonly checkSuites: Map<string, CheckSuite>;
  readonly checkRuns: Map<number, CheckRun>;
  readonly deployments: Map<number, Deployment>;
  readonly environments: Set<string>;
  readonly workflows: Workflow[];
  readonly workflowRuns: Map<number, WorkflowRun>;
  /** Read only, by its owner's wish. */
  isArchived: boolean;
  pushedAt: Date;
  updatedAt: Date;
}

export interface PullRequest {
  readonly id: number;
  readonly number: number;
  readonly author: Account;
  readonly createdAt: Date;
  readonly base: { ref: string; sha: string };
  /** `repository` is another one than the pull request's own when it comes from a fork. */
  readonly head: { readonly repository: Repository; readonly ref: string; sha: string };
  title: string;
  body: string | undefined;
  state: 'open' | 'closed';
  draft: boolean;
  /** Names, in the order they were added. */
  labels: string[];
  /** Oldest first. */
  readonly events: IssueEvent[];
  updatedAt: Date;
  closedAt: Date | undefined;
  merge: { readonly at: Date; readonly by: Account; readonly sha: string } | undefined;
}

export function fullName(repository: Repository): string {
  return `${repository.owner.login}/${repository.name}`;
}

/** The role somebody has, or undefined for none. Everybody can read what is public. */
export function roleOf(repository: Repository, login: string): RoleName | undefined {
  const granted = repository.collaborators.get(login) ?? (repository.owner.login === login ? 'admin' : undefined);
  return granted ?? (repository.isPrivate ? undefined : 'read');
}

export function hasRole(repository: Repository, login: string, needed: RoleName): boolean {
  const role = roleOf(repository, login);
  return role !== undefined && roleNames.indexOf(role) >= roleNames.indexOf(needed);
}
