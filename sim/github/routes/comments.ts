import { type CommentScene, createComment, deleteComment, editComment, react } from '../behaviour/comments.ts';
import { type IssueComment, type ReactionContent, reactionContents } from '../entities/issue-comment.ts';
import { hasRole } from '../entities/repository.ts';
import { roleForbidden } from '../errors.ts';
import {
  type Answer,
  actorOf,
  type Call,
  created,
  found,
  isApp,
  list,
  noContent,
  numberParam,
  ok,
  type Routes,
  repositoryOf,
  sceneOf,
} from '../http/call.ts';
import { textAt } from '../json.ts';
import { commentJson, reactionJson } from '../wire/issue-comment.ts';
import type { World } from '../world.ts';
import { pullRequestOf, pullRequestSceneOf } from './pulls.ts';

function commentOf(call: Call): IssueComment {
  return found(repositoryOf(call).comments.get(numberParam(call, 'comment_id')));
}

/** A person may change their own comment, and with write permission anybody's. */
function changeableScene(call: Call): CommentScene {
  const scene = sceneOf(call);
  const comment = commentOf(call);
  const isOwn = comment.author === scene.actor;
  if (call.caller.kind === 'user' && !isOwn && !hasRole(scene.repository, scene.actor.login, 'write')) {
    throw roleForbidden();
  }
  return { ...scene, comment, pullRequest: found(scene.repository.pullRequests.get(comment.number)) };
}

function listComments(world: World, call: Call): Answer {
  const repository = repositoryOf(call);
  const { number } = pullRequestOf(call, 'issue_number');
  const since = call.query.get('since');
  const comments = [...repository.comments.values()].filter(
    (comment) => comment.number === number && (since === null || comment.updatedAt >= new Date(since)),
  );
  return list(comments.map((comment) => commentJson(world, repository, comment)));
}

function isReaction(value: string | undefined | null): value is ReactionContent {
  return reactionContents.some((content) => content === value);
}

function createReaction(world: World, call: Call): Answer {
  const content = textAt(call.body, 'content');
  const { reaction, created: isNew } = react(world, sceneOf(call), {
    comment: commentOf(call),
    content: isReaction(content) ? content : '+1',
  });
  return { status: isNew ? 201 : 200, body: reactionJson(world, reaction) };
}

function deleteReaction(call: Call): Answer {
  const { reactions } = commentOf(call);
  const index = reactions.findIndex(({ id }) => id === numberParam(call, 'reaction_id'));
  if (found(reactions[index]).author !== actorOf(call)) {
    throw roleForbidden();
  }
  reactions.splice(index, 1);
  return noContent;
}

export function createCommentRoutes(world: World): Routes {
  return {
    'issues/list-comments': (call) => listComments(world, call),
    'issues/get-comment': (call) => ok(commentJson(world, repositoryOf(call), commentOf(call))),
    'issues/create-comment': (call) => {
      const body = textAt(call.body, 'body') ?? '';
      const comment = createComment(world, pullRequestSceneOf(call, 'issue_number'), { body, viaApp: isApp(call) });
      return created(commentJson(world, repositoryOf(call), comment));
    },
    'issues/update-comment': (call) => {
      editComment(world, changeableScene(call), textAt(call.body, 'body') ?? '');
      return ok(commentJson(world, repositoryOf(call), commentOf(call)));
    },
    'issues/delete-comment': (call) => {
      deleteComment(world, changeableScene(call));
      return noContent;
    },
    'reactions/create-for-issue-comment': (call) => createReaction(world, call),
    'reactions/list-for-issue-comment': (call) => {
      const content = call.query.get('content');
      const reactions = commentOf(call).reactions.filter((each) => content === null || each.content === content);
      return list(reactions.map((reaction) => reactionJson(world, reaction)));
    },
    'reactions/delete-for-issue-comment': (call) => deleteReaction(call),
  };
}
