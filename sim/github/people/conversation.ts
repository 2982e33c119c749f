import { createComment, deleteComment, editComment, react } from '../behaviour/comments.ts';
import type { IssueComment, ReactionContent } from '../entities/issue-comment.ts';
import type { World } from '../world.ts';
import type { In, On, Places } from './places.ts';

/** What people say. */
export function createConversation(world: World, places: Places) {
  return {
    comment: (at: On & { body: string }): IssueComment =>
      createComment(world, places.on(at), { body: at.body, viaApp: false }),
    editComment: (at: In & { commentId: number; body: string }): void =>
      editComment(world, places.commentScene(at), at.body),
    deleteComment: (at: In & { commentId: number }): void => deleteComment(world, places.commentScene(at)),
    react(at: In & { commentId: number; content: ReactionContent }): void {
      const place = places.scene(at);
      react(world, place, { comment: places.commentIn(place, at.commentId), content: at.content });
    },
  };
}
