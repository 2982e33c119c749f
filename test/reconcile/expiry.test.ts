import { describe, expect, it } from '@jest/globals';
import { createSteppedClock } from '../../sim/clock.ts';
import { TerminalError, TransientError } from '../../src/domain/failure.ts';
import { expire } from '../../src/reconcile/expiry.ts';
import { environmentRecord } from '../support/environment-record.ts';
import { createFakeForge } from '../support/fake-forge.ts';
import { createMemoryStore } from '../support/memory-store.ts';

const WEEK = 7 * 86_400;

async function setUp() {
  const clock = createSteppedClock();
  const store = createMemoryStore();
  const forge = createFakeForge();
  const record = environmentRecord(7);
  await store.transaction(async (transaction) => await transaction.saveEnvironment(record));
  const run = async () => await expire(record, { store, forge, clock, label: 'ephemeral' });
  const state = async () => (await store.intent(record.identity.id))?.state;
  return { clock, store, forge, record, run, state };
}

describe('an environment whose time is up', () => {
  it('is left alone until then', async () => {
    const { clock, forge, run, state } = await setUp();
    clock.advance(WEEK - 1);

    expect(await run()).toBe(false);
    expect(await state()).toBe('present');
    expect(forge.calls).toEqual([]);
  });

  it('loses its label, and then is to go', async () => {
    const { clock, forge, record, run, store } = await setUp();
    clock.advance(WEEK + 1);

    expect(await run()).toBe(true);
    expect(forge.calls).toEqual(['removeLabel']);
    expect(await store.intent(record.identity.id)).toMatchObject({
      state: 'absent',
      releaseReason: 'expired',
      generation: 2,
    });
    expect((await store.events(record.identity.id)).map(({ actor, action }) => [actor, action])).toEqual([
      ['mayfly', 'expired'],
    ]);
    expect(store.takeEnqueued()).toEqual([record.identity.id]);
  });

  it('is not to go while its label could not be taken off, so that both are tried again', async () => {
    const { clock, forge, run, state } = await setUp();
    clock.advance(WEEK + 1);
    forge.errors.removeLabel = new TransientError('Unavailable', 'GitHub does not answer');

    await expect(run()).rejects.toThrow('GitHub does not answer');
    expect(await state()).toBe('present');
    expect(await run()).toBe(true);
    expect(await state()).toBe('absent');
  });

  it('goes where Mayfly may not touch the label any more', async () => {
    const { clock, forge, run, state } = await setUp();
    clock.advance(WEEK + 1);
    forge.errors.removeLabel = new TerminalError('NotInstalled', 'Mayfly is not installed', { actor: 'operator' });

    await run();
    expect(await state()).toBe('absent');
  });

  it('stays when somebody extends it while its label goes', async () => {
    const { clock, forge, record, run, state, store } = await setUp();
    clock.advance(WEEK + 1);
    const { removeLabel } = forge;
    forge.removeLabel = async (...asked) => {
      await removeLabel(...asked);
      const expiresAt = new Date(record.intent.expiresAt.getTime() + WEEK * 1000);
      const extended = { ...record, intent: { ...record.intent, expiresAt, generation: 2 } };
      await store.transaction(async (transaction) => await transaction.saveEnvironment(extended));
    };

    await run();
    expect(await state()).toBe('present');
  });
});
