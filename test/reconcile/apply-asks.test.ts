import { describe, expect, it } from '@jest/globals';
import { createSteppedClock } from '../../sim/clock.ts';
import { applyAsks } from '../../src/reconcile/apply-asks.ts';
import type { EnvironmentRecord } from '../../src/reconcile/store.ts';
import type { Ask, PullRequestSnapshot } from '../../src/reconcile/what-is-asked.ts';
import { environmentRecord } from '../support/environment-record.ts';
import { createMemoryStore } from '../support/memory-store.ts';

const DAY = 86_400;
const snapshot: PullRequestSnapshot = {
  headSha: 'a'.repeat(40),
  headRef: 'feature/basket',
  baseRef: 'main',
  title: 'A basket',
  fromFork: false,
  draft: false,
  author: 'octocat',
  authorIsBot: false,
};
const pullRequest = { repository: 'acme/shop', number: 7 };
const ID = 'acme/shop#7';

function setUp({ hasDatabase = true } = {}) {
  const clock = createSteppedClock();
  const store = createMemoryStore();
  const suitesOf = () => ['smoke', 'regression'];
  const times = { ttlSeconds: 7 * DAY, maxTtlSeconds: 28 * DAY };
  const settings = { label: 'ephemeral', ...times, environmentPrefixes: {}, suitesOf, hasDatabase: () => hasDatabase };
  /** What is to be said of it. */
  async function hear(asks: readonly Ask[], actor = 'octocat') {
    return await store.transaction(async (transaction) => {
      const before = await transaction.environment(ID);
      const asker = { installationId: 1, pullRequest, actor };
      return await applyAsks(asks, { asker, before, saidAt: clock.now(), now: clock.now(), settings }, transaction);
    });
  }
  const record = async (): Promise<EnvironmentRecord> => {
    const found = await store.environment(ID);
    if (!found) {
      throw new Error('no record');
    }
    return found;
  };
  const save = async (change: (before: EnvironmentRecord) => EnvironmentRecord) => {
    const changed = change(await record());
    await store.transaction(async (transaction) => await transaction.saveEnvironment(changed));
  };
  return { clock, store, hear, record, save };
}

describe('asks', () => {
  it('begins a life whose time runs from when it gets its slot, and whose wait for one ends at the cap', async () => {
    const { clock, hear, record, store } = setUp();
    await hear([{ kind: 'want', snapshot }]);

    const { intent, life, createdAt } = await record();
    expect(intent).toMatchObject({ ...snapshot, state: 'present', generation: 1, owner: 'octocat' });
    expect(intent.lifeSeconds).toBe(7 * DAY);
    expect(intent.expiresAt.getTime() - clock.now().getTime()).toBe(28 * DAY * 1000);
    expect({ life, createdAt }).toEqual({ life: 1, createdAt: clock.now() });
    expect(store.takeEnqueued()).toEqual([ID]);
  });

  it('is no new generation, and no line of the history, when the same is wanted again', async () => {
    const { hear, record, store } = setUp();
    await hear([{ kind: 'want', snapshot }]);
    await hear([{ kind: 'want', snapshot }]);

    expect((await record()).intent.generation).toBe(1);
    expect((await store.events(ID)).map(({ action }) => action)).toEqual(['want']);
  });

  it('keeps an approval that was heard before the push that needs it, and before the label', async () => {
    const { hear, store } = setUp();
    const said = await hear([{ kind: 'approve', sha: snapshot.headSha, snapshot }]);

    expect(said).toMatchObject([{ kind: 'approved', sha: snapshot.headSha, wanted: false }]);
    expect(await store.approvals(ID)).toMatchObject([{ sha: snapshot.headSha, by: 'octocat' }]);
  });

  it('follows a head only where something is wanted', async () => {
    const { hear, record, store } = setUp();
    const moved = { ...snapshot, headSha: 'b'.repeat(40) };
    await hear([{ kind: 'follow', snapshot: moved, push: { by: 'person' } }]);
    expect(await store.environment(ID)).toBeUndefined();

    await hear([{ kind: 'want', snapshot }]);
    await hear([{ kind: 'follow', snapshot: moved, push: { by: 'person' } }]);
    expect((await record()).intent).toMatchObject({ headSha: moved.headSha, generation: 2 });

    await hear([{ kind: 'release', reason: 'closed' }]);
    await hear([{ kind: 'follow', snapshot, push: { by: 'person' } }]);
    expect((await record()).intent).toMatchObject({ state: 'absent', headSha: moved.headSha, releaseReason: 'closed' });
  });

  it('turns one on its way out round, in the same life, with a new time to live', async () => {
    const { clock, hear, record, save } = setUp();
    await hear([{ kind: 'want', snapshot }]);
    const read = { headSha: snapshot.headSha, readAt: '', blueprint: '', changedPaths: [], baseCommits: {} };
    await save((before) => ({ ...before, admittedAt: clock.now(), resolution: read, warningsSent: [48] }));
    await hear([{ kind: 'release', reason: 'unlabelled' }]);
    clock.advance(3600);
    await hear([{ kind: 'want', snapshot }], 'hubot');

    const { intent, ...remembered } = await record();
    // Its blueprint has a say in the new time to live, and is read again.
    expect(remembered).toMatchObject({ life: 1, resolution: null, warningsSent: [] });
    expect(intent).toMatchObject({ state: 'present', releaseReason: null, owner: 'hubot', generation: 3 });
    expect(intent.expiresAt.getTime() - clock.now().getTime()).toBe(7 * DAY * 1000);
  });

  it('lets one that is wanted again before it had a slot wait on at its place, and live as long as before', async () => {
    const { clock, hear, record } = setUp();
    await hear([{ kind: 'want', snapshot }]);
    const { createdAt } = await record();
    await hear([{ kind: 'extend', bySeconds: DAY }]);
    await hear([{ kind: 'release', reason: 'unlabelled' }]);
    clock.advance(3600);
    await hear([{ kind: 'want', snapshot }]);

    const after = await record();
    expect({ createdAt: after.createdAt, life: after.life }).toEqual({ createdAt, life: 1 });
    expect(after.intent.lifeSeconds).toBe(7 * DAY);
    expect(after.intent.expiresAt.getTime() - clock.now().getTime()).toBe(28 * DAY * 1000);
  });

  it('follows that a draft has become ready for review', async () => {
    const { hear, record } = setUp();
    await hear([{ kind: 'want', snapshot: { ...snapshot, draft: true } }]);
    await hear([{ kind: 'follow', snapshot, push: { by: 'person' } }]);

    expect((await record()).intent).toMatchObject({ draft: false, generation: 2 });
  });

  it('gives who waits a longer life, up to the cap, and no longer wait', async () => {
    const { hear, record } = setUp();
    await hear([{ kind: 'want', snapshot }]);
    const { expiresAt } = (await record()).intent;
    const said = [...(await hear([{ kind: 'extend', bySeconds: 3 * DAY }]))];
    expect((await record()).intent).toMatchObject({ lifeSeconds: 10 * DAY, expiresAt });
    said.push(...(await hear([{ kind: 'extend', bySeconds: 60 * DAY }])));

    expect((await record()).intent).toMatchObject({ lifeSeconds: 28 * DAY, expiresAt });
    expect(said).toMatchObject([
      { kind: 'life-extended', lifeSeconds: 10 * DAY, capped: false },
      { kind: 'life-extended', lifeSeconds: 28 * DAY, capped: true, capSeconds: 28 * DAY, capFromBlueprint: false },
    ]);
  });

  it('begins another life once the last one is over', async () => {
    const { hear, record, save } = setUp();
    await hear([{ kind: 'want', snapshot }]);
    await save((before) => ({ ...before, servedSha: snapshot.headSha, goneAt: new Date() }));
    await hear([{ kind: 'want', snapshot }]);

    expect(await record()).toMatchObject({ life: 2, servedSha: null, goneAt: null, intent: { generation: 2 } });
  });

  it('extends up to the cap and no further, and warns anew', async () => {
    const { hear, record, save } = setUp();
    await hear([{ kind: 'want', snapshot }]);
    await save((before) => ({ ...before, admittedAt: before.createdAt, warningsSent: [48] }));
    const said = await hear([{ kind: 'extend', bySeconds: 60 * DAY }]);

    const { intent, admittedAt, warningsSent } = await record();
    expect(intent.expiresAt.getTime() - (admittedAt?.getTime() ?? 0)).toBe(28 * DAY * 1000);
    expect(warningsSent).toEqual([]);
    expect(said).toEqual([
      expect.objectContaining({ kind: 'extended', capped: true, capSeconds: 28 * DAY, capFromBlueprint: false }),
    ]);
  });

  it("keeps to the blueprint's cap where that is stricter", async () => {
    const { hear, record, save } = setUp();
    await hear([{ kind: 'want', snapshot }]);
    const terms = { ttlSeconds: null, maxTtlSeconds: 10 * DAY, environments: null };
    await save((before) => ({
      ...before,
      admittedAt: before.createdAt,
      intent: { ...before.intent, expiresAt: new Date(before.createdAt.getTime() + 7 * DAY * 1000) },
      resolution: { headSha: '', readAt: '', blueprint: '', changedPaths: [], baseCommits: {}, terms },
    }));
    const said = await hear([{ kind: 'extend', bySeconds: 60 * DAY }]);

    const { intent, createdAt } = await record();
    expect(intent.expiresAt.getTime() - createdAt.getTime()).toBe(10 * DAY * 1000);
    expect(said).toMatchObject([{ kind: 'extended', capped: true, capSeconds: 10 * DAY, capFromBlueprint: true }]);
  });

  it('answers that there is nothing to extend, deploy or remove', async () => {
    const { hear, store } = setUp();
    for (const ask of [
      { kind: 'extend', bySeconds: DAY },
      { kind: 'redeploy', sha: snapshot.headSha },
    ] as const) {
      expect(await hear([ask])).toEqual([{ kind: 'no-environment', label: 'ephemeral' }]);
    }
    expect(store.takeEnqueued()).toEqual([]);
  });

  it('answers that it is being removed already', async () => {
    const { hear } = setUp();
    await hear([{ kind: 'want', snapshot }]);
    await hear([{ kind: 'release', reason: 'asked' }]);

    expect(await hear([{ kind: 'release', reason: 'asked' }])).toEqual([
      { kind: 'no-environment', label: 'ephemeral', leaving: true },
    ]);
  });

  it('deploys no commit again that is wanted no longer', async () => {
    const { hear, record } = setUp();
    await hear([{ kind: 'want', snapshot }]);
    await hear([{ kind: 'redeploy', sha: 'b'.repeat(40) }]);
    expect((await record()).intent).toMatchObject({ redeploys: 0, generation: 1 });
  });

  describe('of a fresh clone', () => {
    it('are counted once there is a slot, and answered', async () => {
      const { clock, hear, record, save, store } = setUp();
      await hear([{ kind: 'want', snapshot }]);
      await save((before) => ({ ...before, admittedAt: clock.now() }));

      expect(await hear([{ kind: 'reset-database' }], 'hubot')).toMatchObject([{ kind: 'status' }]);
      expect((await record()).intent).toMatchObject({ databaseResets: 1, generation: 2, redeploys: 0 });
      expect((await store.events(ID)).at(-1)).toMatchObject({ actor: 'hubot', action: 'reset-database' });
    });

    it.each([
      [{ hasDatabase: false }, 'its blueprint wants no database'],
      [{ hasDatabase: true }, 'there is no database yet: it waits for its slot'],
    ])('come to nothing where there is none: %j', async (given, problem) => {
      const { hear, record } = setUp(given);
      await hear([{ kind: 'want', snapshot }]);

      expect(await hear([{ kind: 'reset-database' }])).toEqual([
        { kind: 'problem', line: '/ephemeral db reset', problem, example: null },
      ]);
      expect((await record()).intent.databaseResets).toBe(0);
    });

    it('are of one life alone', async () => {
      const { clock, hear, record, save } = setUp();
      await hear([{ kind: 'want', snapshot }]);
      await save((before) => ({ ...before, admittedAt: clock.now() }));
      await hear([{ kind: 'reset-database' }]);
      await save((before) => ({ ...before, goneAt: clock.now() }));
      await hear([{ kind: 'want', snapshot }]);

      expect((await record()).intent.databaseResets).toBe(0);
    });
  });

  it('writes into the history who asked for what', async () => {
    const { hear, store } = setUp();
    await hear([{ kind: 'want', snapshot }]);
    await hear([{ kind: 'redeploy', sha: snapshot.headSha }], 'hubot');

    expect((await store.events(ID)).map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      'octocat want',
      'hubot redeploy',
    ]);
  });
});

describe('the record of the tests', () => {
  it('is that of the same pull request', () => {
    expect(environmentRecord(7).identity.id).toBe(ID);
  });

  it('notes that a command asked for it, also where the label had asked before', async () => {
    const { hear, store } = setUp();
    await hear([{ kind: 'want', snapshot }]);
    await hear([{ kind: 'want', snapshot, commanded: true }]);

    const wanted = (await store.events(ID)).map(({ action, details }) => [action, details['commanded'] ?? false]);
    expect(wanted).toEqual([
      ['want', false],
      ['want', true],
    ]);
  });
});
