import { describe, expect, it } from '@jest/globals';
import { parseCommands } from '../../../src/domain/command.ts';
import { renderReply } from '../../../src/github/report/reply.ts';
import type { ReplyMessage } from '../../../src/reconcile/reply.ts';
import { HEAD, NOW } from './report-fixture.ts';

const DAY = 86_400;
const extended = {
  kind: 'extended',
  expiresAt: new Date('2026-11-25T22:40:00Z'),
  now: NOW,
  capSeconds: 14 * DAY,
} as const;

function say(...messages: ReplyMessage[]): string {
  return renderReply(99, messages).replace('<!-- mayfly:reply:99 -->\n\n', '');
}

describe('a reply', () => {
  it('begins with the marker by which it is found again', () => {
    expect(renderReply(99, [{ kind: 'help' }])).toMatch(/^<!-- mayfly:reply:99 -->\n\n/);
  });

  it('lists every command', () => {
    expect(say({ kind: 'help' })).toContain('| `/ephemeral extend 3d` | keeps it for longer: 12h, 3d, 1w2d |');
  });

  it('names the mistake, the nearest command and an example', () => {
    const [problem] = parseCommands('/ephemeral extned 3d').problems;
    expect(problem).toBeDefined();
    expect(
      say({
        kind: 'problem',
        line: '/ephemeral extned 3d',
        problem: problem?.problem ?? '',
        example: problem?.example ?? '',
      }),
    ).toBe(
      '😕 `/ephemeral extned 3d`: there is no command `extned`: did you mean `extend`? For example: `/ephemeral extend 3d`',
    );
  });

  it('answers an extend with the new instant', () => {
    expect(say({ ...extended, capped: false })).toBe('⏰ It expires **Wed 25 Nov 2026, 22:40 UTC** (in 3 days).');
  });

  it('says what an approval is for, and what is missing still', () => {
    const approved = { kind: 'approved', sha: HEAD, label: 'ephemeral' } as const;
    expect(say({ ...approved, wanted: true })).toBe(
      '✅ `ec021a6` is approved, that commit and no other. It is deployed now.',
    );
    expect(say({ ...approved, wanted: false })).toContain('the label `ephemeral` or `/ephemeral create` makes one.');
  });

  it.each([
    ['no-commit', null, 'An approval names one commit, with all of its forty digits.'],
    ['abbreviated', 'ec021a6', 'not written whole'],
    ['other-commit', '@team`x`', 'not the head of this pull request'],
  ] as const)('answers an approval of %s with the line that would have been right', (problem, word, why) => {
    const reply = say({ kind: 'approval-refused', problem, word, head: HEAD });
    expect(reply).toContain(why);
    expect(reply).toMatch(new RegExp(`Once you have read it: \`/ephemeral approve ${HEAD}\`$`));
    expect(reply).not.toMatch(/@team/);
  });

  it('says that nothing waits for approval', () => {
    expect(say({ kind: 'approval-refused', problem: 'not-needed', word: HEAD, head: HEAD })).toContain(
      'nothing here waits',
    );
  });

  it('says when more may be asked for', () => {
    const until = new Date('2026-11-22T22:49:12Z');
    const tooMany = { kind: 'too-many', limit: { asks: 20, seconds: 600 }, until } as const;
    expect(say({ ...tooMany, whose: 'yours' })).toBe(
      '🐢 You have asked for 20 things in 10 min, and that is the limit: nothing came of this. Say it again after Sun 22 Nov 2026, 22:50 UTC. Removing is never limited.',
    );
    expect(say({ ...tooMany, whose: 'repository' })).toContain(
      'People have asked for 20 things in 10 min in this repository',
    );
  });

  it('says which cap was hit and who can raise it', () => {
    expect(say({ ...extended, capped: true })).toBe(
      '⏰ It expires **Wed 25 Nov 2026, 22:40 UTC** (in 3 days). That is less than was asked for: an environment lives 14 days at most, counted from when it was made. Whoever runs Mayfly can raise that.',
    );
  });

  it('says that it is the blueprint which has the cap, where it is', () => {
    expect(say({ ...extended, capped: true, capFromBlueprint: true })).toMatch(
      /14 days at most, counted from when it was made\. `limits\.maxTtl` in this pull request's blueprint says so, and a commit can raise it\.$/,
    );
  });

  it.each<[ReplyMessage, string]>([
    [
      { kind: 'no-environment', label: 'ephemeral' },
      'There is no environment here. While the pull request is open, the label `ephemeral` or `/ephemeral create` makes one.',
    ],
    [
      { kind: 'no-environment', label: 'ephemeral', leaving: true },
      'The environment is being removed already. While the pull request is open, `/ephemeral create` has it back.',
    ],
    [
      { kind: 'problem', line: '/ephemeral redeploy', problem: 'not yet', example: null },
      '😕 `/ephemeral redeploy`: not yet.',
    ],
    [
      { kind: 'test', suite: 'smoke', sha: 'a'.repeat(40), already: false, link: null },
      '🧪 `smoke` at `aaaaaaa` is being started: its progress stands in the check run `ephemeral / smoke`.',
    ],
    [
      {
        kind: 'test',
        suite: 'smoke',
        sha: 'a'.repeat(40),
        already: true,
        link: { id: 9, number: 3, url: 'https://github.example/runs/9' },
      },
      '🧪 `smoke` at `aaaaaaa` was asked for already ([run #3](https://github.example/runs/9)): its progress stands in the check run `ephemeral / smoke`.',
    ],
    [
      { kind: 'not-ready', suite: 'smoke', standing: ['pr-7 is being updated.', 'It serves aaaaaaa.'] },
      '😕 `smoke` is run against an environment that is ready. pr-7 is being updated. It serves aaaaaaa. Ask again once it is.',
    ],
    [
      { kind: 'unknown-suite', suite: 'smok', known: ['smoke'], meant: 'smoke' },
      "😕 There is no suite `smok` in this pull request's blueprint: did you mean `smoke`? For example: `/ephemeral test smoke`",
    ],
    [
      { kind: 'unknown-suite', suite: 'x', known: ['smoke', 'load'], meant: null },
      "😕 There is no suite `x` in this pull request's blueprint. There are `load`, `smoke`.",
    ],
    [
      { kind: 'unknown-suite', suite: 'x', known: [], meant: null },
      "😕 There is no suite `x` in this pull request's blueprint, which names none.",
    ],
    [
      { kind: 'not-allowed', login: 'mallory', needed: 'write' },
      '`mallory` may not do that: it takes `write` permission on this repository. Somebody who has it can say the same.',
    ],
    [
      { kind: 'not-allowed', login: 'tess', needed: 'write', label: 'ephemeral' },
      '`tess` may not ask for an environment: it takes `write` permission on this repository. Somebody who has it can take the label `ephemeral` off and add it again, or say `/ephemeral create`.',
    ],
    [{ kind: 'status', text: ['Ready.', 'Tell @team'] }, 'Ready.  \nTell @\u200Bteam'],
    [{ kind: 'logs', service: 'api', lines: ['a', '```'] }, 'The last lines of `api`:\n\n````text\na\n```\n````\n'],
    [{ kind: 'logs', service: 'api', lines: [] }, '`api` has written nothing yet.'],
    [
      { kind: 'unknown-service', service: 'apo', known: ['web', 'api'] },
      '😕 There is no service `apo` here. There are `api`, `web`.',
    ],
    [
      { kind: 'unknown-service', service: 'apo', known: ['api'] },
      '😕 There is no service `apo` here. The only one is `api`.',
    ],
    [{ kind: 'unknown-service', service: 'apo', known: [] }, '😕 There is no service `apo` here.'],
  ])('says %j as %j', (message, expected) => {
    expect(say(message)).toBe(expected);
  });

  it('says the same thing once', () => {
    const message = { kind: 'no-environment', label: 'ephemeral' } as const;
    expect(say(message, message)).toBe(say(message));
  });
});
