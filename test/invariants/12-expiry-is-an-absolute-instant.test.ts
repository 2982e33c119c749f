import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyAsks } from '../../src/reconcile/apply-asks.ts';
import { answerAsk } from '../../src/reconcile/ask.ts';
import type { EnvironmentRecord } from '../../src/reconcile/store.ts';
import type { Ask } from '../../src/reconcile/what-is-asked.ts';
import { SNAPSHOT } from '../support/deliveries.ts';
import { environmentRecord } from '../support/environment-record.ts';
import { createLifeStage } from './life-stage.ts';

const DAY = 86_400;
const HOUR_MS = 3_600_000;
const CAP = 28 * DAY;
const START = new Date('2026-11-20T09:00:00Z');
const settings = {
  label: 'ephemeral',
  ttlSeconds: 7 * DAY,
  maxTtlSeconds: CAP,
  environmentPrefixes: {},
  suitesOf: () => ['smoke'],
  hasDatabase: () => true,
};
const asker = { installationId: 1, pullRequest: environmentRecord(7).identity.pullRequest, actor: 'octocat' };
const other = { ...SNAPSHOT, headSha: 'b'.repeat(40) };

const asks: fc.Arbitrary<Ask> = fc.oneof(
  fc.integer({ min: 1, max: 40 * DAY }).map((bySeconds): Ask => ({ kind: 'extend', bySeconds })),
  fc.constantFrom<Ask[]>(
    { kind: 'want', snapshot: other },
    { kind: 'follow', snapshot: other, push: { by: 'person' } },
    { kind: 'redeploy', sha: SNAPSHOT.headSha },
    { kind: 'test', suite: 'smoke', sha: null },
    { kind: 'look' },
  ),
);
const story = fc.array(fc.record({ ask: asks, laterSeconds: fc.integer({ min: 0, max: 5 * DAY }) }), { maxLength: 15 });

function withCap(record: EnvironmentRecord, maxTtlSeconds: number | null): EnvironmentRecord {
  const terms = { ttlSeconds: null, maxTtlSeconds, environments: null };
  const resolution = { headSha: '', readAt: '', blueprint: '', changedPaths: [], baseCommits: {}, terms };
  return { ...record, resolution };
}

describe('Expiry is an absolute instant, moved only by an explicit extend, never past its cap; owners are warned 48, 24 and 4 h before; expiry removes the label, and adding it again revives.', () => {
  it('whatever is asked for, and however often', () => {
    const caps = fc.option(fc.integer({ min: 8 * DAY, max: 40 * DAY }));
    fc.assert(
      fc.property(story, caps, fc.boolean(), (all, ownCap, hasSlot) => {
        const cap = Math.min(CAP, ownCap ?? CAP);
        let record = withCap(environmentRecord(7, { admittedAt: hasSlot ? START : null }), ownCap);
        let now = START;
        for (const { ask, laterSeconds } of all) {
          now = new Date(now.getTime() + laterSeconds * 1000);
          const before = record;
          record = answerAsk({ asker, ask, record, runs: [], now, settings }).record ?? before;
          const moved = record.intent.expiresAt.getTime() - before.intent.expiresAt.getTime();
          const longer = record.intent.lifeSeconds - before.intent.lifeSeconds;

          expect(moved).toBeGreaterThanOrEqual(0);
          expect(longer).toBeGreaterThanOrEqual(0);
          if (ask.kind !== 'extend') {
            expect([moved, longer]).toEqual([0, 0]);
          } else {
            expect(hasSlot ? longer : moved).toBe(0);
            expect(moved === 0 || record.intent.expiresAt.getTime() <= START.getTime() + cap * 1000).toBe(true);
            expect(longer === 0 || record.intent.lifeSeconds <= cap).toBe(true);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('an extend gives what was asked for, below the cap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 * DAY }), (bySeconds) => {
        const record = environmentRecord(7, { admittedAt: START });
        const { record: extended } = answerAsk({
          asker,
          ask: { kind: 'extend', bySeconds },
          record,
          runs: [],
          now: START,
          settings,
        });
        expect(extended?.intent.expiresAt).toEqual(new Date(record.intent.expiresAt.getTime() + bySeconds * 1000));
      }),
    );
  });

  it('a whole life: it stays where it is, the owner is told three times, the label goes, and comes again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1200, max: 3600 }), { minLength: 1, maxLength: 10 }),
        async (pauses) => {
          const stage = await createLifeStage();
          await stage.startMayfly().settle();
          const { expiresAt } = (await stage.record()).intent;
          stage.clock.advance((expiresAt.getTime() - stage.clock.now().getTime()) / 1000 - 3 * DAY);
          for (let passes = 0; stage.clock.now() < expiresAt; passes += 1) {
            stage.clock.advance(pauses[passes % pauses.length] ?? 600);
            if (stage.clock.now() < expiresAt) {
              // A new one each time: nothing of it hangs on a process that lives on.
              await stage.startMayfly().settle(async () => {
                if (stage.clock.now() < expiresAt) {
                  expect(stage.forge.calls).not.toContain('removeLabel');
                }
                await Promise.resolve();
              });
              expect((await stage.record()).intent.expiresAt).toEqual(expiresAt);
            }
          }
          const warned = stage.reports.flatMap(({ warning, now }) => (warning === null ? [] : [{ warning, now }]));
          expect(warned.map(({ warning }) => warning)).toEqual([48, 24, 4]);
          for (const { warning, now } of warned) {
            const left = (expiresAt.getTime() - now.getTime()) / HOUR_MS;
            expect(left).toBeLessThanOrEqual(warning);
            expect(left).toBeGreaterThan(warning - 2);
          }

          await stage.startMayfly().settle();
          expect(stage.inAccount()).toEqual([]);
          expect(stage.forge.calls).toContain('removeLabel');
          expect((await stage.record()).intent).toMatchObject({ state: 'absent', releaseReason: 'expired', expiresAt });

          await stage.store.transaction(async (transaction) => {
            const before = await stage.record();
            const context = { asker, before, saidAt: stage.clock.now(), now: stage.clock.now(), settings };
            await applyAsks([{ kind: 'want', snapshot: SNAPSHOT }], context, transaction);
          });
          await stage.startMayfly().settle();
          const revived = await stage.record();
          expect(stage.inAccount()).not.toEqual([]);
          expect(revived.intent.expiresAt.getTime()).toBe((revived.admittedAt?.getTime() ?? 0) + 7 * DAY * 1000);
        },
      ),
      { numRuns: 3 },
    );
  });
});
