import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Approval, approvalLine, approvalProblem, holdOf } from '../../src/domain/approval.ts';
import { parseCommands } from '../../src/domain/command.ts';

const A = 'a'.repeat(40);
const B = `${'a'.repeat(39)}b`;
const fork = { headSha: A, baseRef: 'main', fromFork: true, pushedByBot: null };
const byBot = { ...fork, fromFork: false, pushedByBot: 'dependabot[bot]' };
const approval: Approval = { sha: A, baseRef: 'main', by: 'octocat', at: new Date('2026-11-20T09:00:00Z') };

describe('what keeps a commit from running', () => {
  it.each([
    { head: { ...fork, fromFork: false }, hold: undefined, reason: 'a person pushed it to this repository' },
    { head: fork, hold: { kind: 'fork' }, reason: 'it is a fork’s' },
    { head: byBot, hold: { kind: 'bot', login: 'dependabot[bot]' }, reason: 'a bot pushed it' },
    {
      head: { ...fork, pushedByBot: 'x[bot]' },
      hold: { kind: 'fork' },
      reason: 'it is a fork’s, whoever pushed there',
    },
  ])('is $hold: $reason', ({ head, hold }) => {
    expect(holdOf(head, [])).toEqual(hold);
    expect(holdOf(head, [approval])).toBeUndefined();
  });

  it.each([
    { change: { headSha: B }, reason: 'another commit, however alike' },
    { change: { baseRef: 'release' }, reason: 'the same commit, turned towards a branch that gives other rights' },
  ])('is not lifted by an approval of $reason', ({ change }) => {
    expect(holdOf({ ...fork, ...change }, [approval])).toEqual({ kind: 'fork' });
  });

  it('stays lifted when the branch comes back to the commit that was read', () => {
    const other = { ...approval, sha: B };
    expect(holdOf({ ...fork, headSha: B }, [approval])).toEqual({ kind: 'fork' });
    expect(holdOf(fork, [approval, other])).toBeUndefined();
  });
});

describe('approving a commit', () => {
  it.each([
    { word: A, problem: undefined },
    { word: A.toUpperCase(), problem: undefined },
    { word: A.slice(0, 7), problem: 'abbreviated' },
    { word: A.slice(0, 39), problem: 'abbreviated' },
    { word: B, problem: 'other-commit' },
    { word: 'b'.repeat(7), problem: 'other-commit' },
    { word: A.slice(0, 6), problem: 'no-commit' },
    { word: `${A}a`, problem: 'no-commit' },
    { word: 'feature/basket', problem: 'no-commit' },
    { word: '', problem: 'no-commit' },
    { word: null, problem: 'no-commit' },
  ])('by $word has the problem $problem', ({ word, problem }) => {
    expect(approvalProblem(word, fork)).toBe(problem);
    expect(approvalProblem(word, byBot)).toBe(problem);
  });

  it('is not needed for what a person pushed to this repository', () => {
    expect(approvalProblem(A, { ...fork, fromFork: false })).toBe('not-needed');
  });

  it('takes nothing but the whole head, whatever is written', () => {
    const word = fc.oneof(fc.string(), fc.constantFrom(A, A.slice(0, 20), B), fc.stringMatching(/^[0-9a-f]{40}$/));
    fc.assert(
      fc.property(word, (written) => {
        expect(approvalProblem(written, fork) === undefined).toBe(written.toLowerCase() === A);
      }),
    );
  });

  it('is done by the line that is shown', () => {
    expect(parseCommands(approvalLine(A))).toEqual({ commands: [{ name: 'approve', sha: A }], problems: [] });
  });
});
