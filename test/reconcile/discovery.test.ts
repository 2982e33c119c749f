import { describe, expect, it } from '@jest/globals';
import { createSteppedClock } from '../../sim/clock.ts';
import { TerminalError, TransientError } from '../../src/domain/failure.ts';
import { createDiscovery } from '../../src/reconcile/discovery.ts';
import type { Delivery } from '../../src/reconcile/inbox/delivery.ts';
import { createIntake } from '../../src/reconcile/inbox/receive.ts';
import { createTakeIn } from '../../src/reconcile/inbox/take-in.ts';
import { CLOSED, delivery } from '../support/deliveries.ts';
import { environmentRecord } from '../support/environment-record.ts';
import { createFakeForge } from '../support/fake-forge.ts';
import { createFakeRoster } from '../support/fake-roster.ts';
import { createMemoryStore } from '../support/memory-store.ts';

const INSTALLATION = 42;
const AT = new Date('2026-11-20T08:00:00Z');
const { id, pullRequest } = environmentRecord(7).identity;

/** A GitHub with one labelled pull request, `acme/shop#7`, that Mayfly has never heard of. */
function setUp() {
  const clock = createSteppedClock();
  const store = createMemoryStore();
  const forge = createFakeForge();
  const roster = createFakeRoster();
  roster.world.set(INSTALLATION, new Map([[pullRequest.repository, [7]]]));
  const asked = { eventId: 1, by: { login: 'octocat', isBot: false }, at: AT };
  forge.history = { asked, takenOff: null };
  const settings = {
    label: 'ephemeral',
    ttlSeconds: 3600,
    maxTtlSeconds: 7200,
    environmentPrefixes: {},
    suitesOf: () => [],
    hasDatabase: () => true,
  };
  const intake = createIntake({ store, clock, settings });
  const { takeIn } = createTakeIn({
    ports: {
      store,
      clock,
      forge,
      permissions: { has: async () => await Promise.resolve(true) },
      onUnexpected: () => undefined,
    },
    settings: {
      ...settings,
      labelPermission: 'write',
      allowedBots: [],
      ownLogin: 'mayfly[bot]',
      askLimits: { perUser: { asks: 100, seconds: 600 }, perRepository: { asks: 100, seconds: 600 } },
    },
  });
  const { signal } = new AbortController();
  const { discover } = createDiscovery({ store, forge, roster, intake, label: 'Ephemeral' });
  /** With what follows of it. */
  const round = async () => {
    const discovered = await discover(signal);
    for (const called of store.takeTakeIns()) {
      await takeIn(called, signal);
    }
    return discovered;
  };
  const save = async (record: ReturnType<typeof environmentRecord>) =>
    await store.transaction(async (transaction) => await transaction.saveEnvironment(record));
  const happened = async (action: string, at: string, details = {}) =>
    await store.appendEvent({ environmentId: id, at: new Date(at), actor: 'octocat', action, details });
  const state = async () => (await store.environment(id))?.intent.state;
  const hear = async (more: Partial<Delivery> = {}) => await intake.receive(delivery('told', { pullRequest, ...more }));
  return { store, hear, forge, roster, asked, round, save, happened, state };
}

const absent = (releaseReason: 'asked' | 'expired' | 'closed', goneAt: Date | null = null) =>
  environmentRecord(7, { goneAt, intent: { state: 'absent', releaseReason, generation: 4 } });

describe('a labelled pull request that nobody told of', () => {
  it('gets its environment, at the head of now, for whoever labelled it', async () => {
    const { round, store, forge } = setUp();
    expect(await round()).toEqual({ found: [id], refused: [], unseen: [] });

    const record = await store.environment(id);
    expect(record?.intent).toMatchObject({ state: 'present', headSha: forge.facts?.headSha, owner: 'octocat' });
    expect(record?.installationId).toBe(INSTALLATION);
    expect(store.takeEnqueued()).toEqual([id]);
  });

  it('is found once: what is known costs nothing but its line in the list', async () => {
    const { round, forge } = setUp();
    await round();
    forge.calls.length = 0;

    expect(await round()).toEqual({ found: [], refused: [], unseen: [] });
    expect(forge.calls).toEqual([]);
  });

  it('is no discovery while what a webhook told of it waits in the inbox', async () => {
    const { hear, round, forge } = setUp();
    await hear();
    expect(await round()).toEqual({ found: [], refused: [], unseen: [] });
    expect(forge.calls).not.toContain('labelHistory');
  });

  it('gets nothing when whoever labelled it may not', async () => {
    const { round, state, store, roster } = setUp();
    roster.allowed.clear();

    expect(await round()).toEqual({ found: [], refused: [id], unseen: [] });
    expect(await state()).toBeUndefined();
    expect(store.replies).toEqual([]);
  });

  it('from a fork is taken in as a fork, which is refused as any other', async () => {
    const { round, store, forge } = setUp();
    forge.facts = forge.facts && { ...forge.facts, fromFork: true };
    await round();

    expect((await store.environment(id))?.intent.fromFork).toBe(true);
  });

  it.each([
    ['was closed meanwhile', { open: false }],
    ['lost its label meanwhile', { labels: [] }],
  ])('gets nothing when it %s', async (_what, change) => {
    const { round, state, forge } = setUp();
    forge.facts = forge.facts && { ...forge.facts, ...change };

    expect((await round()).found).toEqual([]);
    expect(await state()).toBeUndefined();
  });

  it('gets nothing when its history does not say who asked', async () => {
    const { round, state, forge } = setUp();
    forge.history = { asked: null, takenOff: null };
    await round();

    expect(await state()).toBeUndefined();
  });
});

describe('a pull request whose environment was let go', () => {
  it.each([
    ['by a command, and still carries the label', { reason: 'asked', action: 'release' }],
    ['at the end of its time, and kept a label that could not be taken off', { reason: 'expired', action: 'expired' }],
    [
      'because it was closed, as the next look found',
      { reason: 'closed', action: 'resynced', details: { state: 'absent' } },
    ],
  ] as const)('stays without, %s', async (_what, { reason, action, ...rest }) => {
    const { round, state, save, happened } = setUp();
    await save(absent(reason));
    await happened(action, '2026-11-20T08:00:01Z', 'details' in rest ? rest.details : {});

    expect((await round()).found).toEqual([]);
    expect(await state()).toBe('absent');
  });

  it('has it back when the label was put on again since, also while it was on its way out', async () => {
    const { round, state, save, happened } = setUp();
    await save(absent('asked', new Date('2026-11-20T08:30:00Z')));
    await happened('release', '2026-11-20T07:59:00Z');

    expect((await round()).found).toEqual([id]);
    expect(await state()).toBe('present');
  });

  it('has it back once for each time that it was labelled', async () => {
    const { round, save, state } = setUp();
    await round();
    await save(absent('asked'));

    expect((await round()).found).toEqual([]);
    expect(await state()).toBe('absent');
  });
});

describe('a pull request whose close was told after its reopening', () => {
  it.each([
    ['of a second before', -1000],
    ['of the same second', 0],
  ])('has its environment back with the next round: a close %s', async (_what, milliseconds) => {
    const { round, hear, state } = setUp();
    await round();
    await hear({ says: CLOSED, saidAt: new Date(AT.getTime() + milliseconds) });
    await round();
    await round();

    expect(await state()).toBe('present');
  });

  it('stays without while what GitHub shows is older than the close', async () => {
    const { round, hear, state } = setUp();
    await round();
    await hear({ says: CLOSED, saidAt: new Date(AT.getTime() + 1000) });
    await round();

    expect(await state()).toBe('absent');
  });
});

describe('a repository that was renamed', () => {
  it('has no second environment for one pull request: the new one waits until the old is gone', async () => {
    const { round, roster, forge, save, store } = setUp();
    await save(environmentRecord(7));
    roster.world.set(INSTALLATION, new Map([['acme/store', [7]]]));
    forge.facts = forge.facts && { ...forge.facts, repository: 'acme/store' };
    expect((await round()).found).toEqual([]);
    await save(environmentRecord(7, { goneAt: AT, intent: { state: 'absent', releaseReason: 'moved' } }));

    expect((await round()).found).toEqual(['acme/store#7']);
    expect((await store.environment('acme/store#7'))?.intent.state).toBe('present');
  });
});

describe('what GitHub does not show', () => {
  it.each([
    [
      'a repository that is gone',
      pullRequest.repository,
      new TerminalError('GitHubNotFound', 'gone', { actor: 'operator' }),
    ],
    [
      'an installation that is suspended',
      'installation 1',
      new TerminalError('GitHubPermission', 'no', { actor: 'operator' }),
    ],
    ['an installation whose calls are spent', 'installation 1', new TransientError('RateLimit', 'spent')],
    ['a repository that GitHub fails on', pullRequest.repository, new TransientError('GitHubUnavailable', '502')],
    ['an installation that GitHub fails on', 'installation 1', new TransientError('GitHubUnavailable', '502')],
  ])('%s is told, and holds up no other', async (_what, where, error) => {
    const { round, roster, store } = setUp();
    const before = [...roster.world];
    roster.world.clear();
    roster.world.set(1, new Map([[pullRequest.repository, [7]]]));
    for (const [key, value] of before) {
      roster.world.set(key, new Map([...value, ['acme/other', [7]]]));
    }
    roster.errors.set(where, error);

    const { unseen, found } = await round();
    expect(unseen).toContainEqual({ where, error });
    expect(found).toContain('acme/other#7');
    expect(await store.environment('acme/other#7')).toBeDefined();
  });

  it('leaves the rest of an installation whose calls are spent half-way', async () => {
    const { round, roster } = setUp();
    roster.world.set(1, new Map([['beta/web', [7]]]));
    roster.errors.set(pullRequest.repository, new TransientError('SecondaryRateLimit', 'slower'));

    const { unseen, found } = await round();
    expect(unseen).toMatchObject([{ where: `installation ${INSTALLATION}` }]);
    expect(found).toEqual(['beta/web#7']);
  });

  it('is one pull request alone, where GitHub fails on no other of its repository', async () => {
    const { round, roster, forge } = setUp();
    roster.world.set(INSTALLATION, new Map([[pullRequest.repository, [6, 7]]]));
    forge.errors.labelHistory = new TransientError('GitHubUnavailable', '502');

    expect(await round()).toMatchObject({ found: [id], unseen: [{ where: 'acme/shop#6' }] });
    expect((await round()).found).toEqual(['acme/shop#6']);
  });

  it('keeps nobody from being looked at in the next round, and then is looked at last', async () => {
    const { round, roster } = setUp();
    const failing = Array.from({ length: 5 }, (_, index) => `acme/failing-${index}`);
    const world = [...failing, pullRequest.repository].map((name): [string, number[]] => [name, [7]]);
    roster.world.set(INSTALLATION, new Map(world));
    for (const name of failing) {
      roster.errors.set(name, new TransientError('GitHubUnavailable', '502'));
    }

    expect((await round()).found).toEqual([]);
    expect((await round()).found).toEqual([id]);
    roster.asked.length = 0;
    await round();
    expect(roster.asked.indexOf(pullRequest.repository)).toBeLessThan(roster.asked.indexOf('acme/failing-0'));

    roster.errors.clear();
    expect((await round()).found).toHaveLength(failing.length);
  });

  it('is asked no more for what is left of an installation where GitHub fails three times in a row', async () => {
    const { round, roster } = setUp();
    const names = Array.from({ length: 9 }, (_, index) => `acme/repository-${index}`);
    roster.world.set(INSTALLATION, new Map(names.map((name) => [name, [7]])));
    roster.world.set(43, new Map([['beta/web', [7]]]));
    for (const name of names) {
      roster.errors.set(name, new TransientError('GitHubUnavailable', '502'));
    }

    const { unseen, found } = await round();
    expect(unseen.map(({ where }) => where)).toEqual([...names.slice(0, 3), `installation ${INSTALLATION}`]);
    expect(found).toEqual(['beta/web#7']);
  });

  it('is no refusal: however many repositories GitHub refuses to show, it answers', async () => {
    const { round, roster } = setUp();
    const names = Array.from({ length: 9 }, (_, index) => `acme/repository-${index}`);
    roster.world.set(INSTALLATION, new Map([...names, pullRequest.repository].map((name) => [name, [7]])));
    for (const name of names) {
      roster.errors.set(name, new TerminalError('GitHubNotFound', 'gone', { actor: 'operator' }));
    }

    expect((await round()).found).toEqual([id]);
  });

  it('ends the round when GitHub does not answer', async () => {
    const { round, roster } = setUp();
    roster.errors.set('all', new TransientError('GitHubUnavailable', 'down'));

    await expect(round()).rejects.toThrow('down');
  });

  it('ends it too when what fails is no answer of GitHub’s', async () => {
    const { round, roster } = setUp();
    roster.errors.set(pullRequest.repository, new Error('a fault of ours'));

    await expect(round()).rejects.toThrow('a fault of ours');
  });
});
