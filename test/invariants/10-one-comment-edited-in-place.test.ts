import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { TerminalError, TransientError } from '../../src/domain/failure.ts';
import { publishComment } from '../../src/github/publish/comment.ts';
import { COMMENT_MARKER, renderComment } from '../../src/github/report/comment.ts';
import { ask } from '../../src/provision/aws/errors.ts';
import type { EnvironmentReport } from '../../src/reconcile/reporter.ts';
import { createTestMemory } from '../github/memory.ts';
import { NOW, report } from '../github/report/report-fixture.ts';
import { createCommentBoard } from './comment-board.ts';

const OWN = 'mayfly[bot]';
const REPORTS: readonly EnvironmentReport[] = [
  report({ phase: 'coming-up', servedSha: null, readyAt: null }),
  report(),
  report({ phase: 'updating', servedSha: 'f'.repeat(40) }),
  report({ phase: 'failing' }),
];

function createScene() {
  const board = createCommentBoard({ ownLogin: OWN });
  let memory = createTestMemory();
  return {
    board,
    own: () => board.comments.filter(({ user }) => user.login === OWN),
    forget: () => {
      memory = createTestMemory();
    },
    /** The process dies between the call and the note of it. */
    dieAfterTheCall: () => {
      memory.crashOn = 'comment';
    },
    async publish(shown: EnvironmentReport) {
      const target = { owner: 'acme', repo: 'shop' };
      const identity = { appId: 1, ownLogin: OWN };
      const common = { octokit: board.octokit, target, identity, pageUrl: 'https://example.com', schemaUrl: undefined };
      try {
        await publishComment({ ...common, report: shown, memory });
      } catch (error) {
        expect(error).toEqual(new Error('killed'));
        await publishComment({ ...common, report: shown, memory });
      }
    },
  };
}

const happenings = fc.array(
  fc.oneof(
    fc.record({ what: fc.constant('publish' as const), which: fc.nat({ max: REPORTS.length - 1 }) }),
    fc.record({ what: fc.constantFrom('forget', 'die', 'delete', 'copy') }),
  ),
  { maxLength: 12 },
);

describe('One comment, found by its marker and by our own authorship, edited in place, without flapping text.', () => {
  it('whatever was forgotten, deleted, copied by others, or cut short', async () => {
    await fc.assert(
      fc.asyncProperty(happenings, async (all) => {
        const { board, own, forget, dieAfterTheCall, publish } = createScene();
        const copies: string[] = [];
        let said: EnvironmentReport | undefined;
        let deleted = false;
        for (const happening of all) {
          if (happening.what === 'publish') {
            const shown = REPORTS['which' in happening ? happening.which : 0] ?? report();
            await publish(shown);
            // One that somebody deleted is made again when there is something new to say.
            const isMissed = deleted && said === shown;
            expect(own().map(({ body }) => body)).toEqual(isMissed && own().length === 0 ? [] : [renderComment(shown)]);
            deleted = own().length === 0;
            said = shown;
          } else if (happening.what === 'forget') {
            forget();
          } else if (happening.what === 'die') {
            dieAfterTheCall();
          } else if (happening.what === 'delete') {
            deleted = true;
            own().forEach(({ id }) => board.remove(id));
          } else {
            copies.push(`${COMMENT_MARKER}\nmine ${copies.length}`);
            board.say('mallory', copies.at(-1) ?? '');
          }
        }

        expect(board.comments.filter(({ user }) => user.login === 'mallory').map(({ body }) => body)).toEqual(copies);
        expect(own().length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 200 },
    );
  });

  it('stays the same comment through a whole life', async () => {
    const { own, publish } = createScene();
    const ids = new Set<number>();
    for (const shown of [...REPORTS, report({ phase: 'going' }), report({ phase: 'gone', goneAt: NOW })]) {
      await publish(shown);
      own().forEach(({ id }) => ids.add(id));
    }
    expect([...ids]).toEqual([1]);
  });

  it('is not touched while nothing changes but the time, and never says again what it said before', async () => {
    const { board, own, publish } = createScene();
    const texts: string[] = [];
    for (let minute = 0; minute < 7 * 24 * 60; minute += 10) {
      await publish(report({ now: new Date(NOW.getTime() + minute * 60_000) }));
      const body = own()[0]?.body ?? '';
      if (texts.at(-1) !== body) {
        expect(texts).not.toContain(body);
        texts.push(body);
      }
    }
    expect(board.writes).toHaveLength(texts.length);
    // A day each, and the nearer deadlines.
    expect(texts.length).toBeLessThan(12);
  });

  it('says the same of one failure however often AWS words it with another number', async () => {
    const messageOf = async (requestId: string) => {
      const error = Object.assign(new Error(`no such subnet (RequestId: ${requestId})`), { name: 'InvalidParameter' });
      const failing = async () => await Promise.reject(error);
      return await ask('creating the target group x', failing).catch(
        (failure: TransientError | TerminalError) => failure.message,
      );
    };
    await fc.assert(
      fc.asyncProperty(fc.uuid(), fc.uuid(), async (one, other) => {
        expect(await messageOf(one)).toBe(await messageOf(other));
      }),
    );
  });
});
