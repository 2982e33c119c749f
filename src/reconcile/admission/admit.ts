import {
  type BudgetNeed,
  type BudgetReading,
  isPromised,
  poolsOf,
  type Shortage,
  shortageOf,
} from '../../domain/budget.ts';
import type { Clock } from '../clock.ts';
import type { EnvironmentRecord, SlotClaim, Store, StoreTransaction } from '../store.ts';
import { SupersededError } from '../superseded.ts';
import type { BudgetReader } from './budget-reader.ts';
import { callWaiting } from './call-waiting.ts';
import {
  type Contender,
  contendersIn,
  holdersAmong,
  promisedBefore,
  verdictOn,
  type Waiting,
  waitingFor,
} from './contenders.ts';

export type Admission =
  /** `record` is the environment as it stands now, with the end that its slot gave it. */
  | { readonly admitted: true; readonly record: EnvironmentRecord }
  | { readonly admitted: false; readonly waiting: Waiting };

export interface AdmissionPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly budgets: BudgetReader;
  readonly limit: number;
}

/** A pool that was full is read again after this, unless an environment of ours has gone meanwhile. */
const SHORTAGE_STANDS_MS = 300_000;
/** Whatever goes while AWS is read makes the reading worthless; then it is read again, so often. */
const READINGS = 3;

/**
 * Gives the environment a slot and its part of each budget, or tells its place; see `queueOf` for whose turn it is. It has
 * to be one that could be made now: from the first time on it claims a slot, and nobody behind it is served before it
 * without a reason. What is counted and what is promised are one transaction that no other admission can interleave, so
 * `limit`, what a repository's blueprint allows its own environments, and the budgets hold under any race. Its time begins
 * when it is admitted. One that has its slot comes back with more needs when a commit brings them. Asking again is
 * harmless. AWS is asked only where a slot is free; what it throws comes out. Throws `SupersededError` when the record is
 * not what is wanted any more.
 */
export async function admit(
  ports: AdmissionPorts,
  { record, needs }: { record: EnvironmentRecord; needs: readonly BudgetNeed[] },
): Promise<Admission> {
  const { store, budgets, clock } = ports;
  if (record.admittedAt) {
    const claim = await store.claim(record.identity.id, record.life);
    if (claim && isPromised(needs, claim.needs)) {
      await keepPromised(store, claim, needs);
      return { admitted: true, record };
    }
  }
  for (let left = READINGS; left > 0; left -= 1) {
    const turn = await takeTurn(ports, { record, needs });
    if (!turn.mayGo) {
      return { admitted: false, waiting: turn.waiting };
    }
    const readAt = clock.now();
    const readings = needs.length > 0 ? await budgets.read(poolsOf(needs)) : [];
    const admission = await settle(ports, { record, needs, readings, readAt, holders: turn.holders });
    if (admission) {
      return admission;
    }
  }
  throw new SupersededError();
}

type Turn =
  | { readonly mayGo: false; readonly waiting: Waiting }
  /** `holders` are the ids of those who have a slot now. */
  | { readonly mayGo: true; readonly holders: readonly string[] };

/** What a commit needs no more is promised no more; AWS shows what is still there of it. */
async function keepPromised(store: Store, claim: SlotClaim, needs: readonly BudgetNeed[]): Promise<void> {
  if (claim.lacks !== null || claim.needs.length !== needs.length) {
    await store.transaction(async (transaction) => {
      await transaction.claims();
      await transaction.saveClaim({ ...claim, needs, lacks: null });
    });
  }
}

/** Claims a slot, and finds out whether one is free for it. */
async function takeTurn(
  { store, clock, limit }: AdmissionPorts,
  { record, needs }: { record: EnvironmentRecord; needs: readonly BudgetNeed[] },
): Promise<Turn> {
  return await store.transaction(async (transaction) => {
    const now = clock.now();
    const contenders = await claiming(transaction, { record, needs, now });
    const verdict = verdictOn(record.identity.id, contenders, limit);
    if (!verdict.mayGo) {
      return { mayGo: false, waiting: verdict.waiting };
    }
    const lacks = ownClaim(contenders, record)?.lacks;
    // One that was read long after now is of a clock that has been set back.
    if (lacks && Math.abs(now.getTime() - lacks.readAt.getTime()) < SHORTAGE_STANDS_MS) {
      return { mayGo: false, waiting: waitingFor(record.identity.id, contenders, lacks.shortage) };
    }
    return { mayGo: true, holders: idsOf(holdersAmong(contenders)) };
  });
}

/** Undefined when somebody who had a slot has gone since AWS was asked: what was read says too much is taken. */
async function settle(
  { store, clock, limit }: AdmissionPorts,
  {
    record,
    needs,
    readings,
    readAt,
    holders,
  }: {
    record: EnvironmentRecord;
    needs: readonly BudgetNeed[];
    readings: readonly BudgetReading[];
    readAt: Date;
    holders: readonly string[];
  },
): Promise<Admission | undefined> {
  const { id } = record.identity;
  return await store.transaction(async (transaction) => {
    const now = clock.now();
    const contenders = await claiming(transaction, { record, needs, now });
    const verdict = verdictOn(id, contenders, limit);
    if (!verdict.mayGo) {
      return { admitted: false, waiting: verdict.waiting };
    }
    const shortage = shortageOf(needs, { promised: promisedBefore(id, contenders), readings });
    const there = idsOf(holdersAmong(contenders));
    if (shortage && !holders.every((each) => there.includes(each))) {
      return undefined;
    }
    const claim = ownClaim(contenders, record);
    if (shortage) {
      await noteShortage(transaction, claim, { shortage, readAt });
      return { admitted: false, waiting: waitingFor(id, contenders, shortage) };
    }
    if (claim) {
      await transaction.saveClaim({ ...claim, needs, lacks: null });
    }
    if (record.admittedAt) {
      return { admitted: true, record };
    }
    await countPassedOver(transaction, contenders, verdict.passedOver);
    return { admitted: true, record: await giveSlot(transaction, { record, now }) };
  });
}

/** Everybody who contends, this one among them. What it needs more than it was promised is only wanted yet. */
async function claiming(
  transaction: StoreTransaction,
  { record, needs, now }: { record: EnvironmentRecord; needs: readonly BudgetNeed[]; now: Date },
): Promise<readonly Contender[]> {
  const { identity, life, admittedAt } = record;
  const before = await contendersIn(transaction);
  const claim = ownClaim(before, record);
  if (claim && (admittedAt || JSON.stringify(claim.needs) === JSON.stringify(needs))) {
    return before;
  }
  const first = { environmentId: identity.id, life, since: now, passedOver: 0 };
  await transaction.saveClaim({ ...(claim ?? first), needs: admittedAt ? [] : needs, lacks: null });
  const contenders = await contendersIn(transaction);
  if (!ownClaim(contenders, record)) {
    throw new SupersededError();
  }
  return contenders;
}

/** Those behind it need not wait for what it waits for: they are looked at again, when this is news. */
async function noteShortage(
  transaction: StoreTransaction,
  claim: SlotClaim | undefined,
  lacks: { shortage: Shortage; readAt: Date },
): Promise<void> {
  if (claim) {
    await transaction.saveClaim({ ...claim, lacks });
    if (claim.lacks === null) {
      await callWaiting(transaction, { but: claim.environmentId });
    }
  }
}

async function countPassedOver(
  transaction: StoreTransaction,
  contenders: readonly Contender[],
  ids: readonly string[],
): Promise<void> {
  const claims = contenders.flatMap(({ claim }): SlotClaim[] => (claim ? [claim] : []));
  for (const claim of claims.filter(({ environmentId }) => ids.includes(environmentId))) {
    await transaction.saveClaim({ ...claim, passedOver: claim.passedOver + 1 });
  }
}

/**
 * Its end is set here and not by a change of the intent: nobody asked for anything, and the pass that is at work, the only
 * one, goes on with the record that this returns.
 */
async function giveSlot(
  transaction: StoreTransaction,
  { record, now }: { record: EnvironmentRecord; now: Date },
): Promise<EnvironmentRecord> {
  // Read again under its lock: a webhook may have written since the list was read.
  const current = await transaction.environment(record.identity.id);
  if (current?.intent.generation !== record.intent.generation || current.admittedAt) {
    throw new SupersededError();
  }
  const expiresAt = new Date(now.getTime() + current.intent.lifeSeconds * 1000);
  const admitted = { ...current, admittedAt: now, intent: { ...current.intent, expiresAt } };
  await transaction.saveEnvironment(admitted);
  return admitted;
}

/** Takes back the claim of one that cannot be made as it is now, so that nobody waits behind it. What has a slot keeps it. */
export async function withdraw(store: Store, { identity, admittedAt }: EnvironmentRecord): Promise<void> {
  if (!admittedAt) {
    await store.transaction(async (transaction) => {
      await transaction.claims();
      await transaction.withdrawClaim(identity.id);
    });
  }
}

function ownClaim(contenders: readonly Contender[], { identity, life }: EnvironmentRecord): SlotClaim | undefined {
  const own = contenders.find(({ record }) => record.identity.id === identity.id && record.life === life);
  return own?.claim;
}

function idsOf(contenders: readonly Contender[]): string[] {
  return contenders.map(({ record }) => record.identity.id);
}
