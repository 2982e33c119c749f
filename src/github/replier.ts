import type { Replier } from '../reconcile/reply.ts';
import { asking, isNotFound, isUnprocessable } from './errors.ts';
import type { OctokitSource } from './octokit-source.ts';
import { type CommentPlace, createComment, findOwnComment } from './publish/own-comment.ts';
import type { AppIdentity } from './publish/publishing.ts';
import { renderReply, replyMarker } from './report/reply.ts';
import { ownerAndRepo } from './repository-name.ts';

type Job = Parameters<Replier['send']>[0];

/** Answers comments: 👀 when one was heard; then the reply if there is something to say, and 🚀 or 😕. Every part is found again before it is made. */
export function createReplier({ octokits, identity }: { octokits: OctokitSource; identity: AppIdentity }): Replier {
  return {
    async send(job) {
      const { installationId, pullRequest, commentId, reaction } = job;
      const octokit = await octokits.forInstallation(installationId);
      const target = ownerAndRepo(pullRequest.repository);
      const place: CommentPlace = { octokit, target, number: pullRequest.number, identity };
      await asking('answering a comment', async () => {
        await reply(place, job);
        if (commentId !== null) {
          await react(place, commentId, reaction);
        }
      });
    },
  };
}

async function reply(place: CommentPlace, { commentId, messages }: Job): Promise<void> {
  if (messages.length > 0 && !(await findOwnComment(place, replyMarker(commentId)))) {
    await createComment(place, renderReply(commentId, messages));
  }
}

/** The same reaction twice is one reaction (GitHub answers 200 instead of 201). A comment that is gone is left alone. */
async function react(
  { octokit, target }: CommentPlace,
  commentId: number,
  content: 'eyes' | 'rocket' | 'confused',
): Promise<void> {
  try {
    await octokit.rest.reactions.createForIssueComment({ ...target, comment_id: commentId, content });
  } catch (error) {
    if (!isNotFound(error) && !isUnprocessable(error)) {
      throw error;
    }
  }
}
