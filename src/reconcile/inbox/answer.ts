import { isRefusal, type ReplyMessage, type ReplyQuestion } from '../reply.ts';
import type { StoreTransaction } from '../store.ts';
import type { Permission } from './authorise.ts';
import type { Letter, Petition } from './delivery.ts';

/** 👀: it was heard. Whether it is obeyed is not known yet. */
export async function notice(
  { says, pullRequest, installationId }: Letter,
  transaction: StoreTransaction,
): Promise<void> {
  if (says.kind === 'comment') {
    const { commentId } = says;
    await transaction.enqueueReply({ pullRequest, installationId, commentId, reaction: 'eyes', messages: [] });
  }
}

/**
 * People are told why nothing comes of what they say, or of their label. A button is not answered; nor is a bot, which
 * would not read it, and may label thirty pull requests a week.
 */
export function refusal(
  { sender, says }: Letter<Petition>,
  { needed, label }: { needed: Permission; label: string },
): readonly ReplyMessage[] {
  const { login } = sender;
  if (sender.isBot || says.kind === 'button') {
    return [];
  }
  return [{ kind: 'not-allowed', login, needed, ...(says.kind === 'label' && { label }) }];
}

/** A comment is answered in any case, if only by a reaction; what is no comment, when there is something to say. */
export async function answer(
  { says, pullRequest, installationId }: Letter<Petition>,
  messages: readonly (ReplyMessage | ReplyQuestion)[],
  transaction: StoreTransaction,
): Promise<void> {
  if (says.kind !== 'comment' && !messages.some(isSpoken)) {
    return;
  }
  await transaction.enqueueReply({
    pullRequest,
    installationId,
    commentId: says.kind === 'comment' ? says.commentId : null,
    reaction: messages.some(isRefusal) ? 'confused' : 'rocket',
    messages,
  });
}

/** What an ask of a label or a button has to say is said by the environment's own comment. */
function isSpoken({ kind }: ReplyMessage | ReplyQuestion): boolean {
  return kind === 'not-allowed' || kind === 'given-up' || kind === 'too-many';
}
