import { shortDigest } from '../../domain/digest.ts';
import { COMMENT_MARKER, renderComment } from '../report/comment.ts';
import { renderWarning, WARNING_MARKER } from '../report/warning.ts';
import { endedBeforeItBegan } from '../report/words.ts';
import { type CommentPlace, writeOwnComment } from './own-comment.ts';
import { beginToSay, type Publishing } from './publishing.ts';

const DIGEST_LENGTH = 32;

/** The one comment, edited in place; made again when somebody deleted it. */
export async function publishComment(publishing: Publishing): Promise<void> {
  const { report, memory, schemaUrl } = publishing;
  const body = renderComment(report, schemaUrl);
  const digest = shortDigest(body, DIGEST_LENGTH);
  const known = await memory.get('comment');
  if (known?.digest === digest) {
    return;
  }
  await beginToSay(memory, 'comment', known);
  const rememberedId = known && Number(known.externalId);
  const written = await writeOwnComment(placeOf(publishing), {
    marker: COMMENT_MARKER,
    body,
    rememberedId,
    create: !endedBeforeItBegan(report),
  });
  if (written) {
    await memory.put('comment', { externalId: String(written.id), digest, sha: '' });
  }
}

/**
 * Tells the owner that the expiry is near: by one new comment, the first time, because only a new comment notifies; by
 * editing it from then on, also when it is true no longer.
 */
export async function publishWarning(publishing: Publishing): Promise<void> {
  const { report, memory } = publishing;
  const known = await memory.get('warning');
  const content = renderWarning(report, known?.digest);
  if (!content || content.digest === known?.digest) {
    return;
  }
  await beginToSay(memory, 'warning', known);
  const rememberedId = known && Number(known.externalId);
  const written = await writeOwnComment(placeOf(publishing), { marker: WARNING_MARKER, rememberedId, ...content });
  const externalId = String(written?.id ?? rememberedId ?? '');
  await memory.put('warning', { externalId, digest: content.digest, sha: '' });
}

function placeOf({ octokit, target, report, identity }: Publishing): CommentPlace {
  return { octokit, target, number: report.environment.pullRequest.number, identity };
}
