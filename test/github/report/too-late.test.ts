import { describe, expect, it } from '@jest/globals';
import { renderReply } from '../../../src/github/report/reply.ts';
import type { ReplyMessage } from '../../../src/reconcile/reply.ts';

const [OLD, NEW] = ['a'.repeat(40), 'b'.repeat(40)] as [string, string];

describe('an answer to what came too late', () => {
  it.each<[ReplyMessage, string]>([
    [
      { kind: 'moved', line: '/ephemeral redeploy', meant: OLD, head: NEW },
      '😕 `/ephemeral redeploy`: this was written for `aaaaaaa`, and `bbbbbbb` has been pushed since. Nothing was done. Say it again for `bbbbbbb`.',
    ],
    [
      { kind: 'moved', line: '/ephemeral create', meant: null, head: NEW },
      '😕 `/ephemeral create`: something was pushed at about the time this was written, and Mayfly cannot tell which commit was meant. Nothing was done. Say it again for `bbbbbbb`.',
    ],
    [
      { kind: 'overtaken', line: '/ephemeral create', reason: 'unlabelled' },
      '😕 `/ephemeral create`: the label was taken off after this was written, so nothing was done. Say it again if it is still wanted.',
    ],
    [
      { kind: 'overtaken', line: '/ephemeral create', reason: 'merged' },
      '😕 `/ephemeral create`: this pull request was closed after this was written, so nothing was done. Say it again if it is still wanted.',
    ],
    [
      { kind: 'overtaken', line: '/ephemeral create', reason: 'expired' },
      '😕 `/ephemeral create`: the time of the environment ran out after this was written, so nothing was done. Say it again if it is still wanted.',
    ],
    [
      { kind: 'given-up', cause: 'reading a permission: GitHub answered 502' },
      '😕 Mayfly could not ask GitHub who may do this (reading a permission: GitHub answered 502). Nothing was done. Say it, or put the label on, again.',
    ],
    [
      { kind: 'given-up', cause: null },
      '😕 Something went wrong in Mayfly that whoever runs it has to look at. Nothing was done. Say it, or put the label on, again.',
    ],
  ])('says of %j what happened and what to do', (message, text) => {
    expect(renderReply(1, [message])).toBe(`<!-- mayfly:reply:1 -->\n\n${text}`);
  });
});
