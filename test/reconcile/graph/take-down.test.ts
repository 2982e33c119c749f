import { describe, expect, it } from '@jest/globals';
import { createSteppedClock } from '../../../sim/clock.ts';
import { TerminalError, TransientError } from '../../../src/domain/failure.ts';
import type { ResourceKind } from '../../../src/domain/resource.ts';
import { createAttention } from '../../../src/reconcile/graph/attention.ts';
import { openLedger } from '../../../src/reconcile/graph/ledger.ts';
import { type Leaving, takeDown } from '../../../src/reconcile/graph/take-down.ts';
import { createFakeResources } from '../../support/fake-resources.ts';
import { createMemoryStore } from '../../support/memory-store.ts';

const environment = { id: 'acme/shop#7', pullRequest: { repository: 'acme/shop', number: 7 }, name: 'pr-7' };

async function setUp(kinds: readonly ResourceKind[]) {
  const clock = createSteppedClock();
  const store = createMemoryStore();
  const resources = createFakeResources(clock);
  const attention = createAttention<Leaving>();
  const first = await openLedger({ store, environmentId: environment.id, life: 1, clock });
  for (const kind of kinds) {
    await first.note(kind, { kind, name: `${kind}-1`, state: 'asked' });
    const desired = {
      environment,
      key: kind,
      kind,
      name: `${kind}-1`,
      spec: {} as never,
      tags: {},
      recorded: undefined,
    };
    const provisioner: { ensure(desired: never, observed: { state: 'absent' }): Promise<unknown> } =
      resources.provisioners[kind];
    await provisioner.ensure(desired as never, { state: 'absent' });
  }
  resources.calls.length = 0;
  async function pass() {
    const ledger = await openLedger({ store, environmentId: environment.id, life: 1, clock });
    const left = await takeDown(ledger.all(), {
      environment,
      provisioners: resources.provisioners,
      ledger,
      attention,
      clock,
      confirmIntent: async () => undefined,
      onUnexpected: () => undefined,
    });
    return Object.fromEntries(left.map(({ row: { key }, leaving }) => [key, leaving.state]));
  }
  return { clock, store, resources, pass };
}

describe('taking an environment down', () => {
  it('releases in the order AWS asks for', async () => {
    const { clock, pass, resources } = await setUp(['target-group', 'listener-rule', 'service']);
    resources.set('service', { goneAfterSeconds: 30 });

    expect(await pass()).toEqual({ service: 'releasing', 'listener-rule': 'blocked', 'target-group': 'blocked' });
    for (let second = 0; second < 60; second++) {
      clock.advance(1);
      await pass();
    }

    expect(resources.existing()).toEqual([]);
    const firsts = resources.calls.filter((call, index, all) => all.indexOf(call) === index);
    expect(firsts).toEqual(['release service', 'release listener-rule', 'release target-group']);
  });

  it('lets a cluster go as soon as its instance is on its way out', async () => {
    const { pass, resources } = await setUp(['clone-cluster', 'clone-instance']);
    resources.set('clone-instance', { goneAfterSeconds: 700 });
    resources.set('clone-cluster', { goneAfterSeconds: 760 });

    expect(await pass()).toEqual({ 'clone-instance': 'releasing', 'clone-cluster': 'releasing' });
  });

  it('keeps a cluster whose instance has not taken its deletion', async () => {
    const { pass, resources } = await setUp(['clone-cluster', 'clone-instance']);
    resources.set('clone-instance', { takesDeletion: false });

    expect(await pass()).toEqual({ 'clone-instance': 'releasing', 'clone-cluster': 'blocked' });
  });

  it.each<{ kind: ResourceKind; after: ResourceKind; reason: string }>([
    { kind: 'listener-rule', after: 'service', reason: 'who still asks is answered' },
    { kind: 'target-group', after: 'listener-rule', reason: 'a rule names it' },
    { kind: 'target-group', after: 'service', reason: 'tasks are registered in it' },
    { kind: 'listener-certificate', after: 'listener-rule', reason: 'hosts are answered with it' },
    { kind: 'certificate', after: 'listener-certificate', reason: 'a listener holds it' },
    { kind: 'task-definition', after: 'service', reason: 'a service runs it' },
    { kind: 'task-definition', after: 'one-off-task', reason: 'a task runs it' },
    { kind: 'log-group', after: 'service', reason: 'its tasks write their last lines' },
    { kind: 'log-group', after: 'one-off-task', reason: 'it writes its last lines' },
    { kind: 'secret', after: 'service', reason: 'a task that starts reads it' },
    { kind: 'secret', after: 'one-off-task', reason: 'a task that starts reads it' },
    { kind: 'parameters', after: 'service', reason: 'a task that starts reads them' },
    { kind: 'parameters', after: 'one-off-task', reason: 'a task that starts reads them' },
  ])('keeps a $kind until the $after is gone: $reason', async ({ kind, after }) => {
    const { clock, pass, resources } = await setUp([kind, after]);
    resources.set(after, { goneAfterSeconds: 30 });

    expect(await pass()).toEqual({ [after]: 'releasing', [kind]: 'blocked' });
    clock.advance(31);
    expect(await pass()).toEqual({ [after]: 'gone', [kind]: 'releasing' });
  });

  it('asks no more of what was seen gone', async () => {
    const { clock, pass, resources } = await setUp(['secret']);
    await pass();
    clock.advance(5);
    expect(await pass()).toEqual({ secret: 'gone' });
    resources.calls.length = 0;

    clock.advance(300);
    expect(await pass()).toEqual({ secret: 'gone' });
    expect(resources.calls).toEqual([]);
  });

  it('strikes off nothing that was not seen gone', async () => {
    const { clock, pass, resources, store } = await setUp(['secret']);
    resources.set('secret', { errors: { release: [new TransientError('Throttled', 'slow down')] } });

    await pass();
    expect((await store.resources(environment.id, 1)).map(({ state, goneAt }) => [state, goneAt])).toEqual([
      ['releasing', null],
    ]);

    for (let second = 0; second < 5; second++) {
      clock.advance(2);
      await pass();
    }
    expect((await store.resources(environment.id, 1)).map(({ state }) => state)).toEqual(['gone']);
  });

  it('keeps what is not ours on the books and says so', async () => {
    const { pass, resources, store } = await setUp(['secret', 'log-group']);
    resources.set('secret', {
      errors: { release: [new TerminalError('NotOurs', 'its tags are of somebody else', { actor: 'operator' })] },
    });

    expect((await pass())['secret']).toBe('failed');
    const rows = await store.resources(environment.id, 1);
    expect(rows.find(({ key }) => key === 'secret')).toMatchObject({
      state: 'releasing',
      message: 'its tags are of somebody else',
    });
  });

  it('asks nothing of a resource that only looked', async () => {
    const { pass, resources } = await setUp(['smoke']);

    expect(await pass()).toEqual({ smoke: 'gone' });
    expect(resources.calls).toEqual([]);
  });
});
