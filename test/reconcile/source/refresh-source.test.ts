import { describe, expect, it } from '@jest/globals';
import { TerminalError, TransientError } from '../../../src/domain/failure.ts';
import { signPassport } from '../../../src/domain/passport.ts';
import { sourceState } from '../../../src/domain/source.ts';
import { type SourceShape, signShape } from '../../../src/domain/source-shape.ts';
import { createMemorySources } from '../../support/memory-sources.ts';
import { goodPassport, passportKeys } from '../../support/passports.ts';
import { createSourceWorld, Death, type SourceWorld, snapshot } from '../../support/source-world.ts';

const DAY = 86_400;

async function ask(world: SourceWorld, kind: 'refresh' | 'rollback' = 'refresh'): Promise<void> {
  await world.store.ask({ kind, askedBy: 'octocat', askedAt: world.now() });
}

async function refreshed(world: SourceWorld, day: string): Promise<string> {
  world.snapshots = [snapshot(day)];
  await ask(world);
  await world.settle();
  const current = await world.store.inService();
  expect(current?.snapshot).toEqual(snapshot(day));
  return current?.id ?? '';
}

async function states(world: SourceWorld): Promise<string[]> {
  return (await world.store.versions()).map(sourceState);
}

async function outcomes(world: SourceWorld): Promise<string[]> {
  return (await world.store.requests()).map(({ outcome }) => outcome);
}

describe('what the task says of the schema', () => {
  const shape = (source: string): SourceShape => ({
    version: 1,
    source,
    database: 'vol',
    schema: { tables: [{ name: 'person', columns: [{ name: 'id', type: 'int' }], indexes: [] }] },
    histories: [{ table: 'flyway_schema_history', rows: [{ version: '7', type: 'SQL', success: 1 }] }],
  });
  const of = (source: string) => ({ source, database: 'vol', table: 'flyway_schema_history' });

  it('is known of a source that is put in service, before anybody clones it', async () => {
    const world = createSourceWorld();
    world.shapeOf = (id) => world.signShape(shape(id));
    const id = await refreshed(world, '2026-11-20');
    expect(await world.memory.history(of(id))).toMatchObject({ history: { ids: ['7'], floor: null } });
    expect(await world.memory.schema(of(id))).toEqual(shape(id).schema);
  });

  it('is known also when the process died wherever it was put in service', async () => {
    const calls = await (async () => {
      const world = createSourceWorld();
      world.shapeOf = (id) => world.signShape(shape(id));
      world.dieAt(Number.MAX_SAFE_INTEGER, 'before');
      await refreshed(world, '2026-11-20');
      return world.calls();
    })();
    for (let call = calls - 12; call <= calls; call += 1) {
      for (const when of ['before', 'after'] as const) {
        const world = createSourceWorld();
        world.shapeOf = (id) => world.signShape(shape(id));
        world.snapshots = [snapshot('2026-11-20')];
        await ask(world);
        world.dieAt(call, when);
        await world.settle().catch((error: unknown) => expect(error).toBeInstanceOf(Death));
        await world.settle();
        const id = (await world.store.inService())?.id ?? '';
        expect({ call, when, known: await world.memory.history(of(id)) }).toMatchObject({
          known: { history: { ids: ['7'] } },
        });
      }
    }
  });

  it.each([
    { of: 'another key', sign: (source: string) => signShape(shape(source), passportKeys().privateKey) },
    { of: 'another source', sign: undefined },
  ])('is not believed of $of, which is told, and the source is put in service all the same', async ({ sign }) => {
    const world = createSourceWorld();
    world.shapeOf = (id) => (sign ? sign(id) : world.signShape(shape('another')));
    const id = await refreshed(world, '2026-11-20');
    expect(await world.memory.history(of(id))).toBeUndefined();
    expect(world.events.map(({ kind }) => kind)).toEqual(['begun', 'unseen', 'in-service']);
  });

  it('holds nothing up when its log cannot be read', async () => {
    const world = createSourceWorld();
    world.shapeOf = () => {
      throw new TransientError('Throttled', 'AWS asks for patience while reading the log');
    };
    const id = await refreshed(world, '2026-11-20');
    expect(await world.memory.history(of(id))).toBeUndefined();
    expect(world.events).toContainEqual({ kind: 'unseen', id, message: expect.stringContaining('asks for patience') });
  });
});

describe('a refresh', () => {
  it('makes a source beside the present one, masks it, proves it and puts it in service', async () => {
    const world = createSourceWorld();
    const first = await refreshed(world, '2026-11-20');
    const seen = new Set<string>();
    world.pass(DAY);
    world.snapshots = [snapshot('2026-11-20'), snapshot('2026-11-21'), snapshot('2026-11-19')];
    await ask(world);
    while ((await world.look()).requeueAfterSeconds !== null) {
      const [newest] = await world.store.versions();
      seen.add(newest ? sourceState(newest) : 'none');
      expect((await world.store.inService())?.id === first || seen.has('in-service')).toBe(true);
      world.pass(60);
    }

    expect([...seen]).toEqual(['restoring', 'instance', 'anonymising']);
    expect(await states(world)).toEqual(['in-service', 'previous']);
    expect((await world.store.inService())?.snapshot).toEqual(snapshot('2026-11-21'));
    expect([...world.clusters.values()].map(({ masked, password }) => [masked, password])).toEqual([
      [1, 'its own'],
      [1, 'its own'],
    ]);
    expect(world.events.map(({ kind }) => kind)).toEqual(['begun', 'in-service', 'begun', 'in-service']);
  });

  it('is one at a time: who asks meanwhile is told', async () => {
    const world = createSourceWorld();
    await ask(world);
    await world.look();
    world.pass(60);
    await ask(world);
    await world.settle();

    expect(await states(world)).toEqual(['in-service']);
    expect(await outcomes(world)).toEqual([
      expect.stringContaining('is under way already'),
      expect.stringContaining('was put in service'),
    ]);
  });

  it('waits for a snapshot while there is none, and begins with the first that is there', async () => {
    const world = createSourceWorld();
    world.snapshots = [];
    await ask(world);
    expect((await world.look()).requeueAfterSeconds).toBe(60);
    expect(await outcomes(world)).toEqual([expect.stringContaining('there is no snapshot')]);

    world.snapshots = [snapshot('2026-11-20')];
    await world.settle();
    expect(await states(world)).toEqual(['in-service']);
  });

  it('takes the next snapshot when its own is deleted before it was restored', async () => {
    const world = createSourceWorld();
    const { ensure } = world.ports.clusters;
    let deleted = false;
    Object.assign(world.ports.clusters, {
      ensure: async (wanted: Parameters<typeof ensure>[0]) => {
        if (!deleted) {
          deleted = true;
          world.snapshots = [snapshot('2026-11-19')];
        }
        return await ensure(wanted);
      },
    });
    await ask(world);
    await world.settle();

    expect(await states(world)).toEqual(['in-service', 'gone']);
    expect((await world.store.inService())?.snapshot).toEqual(snapshot('2026-11-19'));
    expect(await outcomes(world)).toEqual([expect.stringContaining('was put in service')]);
  });

  it('comes to its end when the snapshot is deleted after it was restored', async () => {
    const world = createSourceWorld();
    await ask(world);
    await world.look();
    world.snapshots = [];
    await world.settle();
    expect(await states(world)).toEqual(['in-service']);
  });

  it('goes on with a cluster that was stopped for the night', async () => {
    const world = createSourceWorld();
    await ask(world);
    await world.look();
    for (let minute = 0; minute < 15; minute += 1) {
      world.pass(60);
      await world.look();
    }
    for (const cluster of world.clusters.values()) {
      cluster.isStopped = true;
    }
    await world.settle();
    expect(await states(world)).toEqual(['in-service']);
  });

  it('never puts in service what somebody restored anew under its name', async () => {
    const world = createSourceWorld();
    await ask(world);
    await world.look();
    for (let minute = 0; minute < 15; minute += 1) {
      world.pass(60);
      await world.look();
    }
    for (const [id, cluster] of world.clusters) {
      world.clusters.set(id, { ...cluster, resourceId: 'another', masked: 0 });
    }
    await world.settle();
    expect(await world.store.inService()).toBeUndefined();
    expect((await world.store.versions())[0]?.failure?.reason).toBe('ClusterLost');
  });
});

describe('a refresh that fails', () => {
  it.each([
    { what: 'a task that says no', end: { exitCode: 1 }, reason: 'TaskFailed', message: 'person.email has no rule' },
    {
      what: 'a passport that is not there',
      end: { passport: undefined },
      reason: 'PassportMissing',
      message: 'no passport is in its log',
    },
  ])('leaves the present source in service: $what', async ({ end, reason, message }) => {
    const world = createSourceWorld();
    const first = await refreshed(world, '2026-11-20');
    const { endOfTask } = world;
    world.endOfTask = (order) => ({ ...endOfTask(order), ...end });
    world.pass(DAY);
    await ask(world);
    await world.settle();

    const [failed] = await world.store.versions();
    expect(failed?.failure).toMatchObject({ reason, message: expect.stringContaining(message) });
    expect((await world.store.inService())?.id).toBe(first);
    expect((await outcomes(world))[0]).toContain(message);
  });

  it('names what was found, and the table and column that it was found in', async () => {
    const world = createSourceWorld();
    world.endOfTask = ({ id }) => {
      const scan = {
        detectors: ['email'],
        columns: 1,
        rows: 3,
        findings: [{ table: 'note', column: 'text', detector: 'email', rows: 2, allowed: null }],
      };
      return { exitCode: 0, passport: world.sign(goodPassport(id, { scan })) };
    };
    await ask(world);
    await world.settle();
    expect((await world.store.versions())[0]?.failure).toMatchObject({
      reason: 'PassportRefused',
      message: expect.stringContaining('note.text holds what looks like email in 2 rows'),
    });
  });

  it.each([
    [
      'signed by somebody else',
      (id: string) => signPassport(goodPassport(id), passportKeys().privateKey),
      'not signed',
    ],
    ['that is no passport', () => ({ text: '{', signature: 'x' }), 'not signed'],
  ])('refuses a passport %s', async (_what, passportOf, message) => {
    const world = createSourceWorld();
    world.endOfTask = ({ id }) => ({ exitCode: 0, passport: passportOf(id) });
    await ask(world);
    await world.settle();
    expect(await world.store.inService()).toBeUndefined();
    expect((await outcomes(world))[0]).toContain(message);
  });

  it('refuses the passport of another cluster', async () => {
    const world = createSourceWorld();
    world.endOfTask = () => ({ exitCode: 0, passport: world.sign(goodPassport('nonprod-source-20261119-0000')) });
    await ask(world);
    await world.settle();
    expect((await outcomes(world))[0]).toContain('has the passport of another source');
  });

  it('leaves its cluster for a day, and then has it go', async () => {
    const world = createSourceWorld();
    world.endOfTask = () => ({ exitCode: 1, passport: undefined });
    await ask(world);
    await world.settle();
    expect(world.clusters.size).toBe(1);

    world.pass(DAY);
    await world.settle();
    await world.settle();
    expect([await states(world), world.clusters.size]).toEqual([['gone'], 0]);
  });

  it('stops a task that runs too long', async () => {
    const world = createSourceWorld();
    await ask(world);
    await world.settle({ maskSeconds: 600 });
    expect((await world.store.versions())[0]?.failure?.reason).toBe('TaskTimedOut');
    expect([...world.tasks.values()].map(({ stopped }) => stopped)).toEqual([true]);
  });

  it('may be asked for again on the same day, and has another name then', async () => {
    const world = createSourceWorld();
    const { endOfTask } = world;
    world.endOfTask = () => ({ exitCode: 1, passport: undefined });
    await ask(world);
    await world.settle();
    world.endOfTask = endOfTask;
    await ask(world);
    await world.settle();
    expect(await states(world)).toEqual(['in-service', 'failed']);
  });
});

describe('a task that is killed', () => {
  it.each([null, 137, 75])('is followed by one that goes on, with exit code %s', async (exitCode) => {
    const world = createSourceWorld();
    const { endOfTask } = world;
    world.endOfTask = (order) => (order.attempt < 3 ? { exitCode, passport: undefined } : endOfTask(order));
    await ask(world);
    await world.settle();
    expect(await states(world)).toEqual(['in-service']);
    expect(world.tasks.size).toBe(3);
  });

  it('is not followed for ever', async () => {
    const world = createSourceWorld();
    world.endOfTask = () => ({ exitCode: null, passport: undefined });
    await ask(world);
    await world.settle();
    expect(world.tasks.size).toBe(5);
    expect((await outcomes(world))[0]).toContain('was ended 5 times');
  });

  it('needs no other when ECS forgot its end and its log holds the passport', async () => {
    const world = createSourceWorld();
    await ask(world);
    while (world.tasks.size === 0) {
      await world.look();
      world.pass(60);
    }
    world.pass(5 * 3600);
    await world.settle();
    expect(await states(world)).toEqual(['in-service']);
    expect(world.tasks.size).toBe(1);
  });
});

describe('what AWS does not allow now', () => {
  it.each([
    ['a lost connection', new TransientError('Unreachable', 'AWS did not answer.')],
    ['a right that is missing', new TerminalError('AccessDenied', 'AWS refused Mayfly.', { actor: 'operator' })],
    ['no room for a cluster', new TerminalError('QuotaExceeded', 'AWS has no room.', { actor: 'operator' })],
  ])('is said and tried again, and no work is lost: %s', async (_what, error) => {
    const world = createSourceWorld();
    const { ensure } = world.ports.clusters;
    let times = 3;
    Object.assign(world.ports.clusters, {
      ensure: async (wanted: Parameters<typeof ensure>[0]) => {
        times -= 1;
        if (times >= 0) {
          throw error;
        }
        return await ensure(wanted);
      },
    });
    await ask(world);
    await world.look();
    expect((await world.store.versions())[0]?.message).toBe(error.message);
    await world.settle();
    expect(await states(world)).toEqual(['in-service']);
  });
});

describe('a rollback', () => {
  it('puts the previous source back, and the next one forth again', async () => {
    const world = createSourceWorld();
    const first = await refreshed(world, '2026-11-20');
    world.pass(DAY);
    const second = await refreshed(world, '2026-11-21');

    for (const expected of [first, second]) {
      world.pass(60);
      await ask(world, 'rollback');
      await world.settle();
      expect((await world.store.inService())?.id).toBe(expected);
      expect((await outcomes(world))[0]).toBe(`${expected} is in service again`);
    }
  });

  it('is refused when there is nothing to go back to', async () => {
    const world = createSourceWorld();
    await refreshed(world, '2026-11-20');
    await ask(world, 'rollback');
    await world.settle();
    expect((await outcomes(world))[0]).toBe('there is no previous source to go back to');
  });

  it('is refused when the cluster is gone', async () => {
    const world = createSourceWorld();
    const first = await refreshed(world, '2026-11-20');
    world.pass(DAY);
    const second = await refreshed(world, '2026-11-21');
    world.clusters.delete(first);
    await ask(world, 'rollback');
    await world.settle();
    expect((await outcomes(world))[0]).toContain('is not there any more');
    expect((await world.store.inService())?.id).toBe(second);
  });

  it('is refused when the passport is not good any more', async () => {
    const world = createSourceWorld();
    await refreshed(world, '2026-11-20');
    world.pass(DAY);
    const second = await refreshed(world, '2026-11-21');
    await ask(world, 'rollback');
    await world.settle({ publicKey: passportKeys().publicKey });
    expect((await outcomes(world))[0]).toContain('not signed with the key of the platform');
    expect((await world.store.inService())?.id).toBe(second);
  });
});

describe('a previous source', () => {
  it('goes when it is old and nothing is cloned from it', async () => {
    const world = createSourceWorld();
    const first = await refreshed(world, '2026-11-20');
    world.pass(DAY);
    const second = await refreshed(world, '2026-11-21');
    world.pass(6 * DAY);
    await world.settle();
    expect([...world.clusters.keys()]).toEqual([first, second]);

    world.pass(DAY);
    await world.settle();
    await world.settle();
    expect([...world.clusters.keys()]).toEqual([second]);
    expect(await states(world)).toEqual(['in-service', 'gone']);
  });

  it('stays as long as an environment is a clone of it', async () => {
    const clones = new Map<string, string[]>();
    const world = createSourceWorld(createMemorySources(clones));
    const first = await refreshed(world, '2026-11-20');
    clones.set(first, ['acme/shop#7']);
    world.pass(DAY);
    await refreshed(world, '2026-11-21');
    world.pass(30 * DAY);
    await world.settle();
    expect(world.clusters.has(first)).toBe(true);
  });
});

describe('a schedule', () => {
  it('asks once each time, and for nothing when no snapshot is newer', async () => {
    const world = createSourceWorld();
    const schedule = '0 3 * * *';
    await world.settle({ schedule });
    expect(await states(world)).toEqual([]);

    world.pass(DAY);
    await world.settle({ schedule });
    await world.settle({ schedule });
    expect(await states(world)).toEqual(['in-service']);
    world.pass(DAY);
    await world.settle({ schedule });
    expect(await outcomes(world)).toEqual([
      'there is no snapshot newer than that of 2026-11-20, which is in service',
      expect.stringContaining('was put in service'),
    ]);
  });
});

describe('a process that dies at any call', () => {
  /** A refresh and a rollback, as one life of nothing but deaths would have them. */
  async function history(world: SourceWorld, die: () => void): Promise<void> {
    const settle = async () => {
      for (;;) {
        try {
          await world.settle({}, 600);
          return;
        } catch (error) {
          if (!(error instanceof Death)) {
            throw error;
          }
          world.pass(30);
        }
      }
    };
    await ask(world);
    await settle();
    world.pass(DAY);
    world.snapshots = [snapshot('2026-11-21')];
    await ask(world);
    die();
    await settle();
    world.pass(60);
    await ask(world, 'rollback');
    await settle();
  }

  it.each(['before', 'after'] as const)('leaves what an undisturbed one leaves, %s its effect', async (when) => {
    const undisturbed = createSourceWorld();
    await history(undisturbed, () => undisturbed.dieAt(0, 'before'));
    const most = undisturbed.calls();
    expect(most).toBeGreaterThan(80);

    for (let call = 1; call <= most; call += 1) {
      const world = createSourceWorld();
      await history(world, () => world.dieAt(call, when));
      expect(await states(world)).toEqual(['previous', 'in-service']);
      expect([...world.clusters.values()].map(({ masked, of }) => [masked, of.slice(-10)])).toEqual([
        [1, '2026-11-20'],
        [1, '2026-11-21'],
      ]);
      expect(await world.store.openRequests()).toEqual([]);
    }
  });
});

describe('two workers at once', () => {
  it('make one source, mask it once and put it in service once', async () => {
    const world = createSourceWorld();
    await ask(world);
    for (let looks = 0; looks < 200; looks += 1) {
      await Promise.all([world.look(), world.look(), world.look()]);
      world.pass(60);
    }
    expect(await states(world)).toEqual(['in-service']);
    expect([...world.clusters.values()].map(({ masked }) => masked)).toEqual([1]);
    expect(world.events.filter(({ kind }) => kind === 'in-service')).toHaveLength(1);
  });
});
