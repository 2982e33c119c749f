import { describe, expect, it } from '@jest/globals';
import { renderComment } from '../../../src/github/report/comment.ts';
import type { EnvironmentReport, SlotHolder } from '../../../src/reconcile/reporter.ts';
import { at, HEAD, NOW, OLD_HEAD, report, step, waitingStep } from './report-fixture.ts';

const TICKS = '```';

function text(lines: readonly string[]): string {
  return ['<!-- mayfly:environment -->', '', ...lines].join('\n');
}

const COMING_UP: Partial<EnvironmentReport> = {
  phase: 'coming-up',
  servedSha: null,
  readyAt: null,
  steps: [
    step('Log groups'),
    step('Clone of the database', { state: 'running', startedAt: at('22:38:00'), endedAt: null }),
    waitingStep('Task migrate'),
    waitingStep('Service selfserve'),
  ],
  minutesLeft: 9,
  shared: [],
};

function holder(more: Partial<SlotHolder>): SlotHolder {
  return {
    pullRequest: 1690,
    repository: 'dvsa/vol-app',
    title: 'a title',
    owner: 'bob',
    usedAt: NOW,
    expiresAt: new Date('2026-11-25T22:40:00Z'),
    leaving: false,
    ...more,
  };
}

describe('the comment', () => {
  it('says of who holds a slot since when nobody is connected to its database', () => {
    const holders = [holder({ idleSince: new Date('2026-11-22T08:00:00Z') }), holder({ pullRequest: 1691 })];
    const queue = { place: 1, limit: 2, shortage: null, holders, lifeSeconds: 604_800 };
    const comment = renderComment(report({ phase: 'waiting', queue }));

    expect(comment).toContain('| within a day; idle since Sun 22 Nov 2026, 08:00 UTC |');
    expect(comment.match(/idle since/g)).toHaveLength(1);
  });

  it('says of who holds a slot since when its database was asked for next to nothing', () => {
    const nearlyIdleSince = new Date('2026-11-22T08:00:00Z');
    const holders = [holder({ nearlyIdleSince })];
    const queue = { place: 1, limit: 1, shortage: null, holders, lifeSeconds: 604_800 };

    expect(renderComment(report({ phase: 'waiting', queue }))).toContain(
      '| within a day; nearly idle since Sun 22 Nov 2026, 08:00 UTC |',
    );
  });

  it('says where everything is when the environment is ready', () => {
    expect(renderComment(report())).toBe(
      text([
        '### 🟢 Environment `pr-1721` is ready',
        '',
        '| Service |  | Image |',
        '|---|---|---|',
        '| **selfserve** | <https://ssweb.pr-1721.ephemeral.example.gov.uk/> | `ec021a6` built from this pull request |',
        '| internal | <https://iuweb.pr-1721.ephemeral.example.gov.uk/> | `9f01c22` main, untouched here |',
        '| queue | inside only | `redis:7` as the blueprint names it |',
        '',
        '**Serving** `ec021a6` · **Database** clone of `vol-source-2026-11-20`, 0.5 to 2 ACU · **Expires** Sun 29 Nov 2026, 22:40 UTC (in 7 days) · **Owner** `alice`',
        '',
        '`/ephemeral extend 3d` · `/ephemeral redeploy` · `/ephemeral logs selfserve` · `/ephemeral destroy` · or remove the label `ephemeral`',
        '',
        '<details><summary>What happened (ready in 6 min 12 s; 5 min 58 s of it AWS)</summary>',
        '',
        '| Step | State | Took | Waited for |',
        '|---|---|---|---|',
        '| Clone of the database | done | 5 min 28 s |  |',
        '| Service selfserve | done | 30 s |  |',
        '',
        '</details>',
        '',
        '<details><summary>Shared with other environments</summary>',
        '',
        '- documents bucket',
        '- search index',
        '',
        '</details>',
      ]),
    );
  });

  it('lists what is done, what happens now and what comes next while the environment is being made', () => {
    expect(renderComment(report(COMING_UP))).toBe(
      text([
        '### 🟡 Environment `pr-1721` is being made · about 9 min left',
        '',
        '- ✅ **Done** (1 of 4): Log groups',
        '- ⏳ **Now**: Clone of the database',
        '- ▫️ **Next**: Task migrate, Service selfserve',
        '',
        '**Deploying** `ec021a6` · **Database** clone of `vol-source-2026-11-20`, 0.5 to 2 ACU · **Expires** Sun 29 Nov 2026, 22:40 UTC (in 7 days) · **Owner** `alice`',
      ]),
    );
  });

  it.each([
    [true, '**Database** clone of source 2026-11-20, masked, passport ✓, 0.5 to 2 ACU'],
    [false, '**Database** clone of source 2026-11-20, passport ✗, 0.5 to 2 ACU'],
  ])('says what the database is a clone of, and whether it is proven: %s', (passport, line) => {
    const database = { source: '2026-11-20', passport, capacity: '0.5 to 2 ACU', endpoint: null };
    expect(renderComment(report({ database }))).toContain(line);
  });

  it('names what it waits for, and promises no time that nobody knows', () => {
    const image = step('Images', {
      state: 'running',
      endedAt: null,
      waitingFor: 'image `selfserve:pr-ec021a6` (not in the registry yet)',
    });
    const body = renderComment(report({ ...COMING_UP, steps: [image], minutesLeft: null }));
    expect(body).toContain('### 🟡 Environment `pr-1721` is being made\n');
    expect(body).toContain('- ⏳ **Now**: Images, waiting for image `selfserve:pr-ec021a6` (not in the registry yet)');
  });

  it('keeps the links while a newer commit is on its way, and is not green', () => {
    const body = renderComment(
      report({ phase: 'updating', servedSha: OLD_HEAD, steps: [waitingStep('Service selfserve')] }),
    );
    expect(body).toContain('### 🟡 Environment `pr-1721` is being updated to `ec021a6`');
    expect(body).toContain('<https://ssweb.pr-1721.ephemeral.example.gov.uk/>');
    expect(body).toContain('**Serving** `9f01c22`');
    expect(body).not.toContain('🟢');
  });

  it('keeps the link of a service whose newer image is on its way: the one before it still answers', () => {
    const services = report().services.map((service) => ({ ...service, state: 'starting' as const, image: null }));
    expect(renderComment(report({ phase: 'updating', servedSha: OLD_HEAD, services }))).toContain(
      '<https://ssweb.pr-1721.ephemeral.example.gov.uk/> · updating',
    );
    expect(renderComment(report({ ...COMING_UP, servedSha: null, services }))).not.toContain('https://ssweb');
  });

  it('says that a service which the new commit did not replace is still at the one before', () => {
    const [first, second] = report().services;
    const states = ['failing', 'waiting', 'ready'] as const;
    const services = report().services.map((service, index) => ({ ...service, state: states[index] ?? 'ready' }));
    const body = renderComment(report({ phase: 'failing', servedSha: OLD_HEAD, services }));
    expect(body).toContain(`<${first?.urls[0]}/> · 🔴 still \`9f01c22\``);
    expect(body).toContain(`<${second?.urls[0]}/> · still \`9f01c22\``);
    expect(body).not.toContain('updating');
  });

  it('tells what happened once it is over, and how long of it was AWS only when every step has an end', () => {
    const images = step('Images', { startedAt: at('22:30:00'), endedAt: at('22:36:12') });
    const failed = step('Task migrate', { state: 'failed', endedAt: null });
    expect(renderComment(report({ phase: 'updating', servedSha: OLD_HEAD }))).not.toContain('What happened');
    expect(renderComment(report({ phase: 'failing', steps: [...report().steps, failed] }))).toContain(
      '<summary>What happened</summary>',
    );
    expect(renderComment(report({ steps: [...report().steps, images] }))).toContain(
      '(ready in 6 min 12 s; 5 min 58 s of it AWS)',
    );
  });

  it('is not green when what is ready is not the head', () => {
    const body = renderComment(report({ servedSha: OLD_HEAD }));
    expect(body).toContain('### 🟡 Environment `pr-1721` is ready, and not yet at `ec021a6`');
  });

  it('says who holds the slots, those that expire first at the top', () => {
    const queue = {
      place: 2,
      limit: 2,
      shortage: null,
      lifeSeconds: 7 * 86_400,
      holders: [
        holder({ pullRequest: 1712, title: 'later', expiresAt: new Date('2026-11-23T00:10:00Z') }),
        holder({
          pullRequest: 1680,
          title: 'feat: a|b @team',
          usedAt: new Date('2026-11-20T09:30:00Z'),
          expiresAt: new Date('2026-11-22T23:00:00Z'),
        }),
      ],
    };
    expect(renderComment(report({ ...COMING_UP, phase: 'waiting', queue }))).toBe(
      text([
        '### ⏳ Second in the queue · about 2 h, or sooner',
        '',
        'All 2 environments that may exist at once are taken:',
        '',
        '| Pull request | Title | Owner | Last used | Expires |',
        '|---|---|---|---|---|',
        '| `#1680` | feat: a&vert;b @\u200Bteam | `bob` | Fri 20 Nov 2026 | Sun 22 Nov 2026, 23:00 UTC |',
        '| `#1712` | later | `bob` | within a day | Mon 23 Nov 2026, 00:10 UTC |',
        '',
        'The one that nobody has used for longest is `#1680`: `bob` could be asked whether it is still needed.',
        '',
        'Any owner can let go earlier with `/ephemeral destroy`. Nothing has to be done here: this one starts by itself.',
        '',
        'People come before bots and what is ready for review before drafts; among them, authors take turns. It lives 7 days from when it gets its slot, and waits for one until Sun 29 Nov 2026, 22:40 UTC at the longest.',
      ]),
    );
  });

  it('says it in the singular when there is one slot', () => {
    const queue = { place: 1, limit: 1, shortage: null, lifeSeconds: 86_400, holders: [] };
    expect(renderComment(report({ ...COMING_UP, phase: 'waiting', queue }))).toContain(
      'The one environment that may exist at once is taken:',
    );
  });

  it('expects a slot within minutes where its holder is being removed, however late it would have expired', () => {
    const leaving = holder({ pullRequest: 1700, leaving: true, expiresAt: new Date('2026-11-29T00:00:00Z') });
    const queue = { place: 1, limit: 2, shortage: null, lifeSeconds: 86_400, holders: [holder({}), leaving] };
    const comment = renderComment(report({ ...COMING_UP, phase: 'waiting', queue }));

    expect(comment).toContain('Next in the queue · a few minutes\n');
    expect(comment).toContain('| `#1700` | a title | `bob` | within a day | is being removed |');
  });

  it('says the same while nothing changed for those who wait: minutes pass, and a holder pushes', () => {
    const at = (now: Date, usedAt: Date) =>
      renderComment(
        report({
          ...COMING_UP,
          phase: 'waiting',
          now,
          queue: { place: 1, limit: 1, shortage: null, lifeSeconds: 86_400, holders: [holder({ usedAt })] },
        }),
      );

    expect(at(new Date('2026-11-22T23:20:00Z'), new Date('2026-11-22T23:10:00Z'))).toBe(at(NOW, NOW));
  });

  it('says that it waits for a clone, how many are taken and who has one', () => {
    const shortage = { kind: 'clones', of: 'mayfly-source', used: 15, limit: 15, needed: 1 } as const;
    const queue = { place: 1, limit: 15, shortage, lifeSeconds: 86_400, holders: [holder({})] };
    const comment = renderComment(report({ ...COMING_UP, phase: 'waiting', queue }));

    expect(comment).toContain('### ⏳ Next in the queue for a clone of the database · about 3 days, or sooner');
    expect(comment).toContain(
      '15 of the 15 clones that `mayfly-source` can have are taken. One more would be a full copy, so none is made. These environments have some:\n\n| Pull request |',
    );
  });

  it('says that it waits for room on the load balancer, also when all of it is taken by others', () => {
    const shortage = { kind: 'target-groups', of: 'arn', used: 98, limit: 100, needed: 4 } as const;
    const queue = { place: 2, limit: 100, shortage, lifeSeconds: 86_400, holders: [] };
    const comment = renderComment(report({ ...COMING_UP, phase: 'waiting', queue }));

    expect(comment).toContain('### ⏳ Second in the queue for room on the load balancer\n');
    expect(comment).toContain(
      'It needs 4 target groups, and 98 of the 100 that the load balancer takes are taken. No environment has any.',
    );
  });

  it('says of a later commit that finds no room what it waits for, and still where the earlier one is', () => {
    const shortage = { kind: 'clones', of: 'mayfly-source', used: 15, limit: 15, needed: 1 } as const;
    const queue = { place: 1, limit: 15, shortage, lifeSeconds: 86_400, holders: [] };
    const comment = renderComment(report({ phase: 'updating', servedSha: OLD_HEAD, queue }));

    expect(comment).toContain('15 of the 15 clones');
    expect(comment).toContain('https://ssweb.pr-1721.ephemeral.example.gov.uk');
  });

  it('shows of a title nothing but its words', () => {
    const title = '](https://evil.example) <img src=x> | @team closes #12';
    const queue = { place: 1, limit: 1, shortage: null, lifeSeconds: 86_400, holders: [holder({ title })] };
    const comment = renderComment(report({ ...COMING_UP, phase: 'waiting', queue }));

    expect(comment).not.toMatch(/<img|[^`]@team|#12|[^\\]\]\(/);
  });

  it('does not say of what was never made that it lived and was removed', () => {
    const expired = { phase: 'gone', servedSha: null, releaseReason: 'expired', goneAt: NOW, receipt: [] } as const;
    expect(renderComment(report(expired))).toBe(
      text([
        '### ⚪ Environment `pr-1721` was not made (expired)',
        '',
        'Add the label `ephemeral` to ask for it again.',
      ]),
    );
  });

  it('says what failed, shows the last twenty lines and keeps the links of what works', () => {
    const services = report().services.map((service) =>
      service.name === 'internal' ? { ...service, state: 'failing' as const } : service,
    );
    const details = Array.from({ length: 25 }, (_, index) => `line ${index + 1} ${TICKS}`);
    const failure = { subject: 'internal', reason: 'CrashLoop', message: 'The container exits with 1.', details };
    const body = renderComment(
      report({ phase: 'failing', services, failures: [{ ...failure, actor: 'author', retriesAt: null }] }),
    );
    expect(body).toContain(
      '### 🔴 Environment `pr-1721` is failing: internal\n\n**internal** · The container exits with 1.',
    );
    expect(body).toContain(`\n\`\`\`\`text\nline 6 ${TICKS}\n`);
    expect(body).toContain(`line 25 ${TICKS}\n\`\`\`\`\n`);
    expect(body).not.toContain('line 5 ');
    expect(body).toContain('👉 Change it and push: the new commit is deployed at once. Or say `/ephemeral redeploy`.');
    expect(body).toContain('| internal | 🔴 not answering |');
    expect(body).toContain('| **selfserve** | <https://ssweb.pr-1721.ephemeral.example.gov.uk/> |');
  });

  it('says what is wrong with a blueprint although what ran before still runs', () => {
    const condition = { type: 'BlueprintValid', status: 'false', reason: 'BlueprintInvalid', since: NOW } as const;
    const message = '.github/ephemeral.yml, line 4: found `cpu: lots`.';
    const body = renderComment(report({ phase: 'failing', conditions: [{ ...condition, message }] }));
    expect(body).toContain(
      'is failing\n\n.github/ephemeral.yml, line 4: found `cpu: lots`.\n\n👉 Correct the file and push: the new commit is read at once.\n\n| Service |',
    );
  });

  it('says when it tries again by itself', () => {
    const failure = {
      subject: 'api',
      reason: 'Throttled',
      message: 'AWS is busy.',
      details: [],
      retriesAt: at('22:45:00'),
    };
    const body = renderComment(report({ phase: 'failing', failures: [{ ...failure, actor: 'nobody' }] }));
    expect(body).toContain('Mayfly tries again by itself at Sun 22 Nov 2026, 22:45 UTC.');
  });

  it('puts an expiry that is near before the commands', () => {
    const body = renderComment(report({ expiresAt: new Date('2026-11-23T20:00:00Z') }));
    expect(body).toContain('⏰ **It is removed in less than 24 hours.** `/ephemeral extend 3d` keeps it.');
  });

  it('shows on its way down what is gone already', () => {
    const receipt = [
      { key: 'a', kind: 'service', name: 'pr-1721-api', askedAt: at('22:30:00'), goneAt: at('22:39:00') },
      { key: 'b', kind: 'clone-cluster', name: 'pr-1721', askedAt: at('22:30:00'), goneAt: null },
    ];
    const body = renderComment(report({ phase: 'going', releaseReason: 'closed', receipt }));
    expect(body).toContain('### ⚪ Environment `pr-1721` is being removed (closed)');
    expect(body).toContain('<summary>Receipt: 1 of 2 resources seen gone</summary>');
    expect(body).toContain('| `clone-cluster` | `pr-1721` | Sun 22 Nov 2026, 22:30 UTC | not yet |');
  });

  it('gives a receipt when it is gone, and says how to have it back', () => {
    const receipt = [
      { key: 'a', kind: 'service', name: 'pr-1721-api', askedAt: at('22:30:00'), goneAt: at('22:39:00') },
    ];
    const gone = report({
      phase: 'gone',
      releaseReason: 'expired',
      createdAt: new Date('2026-11-19T18:40:00Z'),
      goneAt: NOW,
      receipt,
    });
    expect(renderComment(gone)).toBe(
      text([
        '### ⚪ Environment `pr-1721` was removed (expired)',
        '',
        'Lived 3 days 4 h. Add the label `ephemeral` to have it back.',
        '',
        '<details><summary>Receipt: 1 of 1 resources seen gone</summary>',
        '',
        '| Resource | Name | Asked for | Seen gone |',
        '|---|---|---|---|',
        '| `service` | `pr-1721-api` | Sun 22 Nov 2026, 22:30 UTC | Sun 22 Nov 2026, 22:39 UTC |',
        '',
        '</details>',
      ]),
    );
  });

  it('says why it was refused, and what to do, and repeats somebody else’s text as words', () => {
    const condition = {
      reason: 'BlueprintInvalid',
      since: NOW,
      status: 'false' as const,
      type: 'BlueprintValid' as const,
    };
    const message = '.github/ephemeral.yml, line 4: found `cpu: lots`, allowed are 256 to 4096.\nAsk <b>@team</b>.';
    const refused = report({ phase: 'refused', servedSha: null, conditions: [{ ...condition, message }] });
    expect(renderComment(refused, 'https://docs.example.org/ephemeral.schema.json')).toBe(
      text([
        '### ⛔ Environment `pr-1721` is refused',
        '',
        '.github/ephemeral.yml, line 4: found `cpu: lots`, allowed are 256 to 4096.  ',
        'Ask &lt;b&gt;@\u200Bteam&lt;/b&gt;.',
        '',
        '👉 Correct the file and push: the new commit is read at once. What may stand in it: <https://docs.example.org/ephemeral.schema.json>',
      ]),
    );
  });

  it('says which commit waits, what to write, and what is served meanwhile', () => {
    const message = `It is a fork’s.\nThe line to write: \`/ephemeral approve ${HEAD}\``;
    const conditions = [
      { type: 'Approved', status: 'unknown', reason: 'ForkNotApproved', message, since: NOW },
    ] as const;
    const first = renderComment(report({ phase: 'unapproved', servedSha: null, conditions }));
    expect(first).toBe(
      text([
        '### ✋ Environment `pr-1721` waits for approval of `ec021a6`',
        '',
        'It is a fork’s.  ',
        `The line to write: \`/ephemeral approve ${HEAD}\``,
        '',
        '<details><summary>Shared with other environments</summary>',
        '',
        '- documents bucket',
        '- search index',
        '',
        '</details>',
      ]),
    );
    const later = renderComment(report({ phase: 'unapproved', servedSha: OLD_HEAD, conditions }));
    expect(later).toContain(`**Serving** \`${OLD_HEAD.slice(0, 7)}\``);
    expect(later).toContain('<https://ssweb.pr-1721.ephemeral.example.gov.uk/>');
    expect(later).toContain('`/ephemeral destroy`');
  });

  it('says in the open what a fork’s commit does not get', () => {
    const refusals = ['`services.api.secrets` is as on `main`, and not as this commit has it.', '<b>@team</b>'];
    expect(renderComment(report({ refusals }))).toContain(
      [
        "🔒 The commit is a fork's, so it has no more rights than its base:",
        '- `services.api.secrets` is as on `main`, and not as this commit has it.',
        '- &lt;b&gt;@\u200Bteam&lt;/b&gt;',
      ].join('\n'),
    );
  });

  it('reads the same at every look of an hour in which nothing happened', () => {
    const looks = Array.from({ length: 60 }, (_, minute) => new Date(NOW.getTime() + minute * 60_000));
    expect(new Set(looks.map((now) => renderComment(report({ now })))).size).toBe(1);
    const soon = new Date('2026-11-24T10:00:00Z');
    expect(new Set(looks.map((now) => renderComment(report({ now, expiresAt: soon })))).size).toBe(1);
  });

  it('fits into what GitHub takes, however much there is to say', () => {
    const failure = { subject: 'api', reason: 'x', message: 'm', actor: 'author' as const, retriesAt: null };
    const failures = Array.from({ length: 50 }, () => ({
      ...failure,
      details: Array(40).fill('x'.repeat(5000)) as string[],
    }));
    const receipt = Array.from({ length: 900 }, (_, index) => ({
      key: `${index}`,
      kind: 'dns-records',
      name: 'n'.repeat(250),
      askedAt: NOW,
      goneAt: NOW,
    }));
    expect(renderComment(report({ phase: 'failing', failures })).length).toBeLessThan(65_536);
    expect(renderComment(report({ phase: 'gone', receipt })).length).toBeLessThan(65_536);
    expect(renderComment(report({ phase: 'failing', failures }))).toContain('and 45 more');
  });
});
