import { describe, expect, it } from '@jest/globals';
import { CLOSED, FOLLOW, LABEL, pushed } from '../../support/deliveries.ts';
import { environmentRecord } from '../../support/environment-record.ts';
import { comment, createInboxStage, ID, NEW, OLD } from './inbox-stage.ts';

/** A stage with an environment that is wanted at `OLD`. */
async function wanted() {
  const stage = createInboxStage();
  await stage.store.transaction(async (transaction) => await transaction.saveEnvironment(environmentRecord(7)));
  return stage;
}

describe('a fact', () => {
  it('has its effect at once, and asks GitHub nothing', async () => {
    const { hear, intent, store, forge, github } = await wanted();
    await hear(pushed(OLD, NEW));
    expect(await intent()).toMatchObject({ headSha: NEW, generation: 2 });

    await hear(CLOSED);
    expect(await intent()).toMatchObject({ state: 'absent', releaseReason: 'closed', generation: 3 });
    expect(store.takeEnqueued()).toEqual([ID]);
    expect([...github.asked, ...forge.calls]).toEqual([]);
  });

  it('changes nothing when it is delivered again', async () => {
    const { hear, intent, store } = await wanted();
    expect(await hear(pushed(OLD, NEW), { id: 'one' })).toBe('taken');
    store.takeEnqueued();

    expect(await hear(CLOSED, { id: 'one' })).toBe('duplicate');
    expect(await intent()).toMatchObject({ state: 'present' });
    expect(store.takeEnqueued()).toEqual([]);
  });

  it('makes nothing of a pull request that nobody wants an environment for', async () => {
    const { hear, intent, store } = createInboxStage();
    await hear(FOLLOW);
    await hear(CLOSED);
    expect(await intent()).toBeUndefined();
    expect(store.takeEnqueued()).toEqual([]);
  });

  it('does not wait for a petition that waits', async () => {
    const { hear, intent, store } = await wanted();
    await hear(comment('status'));
    await hear(CLOSED);
    expect(await intent()).toMatchObject({ state: 'absent' });
    expect(store.outcomes(ID)).toEqual([null, 'done']);
  });

  it('is not the newest head when a newer one was heard of before it', async () => {
    const { hear, intent } = await wanted();
    await hear(pushed('c'.repeat(40), NEW), { at: 2 });
    await hear(pushed(OLD, 'c'.repeat(40)), { at: 1 });
    expect(await intent()).toMatchObject({ headSha: NEW });
  });

  it('that comes late ends nothing that was asked for after it', async () => {
    const { hear, intent, takeIn } = createInboxStage();
    await hear(LABEL, { at: 20 });
    await takeIn();
    await hear(CLOSED, { at: 10 });
    expect(await intent()).toMatchObject({ state: 'present' });
  });

  it('that comes late ends what a stranger asked for after it, in vain', async () => {
    const { hear, intent, takeIn } = await wanted();
    await hear(LABEL, { at: 20, sender: { login: 'stranger', isBot: false } });
    await takeIn();
    await hear(CLOSED, { at: 10 });
    expect(await intent()).toMatchObject({ state: 'absent' });
  });
});

describe('a petition', () => {
  it('waits, with its environment called for, and has no effect yet', async () => {
    const { hear, intent, store, github } = createInboxStage();
    await hear(LABEL);
    expect(await intent()).toBeUndefined();
    expect(store.takeTakeIns()).toEqual([ID]);
    expect(store.takeEnqueued()).toEqual([]);
    expect(github.asked).toEqual([]);
  });

  it('waits once when it is delivered twice', async () => {
    const { hear, store } = createInboxStage();
    expect(await hear(LABEL, { id: 'one' })).toBe('taken');
    expect(await hear(LABEL, { id: 'one' })).toBe('duplicate');
    expect(store.outcomes(ID)).toEqual([null]);
  });
});
