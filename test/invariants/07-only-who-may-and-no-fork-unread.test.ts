import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Command } from '../../src/domain/command.ts';
import type { Petition } from '../../src/reconcile/inbox/delivery.ts';
import { createInboxStage, ID, OLD } from '../reconcile/inbox/inbox-stage.ts';
import { LABEL } from '../support/deliveries.ts';
import { environmentRecord } from '../support/environment-record.ts';
import { createLifeStage, ID as LIFE } from './life-stage.ts';

const COMMANDS: readonly Command[] = [
  { name: 'create' },
  { name: 'redeploy' },
  { name: 'destroy' },
  { name: 'extend', seconds: 3600 },
  { name: 'test', suite: 'smoke' },
  { name: 'approve', sha: OLD },
];
const petitions = fc.oneof(
  fc.constant(LABEL),
  fc
    .subarray([...COMMANDS], { minLength: 1 })
    .map((commands): Petition => ({ kind: 'comment', commentId: 99, commands, problems: [] })),
  fc
    .constantFrom(
      { kind: 'extend', bySeconds: 86_400 } as const,
      { kind: 'redeploy', sha: OLD } as const,
      { kind: 'release', reason: 'asked' } as const,
    )
    .map((ask): Petition => ({ kind: 'button', ask })),
);
const senders = fc.constantFrom(
  { login: 'octocat', isBot: false, role: 'write' },
  { login: 'tess', isBot: false, role: 'triage' },
  { login: 'mallory', isBot: false, role: 'none' },
  { login: 'renovate[bot]', isBot: true, role: 'listed' },
  { login: 'dependabot[bot]', isBot: true, role: 'none' },
  { login: 'mayfly[bot]', isBot: true, role: 'none' },
);

describe("Only someone with write permission on the repository can cause an environment, extend one or run a command; a fork's commit never runs without approval of that very SHA. Bots do not trigger unless allowed.", () => {
  it('whoever asks for whatever, there is an environment or none', async () => {
    await fc.assert(
      fc.asyncProperty(petitions, senders, fc.boolean(), async (says, { role, ...sender }, isThere) => {
        const { hear, takeIn, store, clock } = createInboxStage();
        if (isThere) {
          const record = environmentRecord(7, { admittedAt: clock.now() });
          await store.transaction(async (transaction) => await transaction.saveEnvironment(record));
        }
        const world = async () => ({
          record: await store.environment(ID),
          runs: await store.runs(ID, 1),
          approvals: await store.approvals(ID),
          events: await store.events(ID),
        });
        const before = structuredClone(await world());
        await hear(says, { sender });
        await takeIn();

        if (role !== 'write' && role !== 'listed') {
          expect(await world()).toEqual(before);
          expect(store.outcomes(ID)).toEqual(['refused']);
        } else {
          expect(store.outcomes(ID)).toEqual(['done']);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('while GitHub does not say who may, nobody may', async () => {
    await fc.assert(
      fc.asyncProperty(petitions, async (says) => {
        const { hear, takeIn, store, github } = createInboxStage();
        github.failure = new Error('no answer');
        await hear(says, { sender: { login: 'octocat', isBot: false } });
        await takeIn();

        expect(await store.environment(ID)).toBeUndefined();
        expect(await store.approvals(ID)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('of a fork, only commits that were approved whole ever run, whatever is pushed and approved in whichever order', async () => {
    const shas = ['a', 'b', 'c'].map((letter) => letter.repeat(40));
    const happening = fc.record({ what: fc.constantFrom('push', 'approve'), sha: fc.constantFrom(...shas) });
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 6 }), async (happenings) => {
        const approved = new Set<string>();
        const unread: unknown[] = [];
        const stage = await createLifeStage({
          interference: {
            async before(call) {
              if (call.method === 'ensure' && !approved.has(call.commit ?? '')) {
                unread.push(call);
              }
              return await Promise.resolve();
            },
          },
        });
        stage.forge.facts = stage.forge.facts && { ...stage.forge.facts, fromFork: true };
        await stage.want({ fromFork: true });
        const mayfly = stage.startMayfly();
        await mayfly.settle();
        for (const { what, sha } of happenings) {
          if (what === 'push') {
            await stage.push(sha);
          } else {
            const approval = { sha, baseRef: 'main', by: 'octocat', at: stage.clock.now() };
            await stage.store.transaction(async (transaction) => await transaction.saveApproval(LIFE, approval));
            approved.add(sha);
          }
          await mayfly.settle();
        }

        expect(unread).toEqual([]);
        const { intent } = await stage.record();
        if (approved.has(intent.headSha)) {
          expect(stage.inAccount()).not.toEqual([]);
        }
      }),
      { numRuns: 40 },
    );
  });
});
