import { describe, expect, it } from '@jest/globals';
import { environmentId } from '../../../src/domain/environment.ts';
import { TerminalError, TransientError } from '../../../src/domain/failure.ts';
import type { Delivery } from '../../../src/reconcile/inbox/delivery.ts';
import { TRIES } from '../../../src/reconcile/inbox/pause-after.ts';
import { CLOSED, FOLLOW, LABEL, NOON, pushed, SNAPSHOT } from '../../support/deliveries.ts';
import { environmentRecord } from '../../support/environment-record.ts';
import { comment, createInboxStage, ID, NEW, OLD } from './inbox-stage.ts';

const person = (login: string) => ({ login, isBot: false });
const outage = new TransientError('GitHubUnavailable', 'reading a permission: GitHub answered 502');
const DATABASE_RESET: Delivery['says'] = {
  kind: 'comment',
  commentId: 100,
  commands: [{ name: 'db', act: 'reset' }],
  problems: [],
};
const UNLABELLED = { kind: 'release', ask: { kind: 'release', reason: 'unlabelled' } } as const;

/** A stage with an environment that is wanted at `OLD`. */
async function wanted() {
  const stage = createInboxStage();
  await stage.store.transaction(async (transaction) => await transaction.saveEnvironment(environmentRecord(7)));
  return stage;
}

describe('a petition', () => {
  it('is obeyed when GitHub says that whoever made it may', async () => {
    const { hear, takeIn, intent, store, github } = createInboxStage();
    await hear(LABEL);
    expect(await takeIn()).toEqual({ requeueAfterSeconds: null });

    expect(await intent()).toMatchObject({ ...SNAPSHOT, state: 'present', owner: 'octocat' });
    expect(store.takeEnqueued()).toEqual([ID]);
    expect(github.asked).toEqual(['octocat']);
    expect(store.replies).toEqual([]);
  });

  it('is refused, and whoever made it told so, when they may not', async () => {
    const { hear, takeIn, intent, store, answers } = createInboxStage();
    await hear(LABEL, { sender: person('tess') });
    await hear(comment('destroy'), { sender: person('stranger') });
    await takeIn();

    expect(await intent()).toBeUndefined();
    expect(answers()).toMatchObject([
      {
        commentId: null,
        reaction: 'confused',
        messages: [{ kind: 'not-allowed', login: 'tess', needed: 'write', label: 'ephemeral' }],
      },
      {
        commentId: 99,
        reaction: 'confused',
        messages: [{ kind: 'not-allowed', login: 'stranger', needed: 'write' }],
      },
    ]);
    expect(store.outcomes(ID)).toEqual(['refused', 'refused']);
  });

  it('takes no more than triage where that is enough to label', async () => {
    const { hear, takeIn, intent } = createInboxStage({ labelPermission: 'triage' });
    await hear(LABEL, { sender: person('tess') });
    await takeIn();
    expect(await intent()).toMatchObject({ owner: 'tess' });
  });

  it('of a bot is for the list to decide, and GitHub is not asked', async () => {
    const { hear, takeIn, intent, store, github } = await wanted();
    await hear(comment('destroy'), { sender: { login: 'other[bot]', isBot: true } });
    await takeIn();
    expect(await intent()).toMatchObject({ state: 'present' });

    await hear(comment('destroy'), { sender: { login: 'Renovate[bot]', isBot: true } });
    await takeIn();
    expect(await intent()).toMatchObject({ state: 'absent', releaseReason: 'asked' });
    expect(github.asked).toEqual([]);
    expect(store.outcomes(ID)).toEqual(['refused', 'done']);
  });

  it('that was a button is neither noticed nor answered', async () => {
    const { hear, takeIn, intent, store } = await wanted();
    await hear({ kind: 'button', ask: { kind: 'release', reason: 'asked' } }, { at: null, sender: person('tess') });
    await hear({ kind: 'button', ask: { kind: 'redeploy', sha: OLD } }, { at: null });
    await takeIn();
    expect(await intent()).toMatchObject({ state: 'present', redeploys: 1 });
    expect(store.replies).toEqual([]);
  });

  it('is taken in after those that came before it', async () => {
    const { hear, takeIn, intent, said } = createInboxStage();
    await hear(comment('create'));
    await hear(comment('destroy'), { at: 1 });
    await hear(comment('create'), { at: 2 });
    await takeIn();
    expect(await intent()).toMatchObject({ state: 'present', generation: 3 });
    expect(said()).toEqual([]);
  });
});

describe('a comment', () => {
  it('is noticed once, at once, and answered when GitHub has said who may', async () => {
    const { clock, hear, takeIn, store, github } = await wanted();
    github.failure = outage;
    await hear(comment('status', 'destroy'));
    const { requeueAfterSeconds } = await takeIn();
    expect(store.replies).toMatchObject([{ commentId: 99, reaction: 'eyes', messages: [] }]);

    github.failure = undefined;
    clock.advance(requeueAfterSeconds ?? 0);
    await takeIn();
    expect(store.replies.slice(1)).toMatchObject([
      { commentId: 99, reaction: 'rocket', messages: [{ kind: 'status' }] },
    ]);
  });

  it('has done what could be read although another line was wrong, and looks confused', async () => {
    const { hear, takeIn, intent, answers } = await wanted();
    const problem = { kind: 'problem', line: '/ephemeral x', problem: 'there is no command', example: 'y' } as const;
    await hear({ kind: 'comment', commentId: 99, commands: [{ name: 'destroy' }], problems: [problem] });
    await takeIn();
    expect(await intent()).toMatchObject({ state: 'absent', releaseReason: 'asked' });
    expect(answers()).toMatchObject([{ reaction: 'confused', messages: [problem] }]);
  });
});

describe('GitHub that does not answer', () => {
  it('has nobody obeyed; it is asked again after growing pauses, and then obeyed', async () => {
    const { clock, hear, takeIn, intent, store, github } = createInboxStage();
    github.failure = outage;
    await hear(LABEL);
    const pauses: (number | null)[] = [];
    for (let tries = 0; tries < 3; tries += 1) {
      const { requeueAfterSeconds } = await takeIn();
      pauses.push(requeueAfterSeconds);
      clock.advance(requeueAfterSeconds ?? 0);
    }
    expect(pauses).toEqual([2, 4, 8]);
    expect(await intent()).toBeUndefined();

    github.failure = undefined;
    expect(await takeIn()).toEqual({ requeueAfterSeconds: null });
    expect(await intent()).toMatchObject({ state: 'present' });
    expect(store.outcomes(ID)).toEqual(['done']);
  });

  it('is asked again although the clock was set back far behind the pause', async () => {
    const { clock, hear, takeIn, intent, github } = createInboxStage();
    clock.advance(7 * 86_400);
    github.failure = outage;
    await hear(LABEL);
    await takeIn();
    github.failure = undefined;
    clock.advance(-6 * 86_400);

    expect(await takeIn()).toEqual({ requeueAfterSeconds: null });
    expect(await intent()).toMatchObject({ state: 'present' });
  });

  it('is left alone until the pause is over, whoever calls', async () => {
    const { clock, hear, takeIn, github } = createInboxStage();
    github.failure = new TransientError('RateLimit', 'the hour is spent', { retryAfterSeconds: 1200 });
    await hear(LABEL);
    await takeIn();
    await hear(comment('status'));
    clock.advance(200);

    expect(await takeIn()).toEqual({ requeueAfterSeconds: 1000 });
    expect(github.asked).toEqual(['octocat']);
  });

  it('holds up no fact', async () => {
    const { hear, takeIn, intent, github } = await wanted();
    github.failure = outage;
    await hear(comment('status'));
    await takeIn();
    await hear(CLOSED, { at: 1 });
    expect(await intent()).toMatchObject({ state: 'absent' });
  });

  it('is given up in the end, with an answer, and what came after it has its turn', async () => {
    const { clock, hear, takeIn, intent, store, said, github } = await wanted();
    await hear(comment('destroy'), { sender: person('poison') });
    await hear(comment('redeploy'), { at: 1 });
    github.meanwhile = async () => {
      github.failure = github.asked.at(-1) === 'poison' ? outage : undefined;
      await Promise.resolve();
    };
    let seconds = 0;
    for (let next = await takeIn(); next.requeueAfterSeconds !== null; next = await takeIn()) {
      seconds += next.requeueAfterSeconds;
      clock.advance(next.requeueAfterSeconds);
    }

    expect(github.asked).toHaveLength(TRIES + 1);
    expect(seconds).toBeLessThan(3600);
    expect(store.outcomes(ID)).toEqual(['given-up', 'done']);
    expect(said()).toEqual([{ kind: 'given-up', cause: outage.message }]);
    expect(await intent()).toMatchObject({ state: 'present', redeploys: 1 });
  });

  it('is not asked again what it refuses to answer', async () => {
    const { hear, takeIn, said, github } = createInboxStage();
    github.failure = new TerminalError('GitHubPermission', 'the app is not allowed to', { actor: 'operator' });
    await hear(LABEL);
    expect(await takeIn()).toEqual({ requeueAfterSeconds: null });
    expect(said()).toEqual([{ kind: 'given-up', cause: 'the app is not allowed to' }]);
  });

  it('is not blamed for a fault of ours, of which people are told no more than that', async () => {
    const { clock, hear, takeIn, said, github, unexpected } = createInboxStage();
    github.failure = new Error('password=hunter2');
    await hear(LABEL);
    for (let next = await takeIn(); next.requeueAfterSeconds !== null; next = await takeIn()) {
      clock.advance(next.requeueAfterSeconds);
    }
    expect(said()).toEqual([{ kind: 'given-up', cause: null }]);
    expect(unexpected).toHaveLength(TRIES);
  });
});

describe('what happens between a petition and its taking in', () => {
  const cases: [string, [Delivery['says'], number][], string | undefined][] = [
    [
      'a label, then a close',
      [
        [LABEL, 0],
        [CLOSED, 1],
      ],
      undefined,
    ],
    [
      'a label, then it is taken off',
      [
        [LABEL, 0],
        [UNLABELLED, 1],
      ],
      undefined,
    ],
    [
      'a label that comes after the close that followed it',
      [
        [CLOSED, 1],
        [LABEL, 0],
      ],
      undefined,
    ],
    [
      'a close, then a reopening with the label on',
      [
        [CLOSED, 0],
        [LABEL, 1],
      ],
      'present',
    ],
    [
      'a label, a close, and a reopening',
      [
        [LABEL, 0],
        [CLOSED, 1],
        [LABEL, 2],
      ],
      'present',
    ],
    [
      'a reopening that comes before the close that it followed',
      [
        [LABEL, 2],
        [CLOSED, 1],
      ],
      'present',
    ],
    [
      'all of it within one second',
      [
        [CLOSED, 0],
        [LABEL, 0],
        [CLOSED, 0],
      ],
      undefined,
    ],
    [
      'a command, then a close',
      [
        [comment('create'), 0],
        [CLOSED, 1],
      ],
      undefined,
    ],
  ];
  it.each(cases)('ends as if all had been read at once: %s', async (_, sayings, state) => {
    const { hear, takeIn, intent, forge } = createInboxStage();
    for (const [says, at] of sayings) {
      await hear(says, { at });
    }
    forge.facts = forge.facts && { ...forge.facts, open: state === 'present' };
    await takeIn();
    expect((await intent())?.state).toBe(state);
  });

  it('is not undone by a label that is told only after what it asked for was made and destroyed', async () => {
    const { hear, takeIn, intent, said, store } = createInboxStage();
    await hear(comment('create'), { at: 1 });
    await hear(comment('destroy'), { at: 2 });
    await takeIn();
    await hear(LABEL, { at: 0 });
    await hear(comment('create'), { at: 1 });
    await takeIn();

    expect(await intent()).toMatchObject({ state: 'absent', releaseReason: 'asked' });
    expect(store.outcomes(ID)).toEqual(['done', 'done', 'overtaken', 'done']);
    expect(said()).toEqual([{ kind: 'overtaken', line: '/ephemeral create', reason: 'asked' }]);
  });

  it('is not undone by what somebody said who may not', async () => {
    const { hear, takeIn, intent } = createInboxStage();
    await hear(comment('destroy'), { at: 1, sender: person('stranger') });
    await takeIn();
    await hear(LABEL, { at: 0 });
    await takeIn();
    expect(await intent()).toMatchObject({ state: 'present' });
  });

  it('has no database reset that it had before it was let go', async () => {
    const { hear, takeIn, intent, said } = createInboxStage();
    await hear(comment('create'), { at: 0 });
    await takeIn();
    await hear(comment('destroy'), { at: 2 });
    await takeIn();
    await hear(DATABASE_RESET, { at: 1 });
    await takeIn();

    expect(await intent()).toMatchObject({ databaseResets: 0 });
    expect(said().at(-1)).toEqual({ kind: 'overtaken', line: '/ephemeral db reset', reason: 'asked' });
  });

  it('has no database reset by somebody without write permission', async () => {
    const { hear, takeIn, said } = createInboxStage();
    await hear(LABEL);
    await hear(DATABASE_RESET, { sender: person('stranger') });
    await takeIn();

    expect(said()).toEqual([{ kind: 'not-allowed', login: 'stranger', needed: 'write' }]);
  });

  it('is not destroyed by a button that was pressed before somebody asked for it again', async () => {
    const { hear, takeIn, intent, store } = createInboxStage();
    await hear(LABEL, { at: 2 });
    await takeIn();
    await hear({ kind: 'button', ask: { kind: 'release', reason: 'asked' } }, { at: 1 });
    await takeIn();

    expect(await intent()).toMatchObject({ state: 'present' });
    expect(store.outcomes(ID)).toEqual(['done', 'overtaken']);
  });

  it('is not destroyed by a command that is told only after somebody has asked for it again', async () => {
    const { hear, takeIn, intent, said } = createInboxStage();
    await hear(LABEL, { at: 2 });
    await takeIn();
    await hear(comment('destroy'), { at: 1 });
    await takeIn();

    expect(await intent()).toMatchObject({ state: 'present' });
    expect(said()).toMatchObject([{ kind: 'problem', line: '/ephemeral destroy' }]);
  });

  it('counts although it happens while GitHub is asked', async () => {
    const { hear, takeIn, intent, store, github } = createInboxStage();
    await hear(LABEL);
    github.meanwhile = async () => await hear(CLOSED, { at: 1 });
    await takeIn();
    expect(await intent()).toBeUndefined();
    expect(store.outcomes(ID)).toEqual(['overtaken', 'done']);
  });

  it('has the environment follow the newest head, beginning at the one that was labelled', async () => {
    const { hear, takeIn, intent, store } = createInboxStage();
    await hear(LABEL);
    await hear(pushed(OLD, NEW), { at: 1 });
    await takeIn();
    expect(await intent()).toMatchObject({ headSha: NEW });
    expect((await store.events(ID)).map(({ action, details }) => [action, details['headSha']])).toEqual([
      ['want', OLD],
      ['follow', NEW],
    ]);
  });

  it('leaves nothing of a command to have one, and says why, when the label went', async () => {
    const { hear, takeIn, intent, said } = createInboxStage();
    await hear(comment('create'));
    await hear(UNLABELLED, { at: 1 });
    await takeIn();
    expect(await intent()).toBeUndefined();
    expect(said()).toEqual([{ kind: 'overtaken', line: '/ephemeral create', reason: 'unlabelled' }]);
  });
});

describe('what asked before it was let go', () => {
  const button: Delivery['says'] = { kind: 'button', ask: { kind: 'release', reason: 'asked' } };

  it('does not revive what a button has destroyed: a press, which tells no time, is later than all that was told before it', async () => {
    const { hear, takeIn, intent, store } = createInboxStage();
    await hear(LABEL);
    await hear(button, { at: null });
    await hear(LABEL);
    await takeIn();
    expect(await intent()).toMatchObject({ state: 'absent', releaseReason: 'asked' });
    expect(store.outcomes(ID)).toEqual(['done', 'done', 'overtaken']);

    await hear(LABEL, { at: 1 });
    await takeIn();
    expect(await intent()).toMatchObject({ state: 'present' });
  });

  it('does not revive what has expired, and says so of a command', async () => {
    const { clock, hear, takeIn, intent, store, said, endOfTime } = createInboxStage();
    await hear(LABEL, { saidAt: clock.now() });
    await takeIn();
    clock.advance(28 * 86_400);
    const last = clock.now();
    await hear(FOLLOW, { saidAt: last });
    await endOfTime();
    await hear(LABEL, { saidAt: last });
    await hear(comment('create'), { saidAt: last });
    await takeIn();
    expect(await intent()).toMatchObject({ state: 'absent', releaseReason: 'expired' });
    expect(store.outcomes(ID)).toEqual(['done', 'done', 'done', 'overtaken', 'done']);
    expect(said()).toEqual([{ kind: 'overtaken', line: '/ephemeral create', reason: 'expired' }]);

    await hear(LABEL, { saidAt: clock.now() });
    await takeIn();
    expect(await intent()).toMatchObject({ state: 'present' });
  });

  it.each([
    [-121, 'absent'],
    [-119, 'present'],
  ])(
    'and was told for the first time after the end counts %s seconds from it, with a doubt of two minutes between the clocks: it is %s',
    async (seconds, state) => {
      const { clock, hear, takeIn, intent, endOfTime } = createInboxStage();
      await hear(LABEL, { saidAt: clock.now() });
      await takeIn();
      await endOfTime();
      await hear(LABEL, { saidAt: new Date(clock.now().getTime() + seconds * 1000) });
      await takeIn();
      expect(await intent()).toMatchObject({ state });
    },
  );

  it('revives nothing either when its letting go was heard of so long ago that it is kept in the history alone', async () => {
    const { hear, takeIn, intent, store, clock } = createInboxStage();
    clock.advance(86_400);
    const record = environmentRecord(7, { intent: { state: 'absent', releaseReason: 'asked' } });
    await store.transaction(async (transaction) => await transaction.saveEnvironment(record));
    const details = { reason: 'asked', saidAt: '2026-11-20T12:10:00.000Z' };
    await store.appendEvent({ environmentId: ID, at: record.createdAt, actor: 'octocat', action: 'release', details });
    await hear(LABEL);
    await takeIn();
    expect(await intent()).toMatchObject({ state: 'absent' });

    await hear(LABEL, { at: 601 });
    await takeIn();
    expect(await intent()).toMatchObject({ state: 'present' });
  });
});

describe('a letting go that was written by a clock that has been set back since', () => {
  it('keeps nothing from being asked for', async () => {
    const { hear, takeIn, intent, store, clock } = createInboxStage();
    const record = environmentRecord(7, { intent: { state: 'absent', releaseReason: 'expired' } });
    await store.transaction(async (transaction) => await transaction.saveEnvironment(record));
    const at = new Date(clock.now().getTime() + 86_400_000);
    await store.appendEvent({ environmentId: ID, at, actor: 'mayfly', action: 'expired', details: {} });
    await hear(LABEL, { saidAt: clock.now() });
    await takeIn();
    expect(await intent()).toMatchObject({ state: 'present' });
  });
});

describe('what is written down of a petition', () => {
  it('is when it was said by the clock of whoever tells, not when it was taken in', async () => {
    const { hear, takeIn, store, clock } = createInboxStage();
    await hear(comment('create'), { at: 1 });
    await hear({ kind: 'button', ask: { kind: 'release', reason: 'asked' } }, { at: null });
    const heard = clock.now();
    clock.advance(600);
    await takeIn();

    expect((await store.events(ID)).map(({ action, details }) => [action, details['saidAt']])).toEqual([
      ['want', '2026-11-20T12:00:01.000Z'],
      ['release', heard.toISOString()],
    ]);
  });
});

describe('a command that binds a commit', () => {
  it('begins at the commit that stood when it was written, and follows what was pushed since', async () => {
    const { hear, takeIn, store, forge } = createInboxStage();
    await hear(comment('create'));
    await hear(pushed(OLD, NEW), { at: 1 });
    forge.facts = forge.facts && { ...forge.facts, headSha: NEW };
    await takeIn();
    expect((await store.events(ID)).map(({ action, details }) => [action, details['headSha']])).toEqual([
      ['want', OLD],
      ['follow', NEW],
    ]);
  });

  it('deploys nothing again that was pushed after it was written, and says so', async () => {
    const { hear, takeIn, intent, answers, forge } = await wanted();
    await hear(comment('redeploy'));
    await hear(pushed(OLD, NEW), { at: 1 });
    forge.facts = forge.facts && { ...forge.facts, headSha: NEW };
    await takeIn();
    expect(await intent()).toMatchObject({ headSha: NEW, redeploys: 0 });
    expect(answers()).toMatchObject([
      { reaction: 'confused', messages: [{ kind: 'moved', line: '/ephemeral redeploy', meant: OLD, head: NEW }] },
    ]);
  });

  it('does nothing when a push was never heard of and may have come before or after it', async () => {
    const { hear, takeIn, intent, said, forge } = createInboxStage();
    await hear(comment('create'));
    forge.facts = forge.facts && { ...forge.facts, headSha: NEW, pushedAt: new Date('2026-11-20T12:00:05Z') };
    await takeIn();
    expect(await intent()).toBeUndefined();
    expect(said()).toEqual([{ kind: 'moved', line: '/ephemeral create', meant: null, head: NEW }]);
  });

  it.each<[how: string, hear: (stage: Awaited<ReturnType<typeof wanted>>) => Promise<unknown>]>([
    [
      'as the next look at GitHub found',
      async ({ store }) =>
        await store.transaction(
          async (transaction) =>
            await transaction.saveEnvironment(environmentRecord(7, { intent: { headSha: NEW, generation: 2 } })),
        ),
    ],
    [
      'as a new title told',
      async ({ hear }) =>
        await hear(
          {
            kind: 'follow',
            ask: { kind: 'follow', snapshot: { ...SNAPSHOT, headSha: NEW }, push: { by: 'unknown' } },
            before: null,
          },
          { at: 60 },
        ),
    ],
    [
      'as a label told that a round found',
      async ({ hear }) =>
        await hear({ kind: 'label', snapshot: { ...SNAPSHOT, headSha: NEW }, readLater: true }, { at: -60 }),
    ],
  ])('does nothing when it is told late and a lost push is known by then, %s', async (_how, learn) => {
    const stage = await wanted();
    const { hear, takeIn, intent, answers, forge } = stage;
    await hear(LABEL, { at: -120 });
    await learn(stage);
    await hear(comment('redeploy'), { at: 1 });
    forge.facts = forge.facts && { ...forge.facts, headSha: NEW, pushedAt: new Date('2026-11-20T12:00:05Z') };
    await takeIn();
    expect(await intent()).toMatchObject({ redeploys: 0 });
    expect(answers()).toMatchObject([
      { messages: [{ kind: 'moved', line: '/ephemeral redeploy', meant: null, head: NEW }] },
    ]);
  });

  it('cannot be followed on a closed pull request', async () => {
    const { hear, takeIn, intent, said, forge } = createInboxStage();
    await hear(comment('create'));
    forge.facts = undefined;
    await takeIn();
    expect(await intent()).toBeUndefined();
    expect(said()).toMatchObject([{ kind: 'problem', line: '/ephemeral create' }]);
  });

  it('passes on that the commit is a fork’s', async () => {
    const { hear, takeIn, intent, forge } = createInboxStage();
    await hear(comment('create'));
    forge.facts = forge.facts && { ...forge.facts, fromFork: true };
    await takeIn();
    expect(await intent()).toMatchObject({ fromFork: true });
  });

  it('asks GitHub nothing more than who may, where it binds none', async () => {
    const { hear, takeIn, forge } = await wanted();
    await hear(comment('status', 'destroy'));
    await takeIn();
    expect(forge.calls).toEqual([]);
  });
});

describe('a pull request whose repository has another name now', () => {
  const pullRequest = { repository: 'acme/store', number: 7 };
  const renamed = environmentId(pullRequest);

  async function moved() {
    const stage = await wanted();
    const { forge, takeIn, store } = stage;
    forge.facts = forge.facts && { ...forge.facts, repository: pullRequest.repository };
    const takeInRenamed = async () => await takeIn(undefined, renamed);
    const end = async () =>
      await store.transaction(async (transaction) => {
        const record = await transaction.environment(ID);
        await (record && transaction.saveEnvironment({ ...record, goneAt: NOON }));
      });
    const wantedUnderNew = async () => (await store.environment(renamed))?.intent.state;
    return { ...stage, takeInRenamed, end, wantedUnderNew };
  }

  it.each<[string, Delivery['says']]>([
    ['a label', LABEL],
    ['a command', comment('create')],
  ])('has its environment let go, and a second one only when that is gone: by %s', async (_what, says) => {
    const { clock, hear, intent, store, takeInRenamed, end, wantedUnderNew, said } = await moved();
    await hear(says, { pullRequest });
    expect(await takeInRenamed()).toEqual({ requeueAfterSeconds: 60 });
    expect(await intent()).toMatchObject({ state: 'absent', releaseReason: 'moved', generation: 2 });
    expect(store.takeEnqueued()).toEqual([ID]);

    for (let minute = 0; minute < 2 * TRIES; minute += 1) {
      clock.advance(60);
      expect(await takeInRenamed()).toEqual({ requeueAfterSeconds: 60 });
    }
    expect(await wantedUnderNew()).toBeUndefined();
    expect(await intent()).toMatchObject({ generation: 2 });

    await end();
    clock.advance(60);
    expect(await takeInRenamed()).toEqual({ requeueAfterSeconds: null });
    expect(await wantedUnderNew()).toBe('present');
    expect(said()).toEqual([]);
  });

  it('has none any more when it was closed while it waited', async () => {
    const { clock, hear, takeInRenamed, end, wantedUnderNew, store } = await moved();
    await hear(LABEL, { pullRequest });
    await takeInRenamed();
    await hear(CLOSED, { pullRequest, at: 1 });
    await end();
    clock.advance(60);
    await takeInRenamed();
    expect(await wantedUnderNew()).toBeUndefined();
    expect(store.outcomes(renamed)).toEqual(['overtaken', 'done']);
  });

  it('keeps it where a stranger asks, and where nothing that is asked for needs one', async () => {
    const { hear, takeInRenamed, intent } = await moved();
    await hear(LABEL, { pullRequest, sender: person('stranger') });
    await hear(comment('status'), { pullRequest });
    expect(await takeInRenamed()).toEqual({ requeueAfterSeconds: null });
    expect(await intent()).toMatchObject({ state: 'present' });
  });

  it('is told apart from one of the same number in another repository', async () => {
    const { hear, takeInRenamed, intent, wantedUnderNew, forge } = await moved();
    forge.facts = forge.facts && { ...forge.facts, repository: 'acme/shop' };
    await hear(LABEL, { pullRequest });
    await takeInRenamed();
    expect(await wantedUnderNew()).toBe('present');
    expect(await intent()).toMatchObject({ state: 'present' });
  });
});

describe('a process that dies or is suspended', () => {
  it('leaves the petition where it was, with nothing of its effect', async () => {
    const { hear, takeIn, intent, store, clock } = createInboxStage();
    await hear(LABEL);
    const { transaction } = store;
    Object.assign(store, { transaction: async () => await Promise.reject(new Error('the database is gone')) });
    await takeIn();
    expect(await intent()).toBeUndefined();
    expect(store.outcomes(ID)).toEqual([null]);

    Object.assign(store, { transaction });
    clock.advance(2);
    await takeIn();
    expect(await intent()).toMatchObject({ state: 'present' });
  });

  it('writes nothing once another has its turn', async () => {
    const { hear, takeIn, intent, github, store } = createInboxStage();
    const lease = new AbortController();
    await hear(LABEL);
    github.meanwhile = async () => await Promise.resolve(lease.abort());
    await takeIn(lease.signal);
    expect(await intent()).toBeUndefined();
    expect(store.outcomes(ID)).toEqual([null]);
  });

  it('does nothing twice that another has done meanwhile', async () => {
    const { hear, takeIn, intent, github } = await wanted();
    await hear({ kind: 'button', ask: { kind: 'redeploy', sha: OLD } }, { at: null });
    let isFirst = true;
    github.meanwhile = async () => {
      if (isFirst) {
        isFirst = false;
        await takeIn();
      }
    };
    await takeIn();
    expect(await intent()).toMatchObject({ redeploys: 1 });
  });
});

describe('an approval', () => {
  const approval = (sha: string | null): Delivery['says'] => ({
    kind: 'comment',
    commentId: 99,
    commands: [{ name: 'approve', sha }],
    problems: [],
  });
  const fromFork = async (options: Parameters<typeof createInboxStage>[0] = {}) => {
    const stage = createInboxStage(options);
    stage.forge.facts = stage.forge.facts && { ...stage.forge.facts, fromFork: true };
    return stage;
  };

  it('is kept for the head by somebody who may, without any environment, with who and when', async () => {
    const { hear, takeIn, store, clock, intent, answers } = await fromFork();
    await hear(approval(OLD));
    await takeIn();

    expect(await store.approvals(ID)).toEqual([{ sha: OLD, baseRef: 'main', by: 'octocat', at: clock.now() }]);
    expect(await intent()).toBeUndefined();
    expect(await store.events(ID)).toMatchObject([
      { actor: 'octocat', action: 'approve', details: { sha: OLD, baseRef: 'main' } },
    ]);
    expect(answers()).toMatchObject([{ reaction: 'rocket', messages: [{ kind: 'approved', wanted: false }] }]);
  });

  it.each([
    ['somebody who may not', OLD, person('stranger'), 'not-allowed'],
    ['a bot that may command', OLD, { login: 'renovate[bot]', isBot: true }, 'not-allowed'],
    ['somebody who wrote its beginning', OLD.slice(0, 10), person('octocat'), 'approval-refused'],
    ['somebody who read another commit', NEW, person('octocat'), 'approval-refused'],
    ['somebody who named none', null, person('octocat'), 'approval-refused'],
  ] as const)('of %s approves nothing', async (...[, sha, sender, kind]) => {
    const { hear, takeIn, store, answers } = await fromFork();
    await hear(approval(sha), { sender });
    await takeIn();

    expect(await store.approvals(ID)).toEqual([]);
    expect(answers()).toMatchObject([{ reaction: 'confused', messages: [{ kind }] }]);
  });

  it('is for the commit that was read, and not for one that was pushed before it was taken in', async () => {
    const { hear, takeIn, store, forge, answers } = await fromFork();
    await hear(approval(OLD));
    await hear(pushed(OLD, NEW), { at: 1 });
    forge.facts = forge.facts && { ...forge.facts, headSha: NEW };
    await takeIn();

    expect(await store.approvals(ID)).toEqual([]);
    expect(answers()).toMatchObject([{ messages: [{ kind: 'approval-refused', problem: 'other-commit', head: NEW }] }]);
  });

  it('is not needed for what a person pushed to the repository', async () => {
    const { hear, takeIn, store, answers } = await wanted();
    await hear(approval(OLD));
    await takeIn();

    expect(await store.approvals(ID)).toEqual([]);
    expect(answers()).toMatchObject([{ messages: [{ kind: 'approval-refused', problem: 'not-needed' }] }]);
  });
});

describe('a push', () => {
  it.each([
    ['a bot', { by: 'bot', login: 'dependabot[bot]' }, { headSha: NEW, pushedByBot: 'dependabot[bot]' }],
    ['a person', { by: 'person' }, { headSha: NEW, pushedByBot: null }],
    ['nobody knows whom', { by: 'unknown' }, { headSha: OLD, pushedByBot: null }],
  ] as const)('of %s is followed as far as it goes', async (_, push, expected) => {
    const { hear, intent } = await wanted();
    await hear({ kind: 'follow', ask: { kind: 'follow', snapshot: { ...SNAPSHOT, headSha: NEW }, push }, before: OLD });
    expect(await intent()).toMatchObject(expected);
  });

  it('of a bot still waits when somebody has the environment deployed again, or labels again', async () => {
    const { hear, takeIn, intent, forge } = await wanted();
    const push = { by: 'bot', login: 'dependabot[bot]' } as const;
    await hear({ kind: 'follow', ask: { kind: 'follow', snapshot: { ...SNAPSHOT, headSha: NEW }, push }, before: OLD });
    forge.facts = forge.facts && { ...forge.facts, headSha: NEW };
    await hear(comment('redeploy'), { at: 1 });
    await hear({ kind: 'label', snapshot: { ...SNAPSHOT, headSha: NEW } }, { at: 2 });
    await takeIn();
    expect(await intent()).toMatchObject({ headSha: NEW, pushedByBot: 'dependabot[bot]', redeploys: 1 });
  });
});

describe('too much at once', () => {
  it('is answered once, done by nobody, and costs GitHub nothing more', async () => {
    const { hear, takeIn, store, github, clock, answers } = createInboxStage({ asks: 2 });
    for (let count = 0; count < 5; count += 1) {
      await hear(comment('status'));
    }
    await takeIn();

    expect(answers().map(({ messages }) => messages.map(({ kind }) => kind))).toEqual([
      ['status', 'no-environment'],
      ['status', 'no-environment'],
      ['too-many'],
    ]);
    expect(store.outcomes(ID)).toEqual(['done', 'done', 'refused', 'refused', 'refused']);
    expect(github.asked).toHaveLength(2);

    clock.advance(600);
    await hear(comment('status'));
    await takeIn();
    expect(store.outcomes(ID).at(-1)).toBe('done');
  });

  it('keeps nobody from taking away', async () => {
    const { hear, takeIn, intent, store } = createInboxStage({ asks: 1 });
    await hear(LABEL);
    await hear(comment('status'));
    await hear(comment('destroy'));
    await takeIn();
    expect(await intent()).toMatchObject({ state: 'absent', releaseReason: 'asked' });

    await store.transaction(async (transaction) => await transaction.saveEnvironment(environmentRecord(7)));
    await hear({
      kind: 'comment',
      commentId: 100,
      commands: [{ name: 'redeploy' }, { name: 'destroy' }],
      problems: [],
    });
    await takeIn();
    expect(await intent()).toMatchObject({ state: 'absent', releaseReason: 'asked', redeploys: 0 });
  });

  it('of strangers is no more answered than asked about', async () => {
    const { hear, takeIn, github, answers } = createInboxStage({ asks: 1 });
    for (let count = 0; count < 3; count += 1) {
      await hear(comment('create'), { sender: person('stranger') });
    }
    await takeIn();
    expect(answers().map(({ messages }) => messages.map(({ kind }) => kind))).toEqual([['not-allowed'], ['too-many']]);
    expect(github.asked).toEqual(['stranger']);
  });
});
