import { describe, expect, it } from '@jest/globals';
import { cloneKeys, resetsOnBooks } from '../../../src/reconcile/plan/clone-keys.ts';
import type { ResourceState } from '../../../src/reconcile/store.ts';
import { resourceRecord } from '../../support/environment-record.ts';

const row = (resets: number, state: ResourceState) =>
  resourceRecord(cloneKeys(resets).cluster, { kind: 'clone-cluster', state });

describe('the clones of an environment', () => {
  it('are told apart by their keys, of which the first has no number', () => {
    expect([0, 1, 10].map((resets) => cloneKeys(resets).cluster)).toEqual([
      'clone-cluster',
      'clone-cluster/2',
      'clone-cluster/11',
    ]);
  });

  it.each([
    { what: 'none', rows: [], resets: undefined },
    { what: 'the first', rows: [row(0, 'ready')], resets: 0 },
    { what: 'the newest of several', rows: [row(10, 'asked'), row(0, 'ready'), row(1, 'ready')], resets: 10 },
    { what: 'none that goes, or is gone', rows: [row(0, 'ready'), row(1, 'releasing'), row(2, 'gone')], resets: 0 },
  ])('stand on the books: $what', ({ rows, resets }) => {
    expect(resetsOnBooks(rows)).toBe(resets);
  });
});
