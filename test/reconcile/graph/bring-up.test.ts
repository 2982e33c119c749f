import { describe, expect, it } from '@jest/globals';
import { createSteppedClock } from '../../../sim/clock.ts';
import { TerminalError, TransientError } from '../../../src/domain/failure.ts';
import type { ResourceKind } from '../../../src/domain/resource.ts';
import { createResourceTagsProvisioner } from '../../../src/provision/aws/resource-tags.ts';
import { createAttention } from '../../../src/reconcile/graph/attention.ts';
import { bringUp } from '../../../src/reconcile/graph/bring-up.ts';
import { openLedger } from '../../../src/reconcile/graph/ledger.ts';
import { type AnyNode, type Need, node, output, ready } from '../../../src/reconcile/graph/node.ts';
import type { Provisioners } from '../../../src/reconcile/provisioner.ts';
import { SupersededError } from '../../../src/reconcile/superseded.ts';
import { createFakeResources } from '../../support/fake-resources.ts';
import { createMemoryStore } from '../../support/memory-store.ts';

const environment = { id: 'acme/shop#7', pullRequest: { repository: 'acme/shop', number: 7 }, name: 'pr-7' };

function plain(kind: ResourceKind, { needs = [], spec = {} }: { needs?: Need[]; spec?: object } = {}): AnyNode {
  return node({ key: kind, kind, name: `${kind}-1`, title: kind, service: null, needs, spec: () => spec as never });
}

interface Setting {
  readonly onEnsure?: (key: string) => void;
  readonly onReady?: (key: string) => Promise<void>;
  /** In the place of fakes. */
  readonly real?: Partial<Provisioners>;
}

async function setUp({ real, onReady, ...options }: Setting = {}) {
  const clock = createSteppedClock();
  const store = createMemoryStore();
  const resources = createFakeResources(clock, options);
  const attention = createAttention<never>();
  const unexpected: unknown[] = [];
  let superseded = false;
  async function pass(nodes: readonly AnyNode[]) {
    const ledger = await openLedger({ store, environmentId: environment.id, life: 1, clock });
    const standings = await bringUp(nodes, {
      environment,
      provisioners: real ? Object.assign(Object.create(resources.provisioners), real) : resources.provisioners,
      ledger,
      attention,
      clock,
      tags: () => ({}),
      confirmIntent: async () => {
        if (superseded) {
          throw new SupersededError();
        }
      },
      ...(onReady && { onReady }),
      onUnexpected: (_, error) => unexpected.push(error),
    });
    return Object.fromEntries(standings.map(({ node: { key }, standing }) => [key, standing]));
  }
  return { clock, store, resources, attention, unexpected, pass, supersede: () => (superseded = true) };
}

describe('bringing a graph up', () => {
  it('has what is to be done with a node that is ready end before anything that needs it begins', async () => {
    const calls: string[] = [];
    const { pass } = await setUp({
      onEnsure: (key) => void calls.push(`ensure ${key}`),
      onReady: async (key) => {
        await Promise.resolve();
        calls.push(`ready ${key}`);
      },
    });
    await pass([plain('log-group'), plain('secret', { needs: [ready('log-group')] })]);
    expect(calls).toEqual(['ensure log-group', 'ready log-group', 'ensure secret', 'ready secret']);
  });

  it('writes the tags of before again when they are wanted again, although the answer to those between was lost', async () => {
    const written: unknown[] = [];
    const tagging = {
      async send({ input }: { input: { Tags?: unknown } }) {
        written.push(input.Tags);
        if (written.length === 2) {
          throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
        }
        return await Promise.resolve({});
      },
    } as unknown as Parameters<typeof createResourceTagsProvisioner>[0]['tagging'];
    const { clock, pass } = await setUp({ real: { 'resource-tags': createResourceTagsProvisioner({ tagging }) } });
    for (const Commit of ['one', 'another', 'one']) {
      await pass([plain('resource-tags', { spec: { arns: ['arn:aws:logs:::log-group:web'], tags: { Commit } } })]);
      clock.advance(1);
    }

    expect(written).toEqual([{ Commit: 'one' }, { Commit: 'another' }, { Commit: 'one' }]);
  });

  it('takes a whole chain in one pass when nothing has to be waited for', async () => {
    const { pass, resources } = await setUp();

    const standings = await pass([plain('listener-rule', { needs: [ready('target-group')] }), plain('target-group')]);

    expect(Object.values(standings).map(({ state }) => state)).toEqual(['ready', 'ready']);
    expect(resources.existing()).toEqual(['listener-rule listener-rule-1', 'target-group target-group-1']);
  });

  it('starts what needs an output as soon as that is known, and what needs it ready only then', async () => {
    const { clock, pass, resources } = await setUp();
    resources.set('clone-cluster', { readyAfterSeconds: 60, outputs: { endpoint: 'db.example' } });
    const nodes = [
      plain('clone-cluster'),
      plain('task-definition', { needs: [output<'clone-cluster'>('clone-cluster', 'endpoint')] }),
      plain('clone-instance', { needs: [ready('clone-cluster')] }),
    ];

    const early = await pass(nodes);
    expect(early['task-definition']?.state).toBe('ready');
    expect(early['clone-instance']).toEqual({ state: 'blocked', on: ['clone-cluster'] });

    clock.advance(61);
    expect((await pass(nodes))['clone-instance']?.state).toBe('ready');
  });

  it('takes an output that is not known yet for none', async () => {
    const { pass, resources } = await setUp();
    resources.set('clone-cluster', { readyAfterSeconds: 60, outputs: { endpoint: null } });
    const needs = [output<'clone-cluster'>('clone-cluster', 'endpoint')];

    const standings = await pass([plain('clone-cluster'), plain('task-definition', { needs })]);

    expect(standings['task-definition']).toEqual({ state: 'blocked', on: ['clone-cluster'] });
  });

  it('goes on with what is known of a resource that fails for now', async () => {
    const { clock, pass, resources } = await setUp();
    resources.set('clone-cluster', { readyAfterSeconds: 60, outputs: { endpoint: 'db.example' } });
    await pass([plain('clone-cluster')]);
    resources.set('clone-cluster', { errors: { observe: [new TransientError('Throttled', 'slow down')] } });
    clock.advance(10);

    const needs = [output<'clone-cluster'>('clone-cluster', 'endpoint')];
    const standings = await pass([plain('clone-cluster'), plain('task-definition', { needs })]);

    expect(standings['clone-cluster']?.state).toBe('failed');
    expect(standings['task-definition']?.state).toBe('ready');
  });

  it('asks for what takes longest before anything else', async () => {
    const { pass, resources } = await setUp();

    await pass([plain('secret'), plain('service'), plain('clone-cluster')]);

    expect(resources.calls.filter((call) => call.startsWith('ensure'))[0]).toBe('ensure clone-cluster');
  });

  it('writes down what it asks for before it asks', async () => {
    const rowsAtCreate: string[] = [];
    const { pass, store } = await setUp({
      onEnsure: () =>
        void store
          .resources(environment.id, 1)
          .then((rows) => rowsAtCreate.push(...rows.map(({ key, state }) => `${key} ${state}`))),
    });

    await pass([plain('secret')]);

    expect(rowsAtCreate).toEqual(['secret asked']);
  });

  it('creates nothing once the intent has changed', async () => {
    const { pass, resources, supersede } = await setUp();
    supersede();

    await expect(pass([plain('secret')])).rejects.toThrow(SupersededError);
    expect(resources.existing()).toEqual([]);
  });

  it('makes again what somebody deleted by hand', async () => {
    const { clock, pass, resources } = await setUp();
    await pass([plain('service')]);
    resources.destroy('service-1');
    expect(resources.existing()).toEqual([]);

    clock.advance(301);
    await pass([plain('service')]);

    expect(resources.existing()).toEqual(['service service-1']);
  });

  it('takes what is ready at its word for five minutes, and what changes by itself for less', async () => {
    const { attention, clock, pass } = await setUp();
    const kinds = ['service', 'target-health', 'rollout'] as const;
    await pass(kinds.map((kind) => plain(kind)));

    expect(kinds.map((kind) => attention.secondsToNext([kind], clock.now()))).toEqual([300, 60, 30]);
  });

  it('asks no sooner than a resource whose calls are scarce allows', async () => {
    const { clock, pass, resources } = await setUp();
    resources.set('dns-records', { readyAfterSeconds: 60, notBeforeSeconds: 8 });
    await pass([plain('dns-records')]);
    resources.calls.length = 0;

    clock.advance(7);
    await pass([plain('dns-records')]);
    expect(resources.calls).toEqual([]);

    clock.advance(1);
    await pass([plain('dns-records')]);
    expect(resources.calls).toEqual(['observe dns-records']);
  });

  it('looks together at what is due within a moment', async () => {
    const { clock, pass, resources } = await setUp();
    resources.set('service', { readyAfterSeconds: 60 });
    await pass([plain('service')]);
    resources.calls.length = 0;

    clock.advance(0.8);
    await pass([plain('service')]);
    expect(resources.calls).toEqual(['observe service']);
  });

  it('leaves alone what is not due, and looks at once when something else is wanted', async () => {
    const { pass, resources } = await setUp();
    await pass([plain('service', { spec: { count: 1 } })]);
    resources.calls.length = 0;

    await pass([plain('service', { spec: { count: 1 } })]);
    expect(resources.calls).toEqual([]);

    await pass([plain('service', { spec: { count: 2 } })]);
    expect(resources.calls).toEqual(['observe service']);
  });

  it('goes on with everything else when one resource fails for good', async () => {
    const { pass, resources } = await setUp();
    resources.set('image', {
      errors: { observe: [new TerminalError('ImageMissing', 'there is no image', { actor: 'author' })] },
    });

    const standings = await pass([plain('image'), plain('service', { needs: [ready('image')] }), plain('secret')]);

    expect(standings['image']).toMatchObject({
      state: 'failed',
      failure: { reason: 'ImageMissing', actor: 'author', retriesInSeconds: null },
    });
    expect(standings['service']?.state).toBe('blocked');
    expect(standings['secret']?.state).toBe('ready');
  });

  it('tries again by itself, with growing pauses, what may heal', async () => {
    const { clock, pass, resources } = await setUp();
    const throttled = () => new TransientError('Throttled', 'AWS asks us to slow down');
    resources.set('secret', { errors: { observe: [throttled(), throttled(), throttled()] } });

    const pauses: unknown[] = [];
    for (let attempt = 0; attempt < 3; attempt++) {
      const standing = (await pass([plain('secret')]))['secret'];
      const pause = standing?.state === 'failed' ? standing.failure.retriesInSeconds : undefined;
      pauses.push(pause);
      clock.advance((pause ?? 0) + 1);
    }

    expect(pauses).toEqual([1, 2, 4]);
    expect((await pass([plain('secret')]))['secret']?.state).toBe('ready');
  });

  it('tries again no sooner than the service asked for', async () => {
    const { pass, resources } = await setUp();
    const throttled = new TransientError('Throttled', 'slow down', { retryAfterSeconds: 90 });
    resources.set('secret', { errors: { observe: [throttled] } });

    expect((await pass([plain('secret')]))['secret']).toMatchObject({ failure: { retriesInSeconds: 90 } });
  });

  it.each([
    { error: new TransientError('Throttled', 'slow down'), row: 'pending', reason: 'it heals by itself' },
    {
      error: new TerminalError('Rejected', 'no', { actor: 'operator' }),
      row: 'failed',
      reason: 'somebody has to mend it',
    },
    {
      error: new TerminalError('NameTaken', 'is there', { actor: 'operator' }),
      row: 'gone',
      reason: 'it never was ours, and holds up no end of the environment',
    },
  ])('leaves the row of what could not be made $row: $reason', async ({ error, row }) => {
    const { pass, resources, store } = await setUp();
    resources.set('secret', { errors: { ensure: [error] } });

    await pass([plain('secret')]);

    expect((await store.resources(environment.id, 1)).map(({ state }) => state)).toEqual([row]);
  });

  it('keeps on the books what was ours, although its name is now somebody else’s', async () => {
    const { clock, pass, resources, store } = await setUp();
    await pass([plain('secret')]);
    resources.destroy('secret-1');
    resources.set('secret', { errors: { ensure: [new TerminalError('NameTaken', 'taken', { actor: 'operator' })] } });
    clock.advance(301);
    await pass([plain('secret')]);

    expect((await store.resources(environment.id, 1)).map(({ state }) => state)).toEqual(['failed']);
  });

  it('reports an error that nobody classified without telling people what it said', async () => {
    const { pass, resources, unexpected } = await setUp();
    resources.set('secret', { errors: { ensure: [new Error('password=hunter2')] } });

    const standing = (await pass([plain('secret')]))['secret'];

    expect(unexpected).toHaveLength(1);
    expect(JSON.stringify(standing)).not.toContain('hunter2');
  });

  it('knows after a restart only what the store and the services say', async () => {
    const { pass, resources, attention } = await setUp();
    resources.set('clone-cluster', { readyAfterSeconds: 60 });
    await pass([plain('clone-cluster')]);
    attention.forget();
    resources.calls.length = 0;

    expect((await pass([plain('clone-cluster')]))['clone-cluster']?.state).toBe('pending');
    expect(resources.calls).toEqual(['observe clone-cluster']);
  });
});
