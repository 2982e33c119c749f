import { beforeAll, expect, it } from '@jest/globals';
import { type SourceVersion, sourceState } from '../../src/domain/source.ts';
import type { SourceStore } from '../../src/reconcile/source/source-store.ts';

const NOON = Date.parse('2026-11-20T12:00:00Z');
const at = (seconds: number): Date => new Date(NOON + seconds * 1000);

function sourceVersion(id: string, facts: Partial<SourceVersion> = {}): SourceVersion {
  return {
    id,
    snapshot: {
      arn: `arn:${id}`,
      cluster: 'production',
      takenAt: at(-3600),
      engine: 'aurora-mysql',
      engineVersion: '8.0',
    },
    askedBy: 'octocat',
    begunAt: at(0),
    resourceId: null,
    clusterAt: null,
    instanceAt: null,
    passwordAt: null,
    run: null,
    passport: null,
    provenAt: null,
    servedAt: null,
    replacedAt: null,
    failure: null,
    retiredAt: null,
    goneAt: null,
    message: '',
    revision: 1,
    ...facts,
  };
}

/** What every `SourceStore` does. The tests follow each other on one store. */
export function describeSourceStore(open: () => Promise<SourceStore>): void {
  let store: SourceStore;
  beforeAll(async () => {
    store = await open();
  });

  const stored = async (id: string): Promise<SourceVersion> => {
    const version = await store.version(id);
    if (!version) {
      throw new Error(`${id} is not there`);
    }
    return version;
  };

  it('knows no source at first', async () => {
    expect([await store.versions(), await store.inService(), await store.version('one')]).toEqual([
      [],
      undefined,
      undefined,
    ]);
    expect(await store.clonesOf('one')).toEqual([]);
  });

  it('lets one of many begin a source, and none beside it', async () => {
    const begun = await Promise.all(['one', 'one', 'other'].map(async (id) => await store.begin(sourceVersion(id))));
    expect(begun.filter(Boolean)).toHaveLength(1);
    const [first] = await store.versions();
    expect(first).toEqual(sourceVersion(first?.id ?? ''));
    if (first?.id !== 'one') {
      await store.save({ ...sourceVersion('other'), goneAt: at(1) });
      expect(await store.begin(sourceVersion('one'))).toBe(true);
    }
  });

  it('keeps every fact as it was given, and takes one write of each reading', async () => {
    const facts: Partial<SourceVersion> = {
      resourceId: 'cluster-1',
      clusterAt: at(1),
      run: { attempt: 2, taskArn: 'arn:task', askedAt: at(2), endedAt: at(3) },
      passport: { text: '{"database":"dé\\u0000🐝"}', signature: 'c2lnbmVk' },
      provenAt: at(4),
      message: 'Llanfair 🐝',
    };
    const saves = await Promise.all([1, 2, 3].map(async () => await store.save(sourceVersion('one', facts))));
    expect(saves.filter(Boolean)).toHaveLength(1);
    expect(await stored('one')).toEqual(sourceVersion('one', { ...facts, revision: 2 }));
  });

  it('moves the pointer once for each reading, and settles who asked for it', async () => {
    const { id } = await store.ask({ kind: 'refresh', askedBy: 'octocat', askedAt: at(5) });
    const one = await stored('one');
    const moved = await Promise.all(
      [1, 2].map(async () => await store.promote(one, { at: at(6), settles: { id, outcome: 'done' } })),
    );
    expect(moved.filter(Boolean)).toHaveLength(1);
    expect((await store.inService())?.id).toBe('one');
    expect((await store.requests())[0]).toMatchObject({ id, settledAt: at(6), outcome: 'done' });
  });

  it('says of the one before that it was replaced, and back again', async () => {
    expect(await store.begin(sourceVersion('two', { begunAt: at(10) }))).toBe(true);
    expect(await store.promote(await stored('two'), { at: at(11) })).toBe(true);
    expect(
      (await store.versions()).filter(({ id }) => id !== 'other').map((one) => [one.id, sourceState(one)]),
    ).toEqual([
      ['two', 'in-service'],
      ['one', 'previous'],
    ]);
    expect((await stored('one')).replacedAt).toEqual(at(11));

    expect(await store.promote(await stored('one'), { at: at(12) })).toBe(true);
    expect(await store.inService()).toMatchObject({ id: 'one', servedAt: at(12), replacedAt: null });
    expect((await stored('two')).replacedAt).toEqual(at(12));
  });

  it('moves no pointer to what was retired meanwhile', async () => {
    const two = await stored('two');
    expect(await store.save({ ...two, retiredAt: at(13) })).toBe(true);
    expect(await store.promote(two, { at: at(14) })).toBe(false);
    expect((await store.inService())?.id).toBe('one');
  });

  it('says by its own clock when something was asked, of whoever has none', async () => {
    const before = Date.now();
    const { id, askedAt } = await store.ask({ kind: 'refresh', askedBy: 'octocat' });
    expect(askedAt.getTime()).toBeGreaterThanOrEqual(before - 1);
    expect(askedAt.getTime()).toBeLessThanOrEqual(Date.now() + 1);
    expect((await store.requests())[0]).toMatchObject({ id, askedAt });
    await store.settleRequest(id, { outcome: 'refused', at: at(19) });
  });

  it('keeps requests in their order until they are settled', async () => {
    const [a, b] = [
      await store.ask({ kind: 'refresh', askedBy: 'octocat', askedAt: at(20) }),
      await store.ask({ kind: 'rollback', askedBy: 'hubot', askedAt: at(21) }),
    ];
    expect(await store.openRequests()).toEqual([a, b]);
    await store.noteRequest(a.id, 'it waits');
    await store.settleRequest(b.id, { outcome: 'refused', at: at(22) });
    await store.settleRequest(b.id, { outcome: 'something else', at: at(23) });
    await store.noteRequest(b.id, 'something else');
    expect(await store.openRequests()).toEqual([{ ...a, outcome: 'it waits' }]);
    expect((await store.requests())[0]).toEqual({ ...b, outcome: 'refused', settledAt: at(22) });
    await store.settleRequest(a.id, { outcome: 'done', at: at(24) });
  });

  it('asks by the schedule once for each time, from the second on', async () => {
    for (const [due, now] of [
      [0, 1],
      [0, 2],
      [100, 101],
      [100, 102],
      [0, 103],
    ] as const) {
      await Promise.all([1, 2].map(async () => await store.askBySchedule(at(due), at(now))));
    }
    expect(await store.openRequests()).toEqual([
      expect.objectContaining({ kind: 'refresh', askedBy: 'schedule', askedAt: at(101) }),
    ]);
  });

  it('lets one of many look, and the next when it is due', async () => {
    const claims = await Promise.all([1, 2, 3].map(async () => await store.claimLook(at(0), 10)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await store.claimLook(at(9), 10)).toBe(false);
    expect(await store.claimLook(at(10), 10)).toBe(true);
    expect(await store.claimLook(at(0), 10)).toBe(true);
  });
}
