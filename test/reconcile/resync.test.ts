import { describe, expect, it } from '@jest/globals';
import { createSteppedClock } from '../../sim/clock.ts';
import { TransientError } from '../../src/domain/failure.ts';
import { createResync } from '../../src/reconcile/resync.ts';
import type { LabelHistory } from '../../src/reconcile/roster.ts';
import type { EnvironmentRecord } from '../../src/reconcile/store.ts';
import { environmentRecord } from '../support/environment-record.ts';
import { createFakeForge } from '../support/fake-forge.ts';
import { createFakeRoster } from '../support/fake-roster.ts';
import { createMemoryStore } from '../support/memory-store.ts';

async function setUp(record = environmentRecord(7)) {
  const clock = createSteppedClock();
  const store = createMemoryStore();
  const forge = createFakeForge();
  const { id } = record.identity;
  const save = async (changed: EnvironmentRecord) =>
    await store.transaction(async (transaction) => await transaction.saveEnvironment(changed));
  await save(record);
  const roster = createFakeRoster();
  const resync = createResync({ store, forge, clock, roster, label: 'Ephemeral', ownLogin: 'mayfly[bot]' });
  const check = async () => {
    const now = await store.environment(id);
    return now ? await resync.check(now) : false;
  };
  const intent = async () => (await store.environment(id))?.intent;
  const observe = async () => await store.saveOutcome(id, 1, { observedGeneration: (await intent())?.generation ?? 0 });
  return { clock, store, forge, check, intent, observe, save };
}

describe('comparing with the pull request', () => {
  it('changes nothing when they agree, and asks no more than every ten minutes', async () => {
    const { check, clock, forge, observe } = await setUp();
    expect(await check()).toBe(false);
    await observe();
    clock.advance(599);
    expect(await check()).toBe(false);
    expect(forge.calls).toEqual(['pullRequest']);

    clock.advance(2);
    await check();
    expect(forge.calls).toEqual(['pullRequest', 'pullRequest']);
  });

  it.each([
    ['closed', { open: false, merged: false }],
    ['merged', { open: false, merged: true }],
  ])('lets go of what is %s, whatever webhook said last', async (releaseReason, facts) => {
    const { check, forge, intent, store } = await setUp();
    forge.facts = forge.facts && { ...forge.facts, ...facts };

    expect(await check()).toBe(true);
    expect(await intent()).toMatchObject({ state: 'absent', releaseReason, generation: 2 });
    expect(store.takeEnqueued()).toHaveLength(1);
  });

  it('lets go where there is no such pull request any more', async () => {
    const { check, forge, intent } = await setUp();
    forge.facts = undefined;

    expect(await check()).toBe(true);
    expect(await intent()).toMatchObject({ state: 'absent', releaseReason: 'closed' });
  });

  it('follows the head, and looks again soon in case GitHub was behind', async () => {
    const { check, clock, forge, intent, observe } = await setUp();
    forge.facts = forge.facts && { ...forge.facts, headSha: 'b'.repeat(40) };
    expect(await check()).toBe(true);
    await observe();
    forge.facts = forge.facts && { ...forge.facts, headSha: 'c'.repeat(40) };
    clock.advance(31);

    expect(await check()).toBe(true);
    expect((await intent())?.headSha).toBe('c'.repeat(40));
  });

  it('has a head that a bot wrote wait, as it would have by its webhook', async () => {
    const { check, forge, intent } = await setUp();
    forge.facts = forge.facts && { ...forge.facts, headSha: 'b'.repeat(40) };
    forge.bot = 'dependabot[bot]';
    expect(await check()).toBe(true);
    expect(await intent()).toMatchObject({ headSha: 'b'.repeat(40), pushedByBot: 'dependabot[bot]' });

    forge.facts = forge.facts && { ...forge.facts, headSha: 'c'.repeat(40) };
    forge.bot = undefined;
    expect(await check()).toBe(true);
    expect(await intent()).toMatchObject({ headSha: 'c'.repeat(40), pushedByBot: null });
  });

  it('follows no head of which GitHub does not say who wrote it', async () => {
    const { check, forge, intent } = await setUp();
    forge.facts = forge.facts && { ...forge.facts, headSha: 'b'.repeat(40) };
    forge.errors.botBehind = new TransientError('Unavailable', 'GitHub does not answer');
    expect(await check()).toBe(false);
    expect(await intent()).toMatchObject({ headSha: environmentRecord(7).intent.headSha, generation: 1 });
  });

  it('leaves alone who pushed the head that is known', async () => {
    const { check, intent, forge } = await setUp(environmentRecord(7, { intent: { pushedByBot: 'renovate[bot]' } }));
    expect(await check()).toBe(false);
    expect(await intent()).toMatchObject({ pushedByBot: 'renovate[bot]' });
    expect(forge.calls).toEqual(['pullRequest']);
  });

  it.each([
    ['octocat', 'present'],
    ['stranger', 'absent'],
  ])(
    'turns round an unlabelling that was told after %s had put the label on again, if they may: it is %s',
    async (login, state) => {
      const { check, intent, forge } = await setUp(
        environmentRecord(7, { intent: { state: 'absent', releaseReason: 'unlabelled', generation: 3 } }),
      );
      forge.history = { asked: { eventId: 1, by: { login, isBot: false }, at: new Date(0) }, takenOff: null };

      expect(await check()).toBe(state === 'present');
      expect(await intent()).toMatchObject({ state });
    },
  );

  it.each(['asked', 'expired', 'closed'] as const)('keeps to a release that was %s', async (releaseReason) => {
    const { check, intent } = await setUp(
      environmentRecord(7, { intent: { state: 'absent', releaseReason, generation: 3 } }),
    );
    expect(await check()).toBe(false);
    expect(await intent()).toMatchObject({ state: 'absent' });
  });

  it.each([
    ['a reopening by somebody who may, and so is not', 'octocat', '2026-11-20T08:00:01Z', 'present'],
    ['one in the same second, and so is not', 'octocat', '2026-11-20T08:00:00Z', 'present'],
    ['nothing that GitHub shows yet, and so is', 'octocat', '2026-11-20T07:59:59Z', 'absent'],
    ['a reopening by somebody who may not, and so is', 'stranger', '2026-11-20T08:00:01Z', 'absent'],
  ])('asks whether a close was followed by a reopening, whichever was told first: by %s over', async (...row) => {
    const [, login, at, state] = row;
    const { check, intent, forge, store } = await setUp(
      environmentRecord(7, { intent: { state: 'absent', releaseReason: 'closed', generation: 3 } }),
    );
    await store.appendEvent({
      environmentId: environmentRecord(7).identity.id,
      at: new Date('2026-11-20T09:00:00Z'),
      actor: 'octocat',
      action: 'release',
      details: { reason: 'closed', saidAt: '2026-11-20T08:00:00.000Z' },
    });
    forge.history = { asked: { eventId: 1, by: { login, isBot: false }, at: new Date(at) }, takenOff: null };

    expect(await check()).toBe(state === 'present');
    expect(await intent()).toMatchObject({ state });
  });

  it('holds nothing up when GitHub does not answer', async () => {
    const { check, forge, intent } = await setUp();
    forge.errors.pullRequest = new TransientError('Unavailable', 'GitHub does not answer');

    expect(await check()).toBe(false);
    expect(await intent()).toMatchObject({ state: 'present', generation: 1 });
  });

  it('yields to a webhook that came while it asked', async () => {
    const { check, forge, intent, save } = await setUp();
    const newer = environmentRecord(7, { intent: { generation: 2, headSha: 'd'.repeat(40) } });
    const { pullRequest } = forge;
    forge.pullRequest = async (...asked) => {
      await save(newer);
      return await pullRequest(...asked);
    };

    expect(await check()).toBe(true);
    expect(await intent()).toEqual(newer.intent);
  });

  it('lets go of an environment whose repository has another name now, where nothing would be heard of it', async () => {
    const { check, forge, intent } = await setUp();
    forge.facts = forge.facts && { ...forge.facts, repository: 'acme/store' };

    expect(await check()).toBe(true);
    expect(await intent()).toMatchObject({ state: 'absent', releaseReason: 'moved' });
  });
});

describe('a label that is gone, and no webhook said so', () => {
  const takenOff = { by: { login: 'octocat', isBot: false }, at: new Date('2026-11-20T09:30:00Z') };

  async function withoutLabel(history: LabelHistory) {
    const set = await setUp();
    set.forge.facts = set.forge.facts && { ...set.forge.facts, labels: ['bug'] };
    set.forge.history = history;
    const later = async (seconds: number) => {
      await set.observe();
      set.clock.advance(seconds);
      return await set.check();
    };
    return { ...set, later };
  }

  it('is believed at the second look: at the first, GitHub may be behind what it said in a webhook', async () => {
    const { check, later, intent } = await withoutLabel({ asked: null, takenOff });
    expect(await check()).toBe(false);
    expect(await later(29)).toBe(false);
    expect(await intent()).toMatchObject({ state: 'present' });

    expect(await later(1)).toBe(true);
    expect(await intent()).toMatchObject({ state: 'absent', releaseReason: 'unlabelled' });
  });

  it('is not believed when it is there again at the second look', async () => {
    const { check, later, forge, intent } = await withoutLabel({ asked: null, takenOff });
    const bare = forge.facts;
    await check();
    forge.facts = bare && { ...bare, labels: ['ephemeral'] };
    await later(31);
    forge.facts = bare;
    await later(601);

    expect(await intent()).toMatchObject({ state: 'present' });
  });

  it.each([
    ['never was there: a command asked for the environment', null],
    [
      'was taken off by Mayfly itself, when its time was up',
      { ...takenOff, by: { login: 'mayfly[bot]', isBot: true } },
    ],
  ])('means nothing when it %s', async (_what, without) => {
    const { check, later, intent } = await withoutLabel({ asked: null, takenOff: without });
    await check();
    await later(31);
    await later(601);

    expect(await intent()).toMatchObject({ state: 'present' });
  });

  it.each([
    [
      'keeps what a command has asked for since by the forge’s clock, though ours is behind',
      '09:31',
      '09:29',
      'present',
    ],
    ['ends what a command had asked for before by the forge’s clock, though ours is ahead', '09:29', '09:31', 'absent'],
  ])('%s', async (...[, said, written, state]) => {
    const { check, later, intent, store } = await withoutLabel({ asked: null, takenOff });
    await store.appendEvent({
      environmentId: environmentRecord(7).identity.id,
      at: new Date(`2026-11-20T${written}:00Z`),
      actor: 'octocat',
      action: 'want',
      details: { headSha: 'a', commanded: true, saidAt: `2026-11-20T${said}:00.000Z` },
    });
    await check();
    await later(31);

    expect(await intent()).toMatchObject({ state });
  });

  it.each([
    ['keeps what a command has asked for since', '2026-11-20T09:31:00Z', 'present'],
    ['ends what a command had asked for before', '2026-11-20T09:29:00Z', 'absent'],
  ])('%s', async (_what, at, state) => {
    const { check, later, intent, store } = await withoutLabel({ asked: null, takenOff });
    const environmentId = environmentRecord(7).identity.id;
    const details = { headSha: 'a', commanded: true };
    await store.appendEvent({ environmentId, at: new Date(at), actor: 'octocat', action: 'want', details });
    await check();
    await later(31);

    expect(await intent()).toMatchObject({ state });
  });
});
