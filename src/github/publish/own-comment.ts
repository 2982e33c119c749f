import { isNotFound } from '../errors.ts';
import type { Octokit } from '../octokit-source.ts';
import { type AppIdentity, isOurs } from './publishing.ts';

/** Where comments of one pull request are. */
export interface CommentPlace {
  readonly octokit: Octokit;
  readonly target: { readonly owner: string; readonly repo: string };
  readonly number: number;
  readonly identity: AppIdentity;
}

/** The oldest comment of our own that carries the marker; undefined when there is none. */
export async function findOwnComment(place: CommentPlace, marker: string): Promise<{ id: number } | undefined> {
  const { octokit, target, number, identity } = place;
  const pages = octokit.paginate.iterator(octokit.rest.issues.listComments, {
    ...target,
    issue_number: number,
    per_page: 100,
  });
  for await (const { data } of pages) {
    const found = data.find((comment) => isOurs(comment, identity) && comment.body?.startsWith(marker));
    if (found) {
      return { id: found.id };
    }
  }
  return undefined;
}

export async function createComment({ octokit, target, number }: CommentPlace, body: string): Promise<{ id: number }> {
  const { data } = await octokit.rest.issues.createComment({ ...target, issue_number: number, body });
  return { id: data.id };
}

/** False when somebody deleted it. */
async function editComment(
  { octokit, target }: CommentPlace,
  { id, body }: { id: number; body: string },
): Promise<boolean> {
  try {
    await octokit.rest.issues.updateComment({ ...target, comment_id: id, body });
    return true;
  } catch (error) {
    if (isNotFound(error)) {
      return false;
    }
    throw error;
  }
}

/**
 * Makes the comment with this marker read `body`: the one whose id is remembered, or the one that is found, or a new one.
 * Undefined when there is none and `create` is false.
 */
export async function writeOwnComment(
  place: CommentPlace,
  comment: { marker: string; body: string; rememberedId: number | undefined; create: boolean },
): Promise<{ id: number } | undefined> {
  const { marker, body, rememberedId } = comment;
  if (rememberedId !== undefined && (await editComment(place, { id: rememberedId, body }))) {
    return { id: rememberedId };
  }
  const found = await findOwnComment(place, marker);
  if (found && (await editComment(place, { id: found.id, body }))) {
    return found;
  }
  return comment.create ? await createComment(place, body) : undefined;
}
