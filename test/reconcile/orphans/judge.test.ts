import { describe, expect, it } from '@jest/globals';
import type { EstateThing } from '../../../src/reconcile/orphans/estate.ts';
import { judge } from '../../../src/reconcile/orphans/judge.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const OVER = '2026-11-20T09:59:59Z';

function thing(label: string, tags: Record<string, string> | null): EstateThing {
  const marks = { EphemeralEnv: 'true', ManagedBy: 'mayfly', Environment: 'pr-7', Repository: 'acme/shop' };
  const all = tags && { ...marks, PullRequest: '7', ...tags };
  return { kind: 'log-group', name: label, label, tags: all, isWitness: true, spec: null, recorded: null };
}

function verdictOn(...things: EstateThing[]) {
  const owner = { name: 'pr-7', pullRequest: { repository: 'acme/shop', number: 7 } };
  return judge({ owner, things, others: [] }, { now: NOW, graceSeconds: 7200 });
}

describe('judging an environment by its tags', () => {
  it('takes it for expired once its time and the grace are over', () => {
    expect(verdictOn(thing('a', { TTL: OVER })).state).toBe('expired');
    expect(verdictOn(thing('a', { TTL: '2026-11-20T10:00:01Z' })).state).toBe('live');
  });

  it('believes the latest expiry of all', () => {
    expect(verdictOn(thing('a', { TTL: OVER }), thing('b', { TTL: '2026-11-21T00:00:00Z' }))).toEqual({
      state: 'live',
      expiresAt: new Date('2026-11-21T00:00:00Z'),
    });
  });

  it.each(['', 'never', '2026-11-20'])('concludes nothing when one of them is %j', (TTL) => {
    expect(verdictOn(thing('a', { TTL: OVER }), thing('b', { TTL }))).toEqual({ state: 'unreadable', things: ['b'] });
  });

  it('concludes nothing from names alone', () => {
    expect(verdictOn(thing('a', null)).state).toBe('unreadable');
  });

  it('protects all of it for one thing, and only once it is over', () => {
    const kept = thing('b', { TTL: OVER, Protect: 'yes' });
    expect(verdictOn(thing('a', { TTL: OVER }), kept)).toMatchObject({ state: 'protected', by: ['b'] });
    expect(verdictOn(thing('a', { TTL: '2026-11-21T00:00:00Z' }), kept).state).toBe('live');
  });
});
