import { describe, expect, it } from '@jest/globals';
import { findingsOf } from '../../src/reconcile/conditions-of.ts';
import { type AnyNode, node } from '../../src/reconcile/graph/node.ts';

function made(title: string, service: string | null): AnyNode {
  return node({ key: title, kind: 'rollout', name: title, title, service, needs: [], spec: () => ({}) as never });
}

describe('what the conditions say', () => {
  it.each([
    ['sick', made('Service sick', 'sick'), 'sick: health check returns 500'],
    ['Certificate', made('Certificate', null), 'Certificate: health check returns 500'],
  ])('names %s when that is what failed', (_, failing, message) => {
    const failure = {
      reason: 'ServiceDoesNotStart',
      message: 'health check returns 500',
      actor: 'author',
      details: [],
      retriesInSeconds: null,
    } as const;
    const findings = findingsOf([{ node: failing, standing: { state: 'failed', outputs: {}, failure } }], {
      headSha: 'ec021a6482',
      servedSha: null,
    });

    expect(findings.filter(({ status }) => status === 'false').map((found) => found.message)).toEqual([message]);
  });
});
