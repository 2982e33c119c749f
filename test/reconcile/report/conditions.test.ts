import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../../../src/domain/failure.ts';
import type { ResourceKind } from '../../../src/domain/resource.ts';
import { node } from '../../../src/reconcile/graph/node.ts';
import type { NodeStanding, Standing } from '../../../src/reconcile/graph/standing.ts';
import { dated, type Finding, findingsOf } from '../../../src/reconcile/report/conditions.ts';

const HEAD = 'a'.repeat(40);
const NOW = new Date('2026-11-20T10:00:00Z');
const BEFORE = new Date('2026-11-20T09:00:00Z');

function stands(kind: ResourceKind, standing: Standing): NodeStanding {
  const made = node({ key: kind, kind, name: kind, title: kind, service: null, needs: [], spec: () => ({}) as never });
  return { node: made, standing };
}

function failed(actor: Actor, message = 'it broke'): Standing {
  const failure = { reason: 'Broken', message, actor, details: [], retriesInSeconds: null };
  return { state: 'failed', outputs: {}, failure };
}

function of(type: Finding['type'], standings: readonly NodeStanding[], servedSha: string | null = null) {
  return findingsOf(standings, { headSha: HEAD, servedSha }).find((finding) => finding.type === type);
}

describe('a condition', () => {
  it.each<{ standing: Standing; status: string; reason: string }>([
    { standing: { state: 'ready', outputs: {} }, status: 'true', reason: 'Ready' },
    { standing: { state: 'pending', outputs: {}, waitingFor: '' }, status: 'unknown', reason: 'OnItsWay' },
    { standing: { state: 'blocked', on: [] }, status: 'unknown', reason: 'OnItsWay' },
    { standing: failed('nobody'), status: 'unknown', reason: 'OnItsWay' },
    { standing: failed('author'), status: 'false', reason: 'Broken' },
  ])('is $status ($reason) where its resource is $standing.state', ({ standing, status, reason }) => {
    expect(of('ImagesReady', [stands('image', standing)])).toMatchObject({ status, reason });
    expect(of('DatabaseReady', [stands('image', standing)])).toMatchObject({ status: 'true' });
  });

  it('says of a head that is served, and of no other commit, that it is', () => {
    expect(of('Serving', [], HEAD)).toMatchObject({ status: 'true', message: 'aaaaaaa is served.' });
    expect(of('Serving', [], 'b'.repeat(40))).toMatchObject({ status: 'unknown' });
  });

  it('is as old as its status, whatever else it says', () => {
    const finding: Finding = { type: 'ImagesReady', status: 'unknown', reason: 'OnItsWay', message: 'now for api' };
    const before = { ...finding, message: 'now for web', since: BEFORE };

    expect(dated([finding], [before], NOW)).toEqual([{ ...finding, since: BEFORE }]);
    expect(dated([finding], [{ ...before, status: 'true' }], NOW)).toEqual([{ ...finding, since: NOW }]);
  });

  it.each([
    ['sick', { title: 'Service sick', service: 'sick' }, 'sick: health check returns 500'],
    ['Certificate', { title: 'Certificate', service: null }, 'Certificate: health check returns 500'],
  ])('names %s when that is what failed', (_, names, message) => {
    const made = node({ key: 'a', kind: 'rollout', name: 'a', ...names, needs: [], spec: () => ({}) as never });
    const standing = failed('author', 'health check returns 500');

    expect(of('ServicesReady', [{ node: made, standing }])).toMatchObject({ status: 'false', message });
  });
});
