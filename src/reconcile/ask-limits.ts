import { type RateLimit, type RateVerdict, spend } from '../domain/rate-limit.ts';
import type { ReplyMessage } from './reply.ts';
import type { StoreTransaction } from './store.ts';

/** How much may be asked for. What takes away is never counted. */
export interface AskLimits {
  readonly perUser: RateLimit;
  /** All people together, and once more those together who may ask for nothing: they take nothing from those who may. */
  readonly perRepository: RateLimit;
}

export interface Asking {
  readonly login: string;
  readonly repository: string;
  readonly allowed: boolean;
  /** How many things at once; 0 costs nothing and is never refused. */
  readonly asks: number;
}

export type Spent =
  | { readonly ok: true }
  /** `message` for the first that is too many in its window; the others are not answered. */
  | { readonly ok: false; readonly message: Extract<ReplyMessage, { kind: 'too-many' }> | undefined };

type Windows = Pick<StoreTransaction, 'rateWindow' | 'saveRateWindow'>;

/**
 * Counts what somebody asks for, in the transaction that does it, and says whether it is to be done: everything or nothing
 * of it. What one limit refuses, the other does not count.
 */
export async function spendAsks(
  asking: Asking,
  { limits, now }: { limits: AskLimits; now: Date },
  transaction: Windows,
): Promise<Spent> {
  if (asking.asks === 0) {
    return { ok: true };
  }
  const verdicts: { subject: string; whose: 'yours' | 'repository'; limit: RateLimit; verdict: RateVerdict }[] = [];
  for (const account of accountsOf(asking, limits)) {
    const window = await transaction.rateWindow(account.subject);
    verdicts.push({ ...account, verdict: spend(asking.asks, { window, limit: account.limit, now }) });
  }
  const refused = verdicts.find(({ verdict }) => !verdict.allowed);
  for (const { subject, verdict } of refused ? [refused] : verdicts) {
    await transaction.saveRateWindow(subject, verdict.window);
  }
  if (!refused || refused.verdict.allowed) {
    return { ok: true };
  }
  const { whose, limit, verdict } = refused;
  const { tell, until } = verdict;
  return { ok: false, message: tell ? { kind: 'too-many', whose, limit, until } : undefined };
}

/** Whether somebody has nothing left, so that GitHub need not be asked what they may. Counts nothing. */
export async function hasSpentAll(
  { login, asks }: Pick<Asking, 'login' | 'asks'>,
  { limits, now }: { limits: AskLimits; now: Date },
  transaction: Pick<Windows, 'rateWindow'>,
): Promise<boolean> {
  const window = await transaction.rateWindow(userSubject(login));
  return asks > 0 && !spend(asks, { window, limit: limits.perUser, now }).allowed;
}

/** In the order in which they are locked, the same for all. */
function accountsOf({ login, repository, allowed }: Asking, { perUser, perRepository }: AskLimits) {
  const group = allowed ? 'repository' : 'strangers';
  return [
    { subject: userSubject(login), whose: 'yours' as const, limit: perUser },
    { subject: `${group} ${repository.toLowerCase()}`, whose: 'repository' as const, limit: perRepository },
  ];
}

function userSubject(login: string): string {
  return `user ${login.toLowerCase()}`;
}
