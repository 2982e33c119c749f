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

export type Verdict =
  /** `passedOver` are the ids of those who asked before it and go on waiting. */
  | { readonly mayGo: true; readonly passedOver: readonly string[] }
  /** `place` counts from 1; `holders` have the `limit` slots, oldest first. */
  | {
      readonly mayGo: false;
      readonly place: number;
      readonly limit: number;
      readonly holders: readonly EnvironmentRecord[];
    };

/** Its repository's own limit first, then the platform's, among those whom their own repositories would let in. */
export function verdictOn(id: string, contenders: readonly Contender[], limit: number): Verdict {
  const own = contenders.find(({ record }) => record.identity.id === id);
  const siblings = contenders.filter(({ record }) => own && repositoryOf(record) === repositoryOf(own.record));
  const atHome = verdictAmong(id, siblings, own ? ownLimit(own.record) : 0);
  return atHome.mayGo ? verdictAmong(id, letIn(contenders), limit) : atHome;
}

function verdictAmong(id: string, contenders: readonly Contender[], limit: number): Verdict {
  const claimants = contenders.map(claimantOf);
  const holders = contenders.filter(({ record }) => record.admittedAt !== null).map(({ record }) => record);
  const index = queueOf(claimants).findIndex((claimant) => claimant.id === id);
  const place = index + 1 - Math.max(0, limit - holders.length);
  return place <= 0
    ? { mayGo: true, passedOver: passedOverBy(claimants, id) }
    : { mayGo: false, place, limit, holders };
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
