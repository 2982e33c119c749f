import { type BudgetNeed, isSamePool, type Shortage } from '../../domain/budget.ts';
import { type Claimant, passedOverBy, queueOf } from '../../domain/quota.ts';
import type { EnvironmentRecord, SlotClaim, StoreTransaction } from '../store.ts';

/** An environment that holds a slot, or claims one. */
export interface Contender {
  readonly record: EnvironmentRecord;
  /** Missing only where a slot was given by a Mayfly that kept no claims. */
  readonly claim: SlotClaim | undefined;
}

/** No other transaction can give a slot away until this one ends. */
export async function contendersIn(transaction: StoreTransaction): Promise<Contender[]> {
  const claims = new Map((await transaction.claims()).map((claim) => [claim.environmentId, claim]));
  const live = await transaction.liveEnvironments();
  return live.map((record) => ({ record, claim: claims.get(record.identity.id) })).filter(mayHoldSlot);
}

/** One on its way out holds its slot until it is gone; one that never had any, or is refused, waits for none. */
function mayHoldSlot({ record, claim }: Contender): boolean {
  return record.admittedAt !== null || (record.intent.state === 'present' && claim !== undefined);
}

/** Why an environment waits, and behind whom. */
export interface Waiting {
  /** 1 for the next. */
  readonly place: number;
  readonly limit: number;
  /** Who has the `limit` slots, or has something of the pool that is full; oldest first. */
  readonly holders: readonly EnvironmentRecord[];
  /** Null where it is a slot that is waited for. */
  readonly shortage: Shortage | null;
}

export type Verdict =
  /** `passedOver` are the ids of those who asked before it and go on waiting. */
  | { readonly mayGo: true; readonly passedOver: readonly string[] }
  | { readonly mayGo: false; readonly waiting: Waiting };

/**
 * Whether a slot is free for it: of its repository's own limit first, then of the platform's, among those whom their own
 * repositories would let in. Nobody stands behind one that has no room anyway. Who has a slot may go.
 */
export function verdictOn(id: string, everybody: readonly Contender[], limit: number): Verdict {
  const contenders = everybody.filter((one) => isHolder(one) || idOf(one) === id || !one.claim?.lacks);
  const own = contenders.find((one) => idOf(one) === id);
  if (!own || isHolder(own)) {
    return { mayGo: true, passedOver: [] };
  }
  const siblings = contenders.filter(({ record }) => repositoryOf(record) === repositoryOf(own.record));
  const atHome = verdictAmong(id, siblings, ownLimit(own.record));
  return atHome.mayGo ? verdictAmong(id, letIn(contenders), limit) : atHome;
}

function verdictAmong(id: string, contenders: readonly Contender[], limit: number): Verdict {
  const claimants = contenders.map(claimantOf);
  const holders = holdersAmong(contenders).map(({ record }) => record);
  const index = queueOf(claimants).findIndex((claimant) => claimant.id === id);
  const place = index + 1 - Math.max(0, limit - holders.length);
  return place <= 0
    ? { mayGo: true, passedOver: passedOverBy(claimants, id) }
    : { mayGo: false, waiting: { place, limit, holders, shortage: null } };
}

/** Its place among those who wait for room in the same pool, and the environments that are in it. */
export function waitingFor(id: string, contenders: readonly Contender[], shortage: Shortage): Waiting {
  const others = contenders.filter((one) => idOf(one) !== id);
  const isSame = ({ claim }: Contender) =>
    claim?.lacks !== null && claim !== undefined && isSamePool(claim.lacks.shortage, shortage);
  const ahead = aheadOf(id, contenders).filter(isSame);
  const inside = others.filter((one) => isHolder(one) && one.claim?.needs.some((need) => isSamePool(need, shortage)));
  return { place: ahead.length + 1, limit: shortage.limit, holders: inside.map(({ record }) => record), shortage };
}

/** What others have or come before it for: everybody's with a slot, and for one that has none, of those ahead of it. */
export function promisedBefore(id: string, contenders: readonly Contender[]): BudgetNeed[] {
  const others = contenders.filter((one) => isHolder(one) && idOf(one) !== id);
  return [...others, ...aheadOf(id, contenders)].flatMap(({ claim }) => claim?.needs ?? []);
}

function aheadOf(id: string, contenders: readonly Contender[]): Contender[] {
  const queue = queueOf(contenders.map(claimantOf)).map((claimant) => claimant.id);
  const ahead = queue.slice(0, Math.max(0, queue.indexOf(id)));
  return contenders.filter((one) => ahead.includes(idOf(one)));
}

export function holdersAmong(contenders: readonly Contender[]): Contender[] {
  return contenders.filter(isHolder);
}

function isHolder({ record }: Contender): boolean {
  return record.admittedAt !== null;
}

function idOf({ record }: Contender): string {
  return record.identity.id;
}

/** Everybody but those whose repositories have all that their own blueprints allow them. */
function letIn(contenders: readonly Contender[]): Contender[] {
  const kept = new Set<string>();
  for (const siblings of Map.groupBy(contenders, ({ record }) => repositoryOf(record)).values()) {
    const claimants = siblings.map(claimantOf);
    const holding = claimants.filter(({ admitted }) => admitted).length;
    const places = new Map(queueOf(claimants).map((claimant, index) => [claimant.id, index]));
    for (const { record } of siblings) {
      if (record.admittedAt !== null || holding + (places.get(record.identity.id) ?? 0) < ownLimit(record)) {
        kept.add(record.identity.id);
      }
    }
  }
  return contenders.filter(({ record }) => kept.has(record.identity.id));
}

function claimantOf({ record, claim }: Contender): Claimant {
  const { identity, intent, admittedAt, createdAt } = record;
  return {
    id: identity.id,
    author: intent.author,
    isBot: intent.authorIsBot,
    isDraft: intent.draft,
    since: claim?.since ?? createdAt,
    passedOver: claim?.passedOver ?? 0,
    admitted: admittedAt !== null,
  };
}

function repositoryOf({ identity }: EnvironmentRecord): string {
  return identity.pullRequest.repository;
}

/** As the blueprint of its own commit says; no limit before that was read. */
function ownLimit({ resolution }: EnvironmentRecord): number {
  return resolution?.terms?.environments ?? Number.POSITIVE_INFINITY;
}
