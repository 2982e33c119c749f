import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TerminalError, TransientError } from '../../src/domain/failure.ts';
import { OBSERVING_KINDS, type ResourceKind } from '../../src/domain/resource.ts';
import { blueprintOf, CLONE, createLifeStage, type Interference } from './life-stage.ts';

const NAMES = ['api', 'web', 'worker'];
const KINDS: readonly ResourceKind[] = ['clone-cluster', 'clone-instance', 'service', 'target-group', 'log-group'];
const services = fc.subarray(NAMES, { minLength: 1 });

const history = fc.record({
  first: services,
  second: services,
  database: fc.boolean(),
  /** How long the service takes to let go, kind by kind. */
  goneAfterSeconds: fc.array(fc.integer({ min: 0, max: 400 }), { minLength: KINDS.length, maxLength: KINDS.length }),
  /** Calls whose answers are lost after the work was done. */
  lost: fc.uniqueArray(fc.nat({ max: 60 }), { maxLength: 4 }),
  /** Deletions that are refused at first. */
  refused: fc.subarray([...KINDS]),
  /** After so many passes of each commit; it need not be ready. */
  passes: fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 8 })),
});

describe('An environment is finished only when every resource it ever asked for was observed gone; that list is its receipt.', () => {
  it('whatever it asked for, however long it takes to go, and whichever answers were lost', async () => {
    await fc.assert(
      fc.asyncProperty(history, async ({ first, second, database, goneAfterSeconds, lost, refused, passes }) => {
        const asked = new Set<string>();
        const interference: Interference = {
          async after({ index, method, kind, key }) {
            if (method === 'ensure' && !OBSERVING_KINDS.includes(kind)) {
              asked.add(key);
            }
            if (lost.includes(index)) {
              throw new TransientError('Unreachable', 'AWS did not answer.');
            }
            return await Promise.resolve();
          },
        };
        const stage = await createLifeStage({ blueprint: blueprintOf(first, { database }), interference });
        for (const [index, kind] of KINDS.entries()) {
          const release = refused.includes(kind) ? [new TerminalError('NotOurs', 'no', { actor: 'operator' })] : [];
          stage.resources.set(kind, {
            outputs: CLONE,
            goneAfterSeconds: goneAfterSeconds[index] ?? 0,
            errors: { release },
          });
        }
        const goesOn = async (mayfly: ReturnType<typeof stage.startMayfly>, count: number) => {
          for (let done = 0; done < count; done += 1) {
            stage.clock.advance((await mayfly.pass()).requeueAfterSeconds ?? 1);
          }
        };
        await goesOn(stage.startMayfly(), passes[0]);
        stage.forge.blueprint = blueprintOf(second, { database });
        await stage.push('b'.repeat(40));
        await goesOn(stage.startMayfly(), passes[1]);
        await stage.close();
        const last = stage.startMayfly();
        for (let left = 100; !(await stage.record()).goneAt && left > 0; left -= 1) {
          stage.clock.advance(Math.max(20, (await last.pass()).requeueAfterSeconds ?? 0));
          const { goneAt } = await stage.record();
          expect(goneAt === null ? [] : stage.inAccount()).toEqual([]);
        }

        expect((await stage.record()).goneAt).not.toBeNull();
        const receipt = stage.reports.at(-1)?.receipt ?? [];
        expect(receipt.map(({ key }) => key)).toEqual(expect.arrayContaining([...asked]));
        expect(receipt.filter(({ goneAt }) => goneAt === null)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
