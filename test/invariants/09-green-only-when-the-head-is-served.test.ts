import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TransientError } from '../../src/domain/failure.ts';
import { renderCheck } from '../../src/github/report/check.ts';
import type { EnvironmentReport } from '../../src/reconcile/reporter.ts';
import { report } from '../github/report/report-fixture.ts';
import { createLifeStage } from './life-stage.ts';

const SHAS = ['a', 'b', 'c'].map((letter) => letter.repeat(40));
const PHASES: readonly EnvironmentReport['phase'][] = [
  'waiting',
  'coming-up',
  'updating',
  'ready',
  'failing',
  'going',
  'gone',
  'refused',
];

const isGreen = (shown: EnvironmentReport) => renderCheck(shown, 'https://example.com').conclusion === 'success';

describe("The check run turns green only when the SHA served is the pull request's head.", () => {
  it('whatever else is known', () => {
    const sha = fc.constantFrom(...SHAS);
    fc.assert(
      fc.property(fc.constantFrom(...PHASES), sha, fc.option(sha), (phase, headSha, servedSha) => {
        expect(isGreen(report({ phase, headSha, servedSha }))).toBe(phase === 'ready' && servedSha === headSha);
      }),
    );
  });

  it('whenever a commit is pushed, and whenever its image is built', async () => {
    const happening = fc.record({
      what: fc.constantFrom('push', 'build', 'pass', 'pass'),
      sha: fc.constantFrom(...SHAS),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 12 }), async (happenings) => {
        const built = new Set<string>();
        const stage = await createLifeStage({
          interference: {
            async before({ kind, commit }) {
              if (kind === 'image' && !built.has(commit ?? '')) {
                throw new TransientError('NotBuilt', 'The image is not in the registry yet.');
              }
              return await Promise.resolve();
            },
          },
        });
        const mayfly = stage.startMayfly();
        for (const { what, sha } of happenings) {
          if (what === 'push') {
            await stage.push(sha);
          } else if (what === 'build') {
            built.add(sha);
          } else {
            stage.clock.advance(Math.min(600, (await mayfly.pass()).requeueAfterSeconds ?? 0));
          }
        }

        expect(stage.reports.filter((shown) => isGreen(shown) && !built.has(shown.headSha))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('and then it does', async () => {
    const stage = await createLifeStage();
    const mayfly = stage.startMayfly();
    for (const sha of SHAS) {
      await stage.push(sha);
      await mayfly.settle();
      const shown = stage.reports.at(-1);
      expect(shown && { green: isGreen(shown), headSha: shown.headSha }).toEqual({ green: true, headSha: sha });
    }
  });
});
