import { type IssueComment, type Reaction, reactionContents } from '../entities/issue-comment.ts';
import { fullName, type PullRequest, type Repository } from '../entities/repository.ts';
import type { JsonObject } from '../json.ts';
import type { World } from '../world.ts';
import { accountJson } from './account.ts';
import { appJson } from './app.ts';
import { instant, instantOrNull, nodeId } from './instant.ts';
import { labelsJson } from './label.ts';
import { authorAssociation } from './pull-request.ts';
import { repositoryUrl } from './repository.ts';

function reactionsJson(url: string, reactions: readonly Reaction[]): JsonObject {
  const counts = reactionContents.map((content) => [
    content,
    reactions.filter((reaction) => reaction.content === content).length,
  ]);
  return { url: `${url}/reactions`, total_count: reactions.length, ...Object.fromEntries(counts) };
}

export function commentJson(world: World, repository: Repository, comment: IssueComment): JsonObject {
  const api = repositoryUrl(world, repository);
  const self = `${api}/issues/comments/${comment.id}`;
  return {
    url: self,
    html_url: `${world.url}/${fullName(repository)}/pull/${comment.number}#issuecomment-${comment.id}`,
    issue_url: `${api}/issues/${comment.number}`,
    id: comment.id,
    node_id: nodeId('IC', comment.id),
    user: accountJson(world, comment.author),
    created_at: instant(comment.createdAt),
    updated_at: instant(comment.updatedAt),
    author_association: authorAssociation(repository, comment.author),
    body: comment.body,
    reactions: reactionsJson(self, comment.reactions),
    performed_via_github_app: comment.viaApp ? appJson(world) : null,
  };
}

export function reactionJson(world: World, reaction: Reaction): JsonObject {
  return {
    id: reaction.id,
    node_id: nodeId('REA', reaction.id),
    user: accountJson(world, reaction.author),
    content: reaction.content,
    created_at: instant(reaction.createdAt),
  };
}

/** A pull request seen as an issue: `GET /issues/{n}` and every comment event show it so. */
export function issueJson(world: World, repository: Repository, pullRequest: PullRequest): JsonObject {
  const api = repositoryUrl(world, repository);
  const self = `${api}/issues/${pullRequest.number}`;
  const page = `${world.url}/${fullName(repository)}/pull/${pullRequest.number}`;
  return {
    url: self,
    repository_url: api,
    labels_url: `${self}/labels{/name}`,
    comments_url: `${self}/comments`,
    events_url: `${self}/events`,
    html_url: page,
    id: pullRequest.id,
    node_id: nodeId('PR', pullRequest.id),
    number: pullRequest.number,
    title: pullRequest.title,
    user: accountJson(world, pullRequest.author),
    labels: labelsJson(world, repository, pullRequest.labels),
    state: pullRequest.state,
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: [...repository.comments.values()].filter(({ number }) => number === pullRequest.number).length,
    created_at: instant(pullRequest.createdAt),
    updated_at: instant(pullRequest.updatedAt),
    closed_at: instantOrNull(pullRequest.closedAt),
    author_association: authorAssociation(repository, pullRequest.author),
    active_lock_reason: null,
    draft: pullRequest.draft,
    pull_request: {
      url: `${api}/pulls/${pullRequest.number}`,
      html_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      merged_at: instantOrNull(pullRequest.merge?.at),
    },
    body: pullRequest.body ?? null,
    reactions: reactionsJson(self, []),
    timeline_url: `${self}/timeline`,
    performed_via_github_app: null,
    state_reason: null,
  };
}
