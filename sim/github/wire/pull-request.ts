import type { Account } from '../entities/account.ts';
import { changesBetween, commitsBetween } from '../entities/history.ts';
import { fullName, type PullRequest, type Repository, roleOf } from '../entities/repository.ts';
import type { JsonObject } from '../json.ts';
import type { World } from '../world.ts';
import { accountJson } from './account.ts';
import { instant, instantOrNull, nodeId } from './instant.ts';
import { labelsJson } from './label.ts';
import { repositoryJson, repositoryUrl } from './repository.ts';

export function authorAssociation(repository: Repository, author: Account): string {
  if (author === repository.owner) {
    return 'OWNER';
  }
  const role = roleOf(repository, author.login);
  return role && role !== 'read' ? 'COLLABORATOR' : 'NONE';
}

function endJson(world: World, repository: Repository, end: { ref: string; sha: string }): JsonObject {
  return {
    label: `${repository.owner.login}:${end.ref}`,
    ref: end.ref,
    sha: end.sha,
    user: accountJson(world, repository.owner),
    repo: repositoryJson(world, repository),
  };
}

function pullRequestLinks(world: World, repository: Repository, { number, head }: PullRequest): JsonObject {
  const api = repositoryUrl(world, repository);
  const page = `${world.url}/${fullName(repository)}/pull/${number}`;
  const links = {
    self: `${api}/pulls/${number}`,
    html: page,
    issue: `${api}/issues/${number}`,
    comments: `${api}/issues/${number}/comments`,
    review_comments: `${api}/pulls/${number}/comments`,
    review_comment: `${api}/pulls/comments{/number}`,
    commits: `${api}/pulls/${number}/commits`,
    statuses: `${api}/statuses/${head.sha}`,
  };
  return {
    url: links.self,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: links.issue,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
  };
}

/** The form that lists hold. */
export function simplePullRequestJson(world: World, repository: Repository, pullRequest: PullRequest): JsonObject {
  return {
    ...pullRequestLinks(world, repository, pullRequest),
    id: pullRequest.id,
    node_id: nodeId('PR', pullRequest.id),
    number: pullRequest.number,
    state: pullRequest.state,
    locked: false,
    title: pullRequest.title,
    user: accountJson(world, pullRequest.author),
    body: pullRequest.body ?? null,
    created_at: instant(pullRequest.createdAt),
    updated_at: instant(pullRequest.updatedAt),
    closed_at: instantOrNull(pullRequest.closedAt),
    merged_at: instantOrNull(pullRequest.merge?.at),
    merge_commit_sha: pullRequest.merge?.sha ?? null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: labelsJson(world, repository, pullRequest.labels),
    milestone: null,
    draft: pullRequest.draft,
    head: endJson(world, pullRequest.head.repository, pullRequest.head),
    base: endJson(world, repository, pullRequest.base),
    author_association: authorAssociation(repository, pullRequest.author),
    auto_merge: null,
    active_lock_reason: null,
  };
}

export function pullRequestJson(world: World, repository: Repository, pullRequest: PullRequest): JsonObject {
  const { base, head, merge, state } = pullRequest;
  const files = changesBetween(repository, base.sha, head.sha);
  const mergeable = state === 'open' ? true : null;
  return {
    ...simplePullRequestJson(world, repository, pullRequest),
    merged: merge !== undefined,
    mergeable,
    rebaseable: mergeable,
    mergeable_state: state === 'open' ? 'clean' : 'unknown',
    merged_by: merge ? accountJson(world, merge.by) : null,
    comments: [...repository.comments.values()].filter(({ number }) => number === pullRequest.number).length,
    review_comments: 0,
    maintainer_can_modify: head.repository !== repository,
    commits: commitsBetween(repository, base.sha, head.sha).length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  };
}

/** The form that stands inside check runs. */
export function minimalPullRequestJson(world: World, repository: Repository, pullRequest: PullRequest): JsonObject {
  const end = (of: Repository, { ref, sha }: { ref: string; sha: string }): JsonObject => ({
    ref,
    sha,
    repo: { id: of.id, url: repositoryUrl(world, of), name: of.name },
  });
  return {
    url: `${repositoryUrl(world, repository)}/pulls/${pullRequest.number}`,
    id: pullRequest.id,
    number: pullRequest.number,
    head: end(pullRequest.head.repository, pullRequest.head),
    base: end(repository, pullRequest.base),
  };
}

/** Open pull requests from this very repository with that head. GitHub leaves a fork's out of check runs. */
export function pullRequestsAt(repository: Repository, headSha: string): PullRequest[] {
  return [...repository.pullRequests.values()].filter(
    ({ state, head }) => state === 'open' && head.sha === headSha && head.repository === repository,
  );
}
