import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Delivery } from '../../src/reconcile/inbox/delivery.ts';
import { comment, createInboxStage, ID } from '../reconcile/inbox/inbox-stage.ts';
import { NOON, pushed, SNAPSHOT } from '../support/deliveries.ts';
import { environmentRecord } from '../support/environment-record.ts';

const HEADS = ['0', '1', '2', '3'].map((digit) => digit.repeat(40));
const at = (seconds: number) => new Date(NOON.getTime() + seconds * 1000);
/** Push `index` is made ten seconds after the one before it. */
const pushedAt = (index: number) => index * 10;

const circumstances = fc
  .record({ pushes: fc.integer({ min: 0, max: 3 }), stood: fc.nat({ max: 3 }), last: fc.nat({ max: 3 }) })
  .map(({ pushes, stood, last }) => ({ pushes, stood: Math.min(stood, pushes), heardOf: Math.min(last, pushes) }))
  .chain((known) =>
    fc.record({
      known: fc.constant(known),
      // In which order the webhooks come, that of the words among them. Those of the last pushes may be lost.
      order: fc.shuffledSubarray(
        Array.from({ length: known.heardOf + 1 }, (_, index) => index),
        { minLength: known.heardOf + 1 },
      ),
    }),
  );

/** One pull request whose head moved, and words that were said when `stood` pushes had been made. */
async function play({
  says,
  known: { pushes, stood },
  order,
  isThere,
}: {
  says: Delivery['says'];
  known: { pushes: number; stood: number };
  order: readonly number[];
  isThere: boolean;
}) {
  const stage = createInboxStage();
  const { forge, store, clock } = stage;
  const head = HEADS[pushes] ?? '';
  forge.facts = forge.facts && {
    ...forge.facts,
    headSha: head,
    ...(pushes === 0 ? {} : { pushedAt: at(pushedAt(pushes)) }),
  };
  if (isThere) {
    const record = environmentRecord(7, { admittedAt: clock.now(), intent: { headSha: HEADS[0] ?? '' } });
    await store.transaction(async (transaction) => await transaction.saveEnvironment(record));
  }
  for (const index of order) {
    await (index === 0
      ? stage.hear(says, { at: pushedAt(stood) + 5 })
      : stage.hear(pushed(HEADS[index - 1] ?? '', HEADS[index] ?? ''), { at: pushedAt(index) }));
  }
  await stage.takeIn();
  const events = await store.events(ID);
  return {
    meant: HEADS[stood],
    head,
    wanted: events.filter(({ action }) => action === 'want').map(({ details }) => details['headSha']),
    redeploys: (await stage.intent())?.redeploys ?? 0,
  };
}

describe('A command or a label acts on the SHA that stood when it was given.', () => {
  it('a create begins at that commit or not at all, in whichever order what happened is heard', async () => {
    await fc.assert(
      fc.asyncProperty(circumstances, async ({ known, order }) => {
        const { wanted, meant } = await play({ says: comment('create'), known, order, isThere: false });
        expect(wanted.filter((sha) => sha !== meant)).toEqual([]);
        if (known.pushes === 0) {
          expect(wanted).toEqual([meant]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('a redeploy deploys that commit again, and no other', async () => {
    await fc.assert(
      fc.asyncProperty(circumstances, async ({ known, order }) => {
        const { redeploys, meant, head } = await play({ says: comment('redeploy'), known, order, isThere: true });
        expect({ redeploys, isHead: meant === head }).not.toEqual({ redeploys: 1, isHead: false });
        if (known.pushes === 0) {
          expect(redeploys).toBe(1);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('a label begins at that commit, which its webhook names', async () => {
    await fc.assert(
      fc.asyncProperty(circumstances, async ({ known, order }) => {
        const snapshot = { ...SNAPSHOT, headSha: HEADS[known.stood] ?? '' };
        const { wanted, meant } = await play({ says: { kind: 'label', snapshot }, known, order, isThere: false });
        expect(wanted).toEqual([meant]);
      }),
      { numRuns: 100 },
    );
  });

  it('a button acts on the commit that its check run stands on', async () => {
    await fc.assert(
      fc.asyncProperty(circumstances, async ({ known, order }) => {
        const says = { kind: 'button', ask: { kind: 'redeploy', sha: HEADS[known.stood] ?? '' } } as const;
        const { redeploys, meant } = await play({ says, known, order, isThere: true });
        const heard = HEADS[Math.max(0, ...order)];
        expect(redeploys).toBe(meant === heard ? 1 : 0);
      }),
      { numRuns: 100 },
    );
  });
});
