import { describe, expect, it } from '@jest/globals';
import type { ResourceKind } from '../../../src/domain/resource.ts';
import type { Failure } from '../../../src/reconcile/graph/failing.ts';
import { type AnyNode, node } from '../../../src/reconcile/graph/node.ts';
import type { NodeStanding, Standing } from '../../../src/reconcile/graph/standing.ts';
import type { Plan } from '../../../src/reconcile/plan/plan.ts';
import { view } from '../../../src/reconcile/report/pass-view.ts';
import { reportOf } from '../../../src/reconcile/report/report-of.ts';
import type { EnvironmentReport } from '../../../src/reconcile/reporter.ts';
import { environmentRecord, resourceRecord } from '../../support/environment-record.ts';

const NOW = new Date('2026-11-20T10:00:00Z');
const ready: Standing = { state: 'ready', outputs: {} };

function made(kind: ResourceKind, service: string | null, title: string): AnyNode {
  return node({
    key: `${kind}/${service ?? ''}`,
    kind,
    name: kind,
    title,
    service,
    needs: [],
    spec: () => ({}) as never,
  });
}

function failed(failure: Partial<Failure>): Standing {
  const all = { reason: 'Throttled', message: 'slow down', actor: 'nobody', details: [], retriesInSeconds: 4 } as const;
  return { state: 'failed', outputs: {}, failure: { ...all, ...failure } };
}

function report(standings: readonly NodeStanding[], parts: Parameters<typeof view>[0] = {}): EnvironmentReport {
  const services = ['api', 'web'].map((name) => ({
    name,
    urls: [`https://${name}.example`],
    imageKey: `image/${name}`,
    externalTag: null,
    keys: standings.filter((one) => one.node.service === name).map((one) => one.node.key),
  }));
  const plan: Plan = {
    nodes: standings.map((one) => one.node),
    services,
    database: null,
    needs: [],
    owners: [],
    refusals: [],
    shared: [],
    tags: {},
    suites: {},
    build: null,
  };
  return reportOf({
    record: environmentRecord(7),
    conditions: [],
    view: view({ standings, plan, ...parts }),
    now: NOW,
    label: 'ephemeral',
    warning: null,
  });
}

describe('what people are shown', () => {
  it('is silent about a pause that passes before anybody has read of it', () => {
    const throttled = [{ node: made('service', 'web', 'Service web'), standing: failed({ retriesInSeconds: 14 }) }];
    const { failures, services, steps } = report(throttled);

    expect(failures).toEqual([]);
    expect(services.find(({ name }) => name === 'web')?.state).toBe('starting');
    expect(steps.map(({ state }) => state)).toEqual(['running']);
  });

  it('speaks of one that lasts, and of when it is over', () => {
    const { failures } = report([
      { node: made('clone-cluster', null, 'Clone of the database'), standing: failed({ retriesInSeconds: 60 }) },
    ]);

    expect(failures).toEqual([
      {
        subject: 'Clone of the database',
        reason: 'Throttled',
        message: 'slow down',
        actor: 'nobody',
        details: [],
        retriesAt: new Date('2026-11-20T10:01:00Z'),
      },
    ]);
  });

  it('names the service that fails, and leaves the others as they are', () => {
    const { failures, services, steps } = report([
      { node: made('rollout', 'web', 'Service web'), standing: failed({ actor: 'author', retriesInSeconds: null }) },
      { node: made('rollout', 'api', 'Service api'), standing: ready },
    ]);

    expect(failures.map(({ subject, retriesAt }) => [subject, retriesAt])).toEqual([['web', null]]);
    expect(services.map(({ name, state }) => `${name} ${state}`)).toEqual(['api ready', 'web failing']);
    expect(steps.map(({ title, state }) => `${title} ${state}`)).toEqual(['Service web failed', 'Service api done']);
  });

  it('is one step for all resources of a title, from the first asked for to the last ready', () => {
    const first = resourceRecord('service/web', { askedAt: NOW, readyAt: new Date('2026-11-20T10:05:00Z') });
    const second = resourceRecord('rollout/web', {
      askedAt: new Date('2026-11-20T10:01:00Z'),
      readyAt: new Date('2026-11-20T10:06:00Z'),
    });
    const standings = [
      { node: made('service', 'web', 'Service web'), standing: ready },
      { node: made('rollout', 'web', 'Service web'), standing: ready },
    ];

    expect(report(standings, { rows: [first, second] }).steps).toEqual([
      {
        key: 'Service web',
        title: 'Service web',
        state: 'done',
        startedAt: NOW,
        endedAt: new Date('2026-11-20T10:06:00Z'),
        waitingFor: '',
      },
    ]);
  });

  it('keeps the addresses of what went on running when a blueprint that cannot be read was pushed', () => {
    const rule = { kind: 'listener-rule', state: 'ready' } as const;
    const rows = [
      resourceRecord('service/web', {
        kind: 'service',
        state: 'ready',
        spec: { loadBalancers: [{ targetGroupArn: 'arn:web' }] },
      }),
      resourceRecord('service/worker', { kind: 'service', state: 'ready', spec: { loadBalancers: [] } }),
      resourceRecord('listener-rule/web-443', {
        ...rule,
        spec: { hosts: ['web.example'], sourceCidrs: [], targetGroupArn: 'arn:web' },
      }),
      resourceRecord('listener-rule/hook-443', {
        ...rule,
        spec: { hosts: ['hook.example'], sourceCidrs: ['10.0.0.0/8'], targetGroupArn: 'arn:web' },
      }),
    ];
    const shown = (servedSha: string | null) =>
      reportOf({
        record: environmentRecord(7, { servedSha }),
        conditions: [],
        view: view({ rows }),
        now: NOW,
        label: '',
        warning: null,
      }).services.map(({ name, urls }) => [name, urls]);

    expect(shown('9f01c22')).toEqual([
      ['web', ['https://web.example']],
      ['worker', []],
    ]);
    expect(shown(null)).toEqual([]);
  });

  it('shows an image once it is known, and where it is from', () => {
    const image = { state: 'ready', outputs: { tag: 'ec021a6', origin: 'head', reference: '' } } as const;
    const { services } = report([
      { node: made('image', 'web', 'Images'), standing: image },
      { node: made('image', 'api', 'Images'), standing: { state: 'pending', outputs: {}, waitingFor: 'image api:1' } },
    ]);

    expect(services.map((one) => one.image)).toEqual([null, { tag: 'ec021a6', origin: 'head' }]);
  });

  it('shows on the way down what is removed, and not how long it once took to make', () => {
    const record = environmentRecord(7, { intent: { state: 'absent', releaseReason: 'closed' } });
    const made = { askedAt: NOW, readyAt: new Date('2026-11-20T10:05:00Z') };
    const leavings = [
      { row: resourceRecord('service/web', { ...made, kind: 'service' }), leaving: { state: 'gone' } },
      { row: resourceRecord('rollout/web', { ...made, kind: 'rollout' }), leaving: { state: 'gone' } },
      { row: resourceRecord('image/web', { ...made, kind: 'image' }), leaving: { state: 'gone' } },
    ] as const;
    const { steps } = reportOf({
      record,
      conditions: [],
      view: view({ leavings }),
      now: NOW,
      label: '',
      warning: null,
    });

    expect(steps.map(({ title, state, startedAt, endedAt }) => [title, state, startedAt, endedAt])).toEqual([
      ['Services', 'done', null, null],
    ]);
  });

  it('waits for nothing in a step that failed', () => {
    const { steps } = report([
      { node: made('rollout', 'web', 'Service web'), standing: failed({ actor: 'author', retriesInSeconds: null }) },
      {
        node: made('target-health', 'web', 'Service web'),
        standing: { state: 'pending', outputs: {}, waitingFor: 'a target' },
      },
    ]);

    expect(steps.map(({ state, waitingFor }) => [state, waitingFor])).toEqual([['failed', '']]);
  });

  it('gives no receipt for what only looked', () => {
    const record = environmentRecord(7, { intent: { state: 'absent', releaseReason: 'closed' } });
    const rows = [resourceRecord('log-group/web', { goneAt: NOW }), resourceRecord('smoke', { kind: 'smoke' })];
    const { receipt } = reportOf({ record, conditions: [], view: view({ rows }), now: NOW, label: '', warning: null });

    expect(receipt.map(({ key, goneAt }) => [key, goneAt])).toEqual([['log-group/web', NOW]]);
  });
});
