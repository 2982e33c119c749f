import { beforeEach, describe, expect, it } from '@jest/globals';
import type { IssueComment } from '../../sim/github/entities/issue-comment.ts';
import { createReplier } from '../../src/github/replier.ts';
import type { Replier } from '../../src/reconcile/reply.ts';
import { type LocalHub, startLocalHub } from './local-hub.ts';

let hub: LocalHub;
let replier: Replier;
let question: IssueComment;

beforeEach(async () => {
  hub = await startLocalHub();
  replier = createReplier({ octokits: hub.octokits, identity: hub.identity });
  const { repository, people, number } = hub.seed;
  question = hub.github.actions.comment({ repository, number, actor: people.developer, body: '/ephemeral help' });
});

function job(more: Partial<Parameters<Replier['send']>[0]> = {}): Parameters<Replier['send']>[0] {
  const { repository, number, installation } = hub.seed;
  return {
    pullRequest: { repository, number },
    installationId: installation.id,
    commentId: question.id,
    reaction: 'rocket',
    messages: [{ kind: 'help' }],
    ...more,
  };
}

const comments = (): IssueComment[] => [...hub.github.store.repository(hub.seed.repository).comments.values()];
const reactions = (): string[] => question.reactions.map(({ content }) => content);

describe('an answer', () => {
  it('is seen, said and done, once, however often it is sent', async () => {
    const heard = job({ reaction: 'eyes', messages: [] });
    await replier.send(heard);
    await replier.send(heard);
    expect(reactions()).toEqual(['eyes']);
    await replier.send(job());
    await replier.send(job());
    expect(reactions()).toEqual(['eyes', 'rocket']);
    expect(comments()).toHaveLength(2);
    expect(comments()[1]?.body).toContain(`<!-- mayfly:reply:${question.id} -->`);
  });

  it('is one comment and no reaction where nobody commented, however often that is asked', async () => {
    await replier.send(job({ commentId: null, reaction: 'confused' }));
    await replier.send(job({ commentId: null, reaction: 'confused' }));
    expect(reactions()).toEqual([]);
    expect(comments().map(({ body }) => body.split('\n')[0])).toEqual([
      '/ephemeral help',
      '<!-- mayfly:reply:label -->',
    ]);
  });

  it('is only a reaction when there is nothing to say', async () => {
    await replier.send(job({ messages: [] }));
    expect(reactions()).toEqual(['rocket']);
    expect(comments()).toHaveLength(1);
  });

  it('looks confused when the command was wrong', async () => {
    await replier.send(job({ reaction: 'confused' }));
    expect(reactions()).toEqual(['confused']);
  });

  it('is one reply although the answer to it was lost', async () => {
    hub.github.faults.addRest({ operation: 'issues/create-comment', effect: { kind: 'lose-answer' } });
    await expect(replier.send(job())).rejects.toMatchObject({ name: 'TransientError' });
    await replier.send(job());
    expect(comments()).toHaveLength(2);
  });

  it('is not taken for another comment’s', async () => {
    await replier.send(job());
    const { repository, people, number } = hub.seed;
    const next = hub.github.actions.comment({ repository, number, actor: people.developer, body: '/ephemeral help' });
    await replier.send(job({ commentId: next.id }));
    expect(comments()).toHaveLength(4);
  });

  it('is still said when the comment was deleted meanwhile', async () => {
    const { repository, people } = hub.seed;
    hub.github.actions.deleteComment({ repository, actor: people.developer, commentId: question.id });
    await replier.send(job({ reaction: 'eyes', messages: [] }));
    await replier.send(job());
    expect(comments()).toHaveLength(1);
  });
});
