import { describe, expect, it } from '@jest/globals';
import { EXIT, Interruption } from '../../src/cli/exit-code.ts';
import { TransientError } from '../../src/domain/failure.ts';
import type { SourceVersion } from '../../src/domain/source.ts';
import type { SourceStore } from '../../src/reconcile/source/source-store.ts';
import { createMemorySources } from '../support/memory-sources.ts';
import {
  SOURCE_NOW as NOW,
  passportOf,
  runSource as run,
  sourceKeys,
  sourceVersion as version,
} from '../support/source-command.ts';

describe('mayfly source refresh', () => {
  it('asks in the name of the process’s user, and says how to see what becomes of it', async () => {
    const { code, out, told, store, closed } = await run(['refresh']);

    expect(await store.openRequests()).toMatchObject([{ kind: 'refresh', askedBy: 'jane' }]);
    expect({ code, out, closed }).toEqual({ code: EXIT.done, out: '', closed: 1 });
    expect(told.join('\n')).toContain('mayfly source status');
  });

  it('leaves it to the store to say when: the clock of this machine may be wrong', async () => {
    const asked: unknown[] = [];
    const store = createMemorySources();
    const ask: SourceStore['ask'] = async (one) => {
      asked.push(one);
      return await store.ask(one);
    };
    await run(['refresh'], { desk: { ask } });
    expect(asked).toEqual([{ kind: 'refresh', askedBy: 'jane' }]);
  });

  it('asks in the name that it is given', async () => {
    const { store } = await run(['rollback', '--as', 'octo-cat']);

    expect(await store.openRequests()).toMatchObject([{ kind: 'rollback', askedBy: 'octo-cat' }]);
  });

  it.each([
    ['schedule', 'is reserved'],
    ['two\u001b[2Jlines', 'holds what moves a cursor'],
  ])('refuses the name %j, which %s', async (name) => {
    const { code, store } = await run(['refresh', '--as', name]);

    expect({ code, asked: await store.requests() }).toEqual({ code: EXIT.usage, asked: [] });
  });

  it('wants a name where the process’s user has none', async () => {
    const { code, told } = await run(['refresh'], { userName: () => undefined });

    expect({ code, told }).toEqual({ code: EXIT.usage, told: [expect.stringContaining('--as is missing')] });
  });

  it('asks nothing of a platform on which nobody would answer', async () => {
    const { code, store } = await run(['refresh'], {
      desk: { policy: { publicKey: sourceKeys.publicKey, keepDays: undefined } },
    });

    expect({ code, asked: await store.requests() }).toEqual({ code: EXIT.usage, asked: [] });
  });

  it('waits until it is in service, and says each thing it waits for once', async () => {
    const store = createMemorySources();
    const { code, out, told } = await run(['refresh', '--wait'], {
      store,
      async meanwhile(pauses) {
        if (pauses === 1) {
          await store.begin(version('source-1', { message: 'the cluster source-1 (creating)' }));
        }
        if (pauses === 3) {
          const [made] = await store.versions();
          await store.promote(made as SourceVersion, { at: NOW });
          await store.settleRequest(1, { outcome: 'source-1 was put in service', at: NOW });
        }
      },
    });

    expect({ code, out }).toEqual({ code: EXIT.done, out: 'source-1 was put in service\n' });
    expect(told.filter((line) => line.includes('creating'))).toEqual([
      'source-1 is restoring: the cluster source-1 (creating)',
    ]);
  });

  it('ends with 1 when the source failed, and says why', async () => {
    const store = createMemorySources();
    const { code, out } = await run(['refresh', '--wait', '--json'], {
      store,
      meanwhile: async () => await store.settleRequest(1, { outcome: 'person.email leaks', at: NOW }),
    });

    expect(code).toBe(EXIT.mend);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      exitCode: 1,
      request: { id: 1, outcome: 'person.email leaks' },
    });
  });

  it('ends with 75 when another is under way already', async () => {
    const store = createMemorySources();
    await store.begin(version('source-1'));
    const { code } = await run(['refresh', '--wait'], {
      store,
      meanwhile: async () => await store.settleRequest(1, { outcome: 'source-1 is under way already', at: NOW }),
    });

    expect(code).toBe(EXIT.tryAgain);
  });

  it('leaves the request standing when it is interrupted, and says so', async () => {
    const stop = new AbortController();
    const { code, told, store, closed } = await run(['refresh', '--wait'], {
      signal: stop.signal,
      meanwhile: () => stop.abort(new Interruption(EXIT.onInterrupt)),
    });

    expect({ code, closed }).toEqual({ code: EXIT.onInterrupt, closed: 1 });
    expect(told.at(-1)).toContain('request 1 stands');
    expect(await store.openRequests()).toHaveLength(1);
  });

  it('goes on waiting when the database does not answer for a while, and says when nobody takes the request up', async () => {
    const store = createMemorySources();
    let pauses = 0;
    const { code, told } = await run(['rollback', '--wait'], {
      store,
      desk: {
        requests: async () => {
          if (pauses === 2) {
            throw new TransientError('Unavailable', 'The database does not answer');
          }
          return await store.requests();
        },
      },
      async meanwhile(count) {
        pauses = count;
        if (count === 40) {
          await store.settleRequest(1, { outcome: 'there is no previous source to go back to', at: NOW });
        }
      },
    });

    expect(code).toBe(EXIT.mend);
    expect(told).toEqual([
      'request 1: rollback, asked by jane',
      'The database does not answer: it is asked again',
      'nobody has taken it up yet: is a Mayfly at work, with a role that works?',
    ]);
  });

  it('does not wait where no server can work meanwhile', async () => {
    const { code, store } = await run(['refresh', '--wait'], { desk: { isShared: false } });

    expect({ code, asked: await store.requests() }).toEqual({ code: EXIT.usage, asked: [] });
  });
});

describe('mayfly source status', () => {
  async function known(): Promise<SourceStore> {
    const store = createMemorySources();
    const replacedAt = new Date('2026-11-22T03:00:00Z');
    const servedAt = new Date('2026-11-21T03:00:00Z');
    await store.begin(version('source-1', { servedAt, replacedAt, passport: passportOf('source-0') }));
    await store.begin(version('source-2', { servedAt: replacedAt, passport: passportOf('source-2') }));
    const failure = { at: NOW, reason: 'TaskFailed', message: 'The task that masks ended with 1.\u001b[2J' };
    await store.begin(version('source-3', { failure, begunAt: new Date('2026-11-24T03:00:00Z') }));
    await store.begin(version('source-4', { message: 'the instance source-4-1', clusterAt: NOW, begunAt: NOW }));
    await store.ask({ kind: 'refresh', askedBy: 'jane', askedAt: NOW });
    await store.noteRequest(1, 'source-4 is under way: instance');
    return store;
  }

  it('says which is in service, on its way, kept for a rollback and failed, and what was asked for', async () => {
    const { code, out } = await run(['status'], { store: await known() });

    expect(code).toBe(EXIT.done);
    expect(out.trimEnd().split('\n')).toEqual([
      'in service: source-2 (data of 2026-11-20) since 2026-11-22T03:00:00.000Z; its passport is good',
      'on its way: source-4 (data of 2026-11-20) is instance: the instance source-4-1',
      'previous: source-1 (data of 2026-11-20); it has the passport of another source; it stays until 2026-11-29T03:00:00.000Z, and longer while environments are clones of it',
      'failed: source-3 (data of 2026-11-20): The task that masks ended with 1. [2J',
      'request 1: refresh, asked by jane at 2026-11-26T03:00:00.000Z: source-4 is under way: instance',
    ]);
  });

  it('says the same in one document', async () => {
    const { out } = await run(['status', '--json'], { store: await known() });

    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      inService: { id: 'source-2', day: '2026-11-20', passport: { state: 'good', problem: null } },
      underWay: { id: 'source-4', state: 'instance', message: 'the instance source-4-1' },
      previous: { id: 'source-1', passport: { state: 'bad' }, until: '2026-11-29T03:00:00.000Z' },
      failed: [{ id: 'source-3' }],
      leaving: [],
      requests: [{ id: 1, kind: 'refresh', settledAt: null }],
    });
  });

  it('calls no passport good whose key it does not know', async () => {
    const { out } = await run(['status'], { store: await known(), desk: { policy: undefined } });

    expect(out).toContain('its passport was not checked');
    expect(out).toContain('how long it stays is not known here');
  });

  it('says that there is none yet', async () => {
    expect((await run(['status'])).out).toBe('in service: none that Mayfly made\n');
  });
});
