import { describe, expect, it } from '@jest/globals';
import type { ResourceKind } from '../../../src/domain/resource.ts';
import { type Need, node, output, ready } from '../../../src/reconcile/graph/node.ts';
import type { NodeStanding, Standing } from '../../../src/reconcile/graph/standing.ts';
import { minutesLeft } from '../../../src/reconcile/report/estimate.ts';
import type { ResourceRecord } from '../../../src/reconcile/store.ts';
import { resourceRecord } from '../../support/environment-record.ts';

const BEGIN = new Date('2026-11-20T10:00:00Z');
const FAILURE = { reason: 'x', message: '', details: [], retriesInSeconds: null };

interface Part {
  readonly kind: ResourceKind;
  readonly needs: readonly Need[];
  /** What it really takes. */
  readonly seconds: number;
}

const cluster = output<'clone-cluster'>('cluster', 'endpoint');
/** An environment with a database, a service that needs none, a task before the services and one after them. */
const GRAPH: Readonly<Record<string, Part>> = {
  cluster: { kind: 'clone-cluster', needs: [], seconds: 45 },
  instance: { kind: 'clone-instance', needs: [cluster], seconds: 330 },
  password: { kind: 'database-credentials', needs: [ready('instance')], seconds: 35 },
  certificate: { kind: 'certificate', needs: [], seconds: 230 },
  redis: { kind: 'rollout', needs: [], seconds: 70 },
  migrate: { kind: 'one-off-task', needs: [ready('password')], seconds: 95 },
  api: { kind: 'rollout', needs: [ready('migrate')], seconds: 110 },
  'api-health': { kind: 'target-health', needs: [ready('api')], seconds: 15 },
  'cache-clear': { kind: 'one-off-task', needs: [ready('api-health')], seconds: 90 },
  smoke: { kind: 'smoke', needs: [ready('cache-clear'), ready('certificate'), ready('redis')], seconds: 2 },
};

interface Times {
  readonly asked: number;
  readonly ready: number;
}

/** When each part is asked for and ready, in seconds after the beginning. */
function timesOf(graph: Readonly<Record<string, Part>>): ReadonlyMap<string, Times> {
  const times = new Map<string, Times>();
  for (const [key, { needs, seconds }] of Object.entries(graph)) {
    const met = needs.map((need) => times.get(need.key)?.[need.output === undefined ? 'ready' : 'asked'] ?? 0);
    const asked = Math.max(0, ...met);
    times.set(key, { asked, ready: asked + seconds });
  }
  return times;
}

function later(seconds: number): Date {
  return new Date(BEGIN.getTime() + seconds * 1000);
}

function stateAt(second: number, times: Times): Standing {
  if (second >= times.ready) {
    return { state: 'ready', outputs: {} };
  }
  return second >= times.asked ? { state: 'pending', outputs: {}, waitingFor: 'it' } : { state: 'blocked', on: [] };
}

/** What is said at a moment; `standings` replaces what stands then. */
function leftAt(
  second: number,
  { graph = GRAPH, standings = {} }: { graph?: typeof GRAPH; standings?: Readonly<Record<string, Standing>> } = {},
): number | null {
  const times = timesOf(graph);
  const all = Object.entries(graph).map(([key, { kind, needs }]): NodeStanding => {
    const part = { key, kind, name: key, title: key, service: null, needs, spec: () => ({}) as never };
    const known = times.get(key) ?? { asked: 0, ready: 0 };
    return { node: node(part), standing: standings[key] ?? stateAt(second, known) };
  });
  const rows: ResourceRecord[] = [...times]
    .filter(([, { asked }]) => second >= asked)
    .map(([key, { asked, ready: done }]) =>
      resourceRecord(key, { askedAt: later(asked), readyAt: second >= done ? later(done) : null }),
    );
  return minutesLeft(all, { rows, since: BEGIN, now: later(second) });
}

describe('the minutes left', () => {
  it('are those of the longest chain, tasks after the services included', () => {
    expect(leftAt(0)).toBe(12);
    expect(leftAt(420)).toBe(5);
    expect(leftAt(640)).toBe(1);
  });

  it('are counted down and never up, whatever ends on the way', () => {
    const seconds = Array.from({ length: 720 }, (_, second) => leftAt(second)).filter((left) => left !== null);
    expect(seconds).toEqual(seconds.toSorted((a, b) => b - a));
    expect(new Set(seconds).size).toBeGreaterThan(10);
  });

  it('do not grow when a step takes longer than usual', () => {
    const instance: Part = { kind: 'clone-instance', needs: [cluster], seconds: 900 };
    const seconds = Array.from({ length: 1200 }, (_, second) => leftAt(second, { graph: { ...GRAPH, instance } }) ?? 0);
    expect(seconds).toEqual(seconds.toSorted((a, b) => b - a));
  });

  it('count a later commit from when it was first looked at', () => {
    const row = resourceRecord('api', { askedAt: later(-9000), readyAt: later(-8000) });
    const api = node({
      key: 'api',
      kind: 'rollout',
      name: '',
      title: '',
      service: 'api',
      needs: [],
      spec: () => ({}) as never,
    });
    const standing: Standing = { state: 'pending', outputs: {}, waitingFor: 'tasks to run' };
    const left = (second: number) =>
      minutesLeft([{ node: api, standing }], { rows: [row], since: BEGIN, now: later(second) });
    expect([left(0), left(90), left(500)]).toEqual([3, 1, null]);
  });

  it('are not told while an image is built, when something failed, or when all is done', () => {
    const image: Part = { kind: 'image', needs: [], seconds: 60 };
    expect(leftAt(30, { graph: { ...GRAPH, image } })).toBeNull();
    expect(leftAt(61, { graph: { ...GRAPH, image } })).not.toBeNull();
    const failed: Standing = { state: 'failed', outputs: {}, failure: { ...FAILURE, actor: 'author' } };
    expect(leftAt(30, { standings: { redis: failed } })).toBeNull();
    expect(leftAt(900)).toBeNull();
  });

  it('pay no heed to what heals by itself', () => {
    const throttled: Standing = { state: 'failed', outputs: {}, failure: { ...FAILURE, actor: 'nobody' } };
    expect(leftAt(30, { standings: { instance: throttled } })).toBe(leftAt(30));
  });
});
