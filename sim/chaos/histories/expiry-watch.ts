import type { EnvironmentRecord } from '../../../src/reconcile/store.ts';
import { type Violation, violation } from '../truth/violation.ts';
import type { Role } from './cast.ts';

/** Sees every move of an expiry, and who asked for it. */
export interface ExpiryWatch {
  look(role: Role, record: EnvironmentRecord | undefined): void;
  readonly seen: readonly Violation[];
}

/** What a platform gives unless told otherwise. */
const LONGEST_SECONDS = 28 * 86_400;

/**
 * An expiry moves when somebody who may asks for more time or for the environment anew, once when its blueprint is
 * first read, and once when it has its slot; and never past what an environment may live.
 */
export function watchExpiries(): ExpiryWatch {
  const last = new Map<number, { readonly record: EnvironmentRecord; readonly moves: number }>();
  const seen: Violation[] = [];
  return {
    seen,
    look({ number, mayMove }, record) {
      if (!record) {
        return;
      }
      const before = last.get(number);
      // Its first expiry was asked for as well. Two asks between two looks are one move, and never the other way round.
      const moves = before ? before.moves + (isMoved(before.record, record) ? 1 : 0) : 1;
      last.set(number, { record, moves });
      if (before && moves > before.moves && moves > mayMove.length) {
        const [from, to] = [before.record, record].map(({ intent }) => intent.expiresAt.toISOString());
        seen.push(violation(12, `pr-${number}`, `its expiry moved from ${from} to ${to}, and nobody had asked for it`));
      }
      const lived = (record.intent.expiresAt.getTime() - record.createdAt.getTime()) / 1000;
      // An environment that is wanted again before it is gone counts from then, and lives on in the life it had.
      if (lived > LONGEST_SECONDS && mayMove.length < 2) {
        seen.push(violation(12, `pr-${number}`, `it would live for ${Math.round(lived / 86_400)} days`));
      }
    },
  };
}

function isMoved(before: EnvironmentRecord, after: EnvironmentRecord): boolean {
  return (
    before.life === after.life &&
    before.resolution !== null &&
    // Time runs from the slot on.
    before.admittedAt !== null &&
    before.intent.state === 'present' &&
    after.intent.state === 'present' &&
    before.intent.expiresAt.getTime() !== after.intent.expiresAt.getTime()
  );
}
