import { describe, expect, it } from '@jest/globals';
import { createSteppedClock } from '../../../sim/clock.ts';
import { openLedger } from '../../../src/reconcile/graph/ledger.ts';
import { createMemoryStore } from '../../support/memory-store.ts';

const ROW = { kind: 'secret', name: 'secret-1' } as const;

async function setUp() {
  const clock = createSteppedClock();
  const store = createMemoryStore();
  const ledger = await openLedger({ store, environmentId: 'acme/shop#7', life: 1, clock });
  return { clock, store, ledger };
}

describe('a row of the ledger', () => {
  it('says when it was asked for, first ready and gone, however often it is noted', async () => {
    const { clock, ledger, store } = await setUp();
    const instants: Date[] = [];
    for (const state of ['asked', 'ready', 'gone'] as const) {
      instants.push(clock.now());
      await ledger.note('secret', { ...ROW, state });
      clock.advance(60);
      await ledger.note('secret', { ...ROW, state, message: 'noted again' });
      clock.advance(60);
    }

    const row = ledger.of('secret');
    expect([row?.askedAt, row?.readyAt, row?.goneAt]).toEqual(instants);
    expect(await store.resources('acme/shop#7', 1)).toEqual([row]);
  });

  it('keeps what is known until something else is', async () => {
    const { ledger } = await setUp();
    await ledger.note('secret', { ...ROW, state: 'ready', spec: { set: {} }, outputs: { arn: 'a' } });
    await ledger.note('secret', { state: 'releasing' });

    expect(ledger.of('secret')).toMatchObject({ state: 'releasing', spec: { set: {} }, outputs: { arn: 'a' } });
  });

  it('begins anew when what was gone is asked for again', async () => {
    const { ledger } = await setUp();
    await ledger.note('secret', { ...ROW, state: 'ready', outputs: { arn: 'a' } });
    await ledger.note('secret', { state: 'gone' });
    await ledger.note('secret', { ...ROW, state: 'asked' });

    expect(ledger.of('secret')).toMatchObject({ state: 'asked', outputs: null, readyAt: null, goneAt: null });
  });

  it('cannot be written of what was never asked for', async () => {
    const { ledger } = await setUp();
    await expect(ledger.note('secret', { state: 'gone' })).rejects.toThrow('before it was asked for');
  });
});
