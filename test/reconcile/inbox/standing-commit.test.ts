import { describe, expect, it } from '@jest/globals';
import type { PullRequestFacts } from '../../../src/reconcile/forge.ts';
import type { Letter } from '../../../src/reconcile/inbox/delivery.ts';
import { standingCommit } from '../../../src/reconcile/inbox/standing-commit.ts';
import { CLOSED, delivery, FOLLOW, NOON, pushed, SNAPSHOT } from '../../support/deliveries.ts';

const [A, B, C] = ['a', 'b', 'c'].map((digit) => digit.repeat(40)) as [string, string, string];
const seconds = (count: number) => new Date(NOON.getTime() + count * 1000);

function heard(says: Letter['says']): Letter {
  return { ...delivery('later', { says }), position: 2, heardAt: NOON, knownHead: null, tries: 0, notBefore: null };
}

/** The pull request is at `B`, and was written about at noon. */
function stood(
  since: readonly Letter['says'][],
  {
    pull = {},
    ...letter
  }: { saidAt?: Date | null; knownHead?: string | null; pull?: Partial<PullRequestFacts> | null } = {},
) {
  const base = { ...SNAPSHOT, headSha: B, repository: 'acme/shop', open: true, merged: false, labels: [] };
  return standingCommit(
    { saidAt: NOON, knownHead: null, ...letter },
    { pull: pull === null ? undefined : { ...base, pushedAt: seconds(30), ...pull }, since: since.map(heard) },
  );
}

describe('the commit that stood when a comment was written', () => {
  it.each<[reason: string, ReturnType<typeof stood>, unknown]>([
    [
      'the first push since replaced it',
      stood([pushed(A, C), pushed(C, B)]),
      { kind: 'moved', snapshot: { headSha: A } },
    ],
    ['a push was undone by another', stood([pushed(B, C), pushed(C, B)]), { kind: 'stands', snapshot: { headSha: B } }],
    ['a new title is no push', stood([FOLLOW, CLOSED], { knownHead: B }), { kind: 'stands' }],
    ['nothing was pushed since', stood([], { pull: { pushedAt: seconds(-1) } }), { kind: 'stands' }],
    ['it was known already', stood([], { knownHead: B }), { kind: 'stands' }],
    ['another was known', stood([], { knownHead: A }), { kind: 'unsure', now: { headSha: B } }],
    ['something was pushed in the same second', stood([], { pull: { pushedAt: NOON } }), { kind: 'unsure' }],
    ['nothing tells when it was written', stood([], { saidAt: null }), { kind: 'unsure' }],
    [
      'a push was lost before the one that was heard of, and may have come before or after it',
      stood([pushed(C, B)], { knownHead: A }),
      { kind: 'unsure', now: { headSha: B } },
    ],
    ['its repository is gone, and nobody can push', gone(), { kind: 'stands' }],
    ['it is closed', stood([], { pull: { open: false } }), { kind: 'closed' }],
    ['there is no such pull request', stood([], { pull: null }), { kind: 'closed' }],
  ])('is told: %s', (_, found, expected) => {
    expect(found).toMatchObject(expected as object);
  });
});

function gone() {
  const pull = { ...SNAPSHOT, headSha: B, repository: 'acme/shop', open: true, merged: false, labels: [] };
  return standingCommit({ saidAt: NOON, knownHead: null }, { pull, since: [] });
}
