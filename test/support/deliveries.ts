import type { Delivery, Fact, Petition } from '../../src/reconcile/inbox/delivery.ts';
import { environmentRecord } from './environment-record.ts';

const { identity, intent } = environmentRecord(7);
const { headSha, headRef, baseRef, title, fromFork, draft, author, authorIsBot } = intent;

/** The pull request of `environmentRecord(7)` as a payload describes it. */
export const SNAPSHOT = { headSha, headRef, baseRef, title, fromFork, draft, author, authorIsBot };
export const NOON = new Date('2026-11-20T12:00:00Z');

export const LABEL: Petition = { kind: 'label', snapshot: SNAPSHOT };
export const FOLLOW: Fact = {
  kind: 'follow',
  ask: { kind: 'follow', snapshot: SNAPSHOT, push: { by: 'unknown' } },
  before: null,
};
export const CLOSED: Fact = { kind: 'release', ask: { kind: 'release', reason: 'closed' } };

/** A push that replaced one commit by another. */
export function pushed(before: string, after: string): Fact {
  const snapshot = { ...SNAPSHOT, headSha: after };
  return { kind: 'follow', ask: { kind: 'follow', snapshot, push: { by: 'person' } }, before };
}

/** A delivery about that pull request, by somebody with a login, at noon. */
export function delivery(id: string, more: Partial<Delivery> = {}): Delivery {
  return {
    id,
    installationId: 1,
    pullRequest: identity.pullRequest,
    sender: { login: 'octocat', isBot: false },
    saidAt: NOON,
    says: LABEL,
    ...more,
  };
}
