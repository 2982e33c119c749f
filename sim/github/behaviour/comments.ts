import type { IssueComment, Reaction, ReactionContent } from '../entities/issue-comment.ts';
import { validationFailed } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { emitRepositoryEvent, type PullRequestScene, type Scene } from '../webhooks/emit.ts';
import { commentJson, issueJson } from '../wire/issue-comment.ts';
import type { World } from '../world.ts';

export type CommentScene = PullRequestScene & { readonly comment: IssueComment };

/** GitHub's limit, in characters (its error says so). */
const longestBody = 65_536;

function refuseBadBody(body: string): void {
  if (body.trim() === '') {
    throw validationFailed({ resource: 'IssueComment', code: 'missing_field', field: 'body' });
  }
  if (body.length > longestBody) {
    const message = `body is too long (maximum is ${longestBody} characters)`;
    throw validationFailed({ resource: 'IssueComment', code: 'custom', field: 'body', message });
  }
}

function emitComment(world: World, scene: CommentScene, more: { action: string; changes?: JsonObject }): void {
  const { repository, pullRequest, comment } = scene;
  const payload = {
    ...more,
    issue: issueJson(world, repository, pullRequest),
    comment: commentJson(world, repository, comment),
  };
  emitRepositoryEvent(world, scene, { name: 'issue_comment', payload });
}

export function createComment(
  world: World,
  scene: PullRequestScene,
  { body, viaApp }: { body: string; viaApp: boolean },
): IssueComment {
  refuseBadBody(body);
  const now = world.clock.now();
  const comment: IssueComment = {
    id: world.store.nextId(),
    number: scene.pullRequest.number,
    author: scene.actor,
    viaApp,
    createdAt: now,
    reactions: [],
    body,
    updatedAt: now,
  };
  scene.repository.comments.set(comment.id, comment);
  scene.pullRequest.updatedAt = now;
  emitComment(world, { ...scene, comment }, { action: 'created' });
  return comment;
}

/** Tells of the edit also when the body stays the same, as GitHub does not compare. */
export function editComment(world: World, scene: CommentScene, body: string): void {
  refuseBadBody(body);
  const { comment } = scene;
  const from = comment.body;
  comment.body = body;
  comment.updatedAt = world.clock.now();
  emitComment(world, scene, { action: 'edited', changes: { body: { from } } });
}

export function deleteComment(world: World, scene: CommentScene): void {
  scene.repository.comments.delete(scene.comment.id);
  emitComment(world, scene, { action: 'deleted' });
}

/** The same reaction of the same person exists once. GitHub sends no webhook for reactions. */
export function react(
  world: World,
  { actor }: Scene,
  { comment, content }: { comment: IssueComment; content: ReactionContent },
): { reaction: Reaction; created: boolean } {
  const known = comment.reactions.find((each) => each.content === content && each.author === actor);
  if (known) {
    return { reaction: known, created: false };
  }
  const reaction = { id: world.store.nextId(), content, author: actor, createdAt: world.clock.now() };
  comment.reactions.push(reaction);
  return { reaction, created: true };
}
