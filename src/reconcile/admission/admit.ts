import type { Clock } from '../clock.ts';
import type { EnvironmentRecord, SlotClaim, Store, StoreTransaction } from '../store.ts';
import { SupersededError } from '../superseded.ts';
import { type Contender, contendersIn, type Verdict, verdictOn } from './contenders.ts';

export type Waiting = Omit<Extract<Verdict, { mayGo: false }>, 'mayGo'>;

export type Admission =
  /** `record` is the environment as it stands now, with the end that its slot gave it. */
  | { readonly admitted: true; readonly record: EnvironmentRecord }
  | { readonly admitted: false; readonly waiting: Waiting };

/**
 * Gives the environment a slot, or tells its place; see `queueOf` for whose turn it is. It has to be one that could be made
 * now: from the first time on it claims a slot, and nobody behind it is served before it without a reason. The count and
 * the claim are one transaction that no other admission can interleave, so `limit` holds under any race, and so does what a
 * repository's blueprint allows its own environments. Its time begins when it is admitted. Asking again is harmless.
 * Throws `SupersededError` when the record is not what is wanted any more.
 */
export async function admit({
  store,
  clock,
  limit,
  record,
}: {
  store: Store;
  clock: Clock;
  limit: number;
  record: EnvironmentRecord;
}): Promise<Admission> {
  if (record.admittedAt) {
    return { admitted: true, record };
  }
  return await store.transaction(async (transaction) => {
    const contenders = await claiming(transaction, { record, now: clock.now() });
    const verdict = verdictOn(record.identity.id, contenders, limit);
    if (!verdict.mayGo) {
      const { mayGo: _, ...waiting } = verdict;
      return { admitted: false, waiting };
    }
    await countPassedOver(transaction, contenders, verdict.passedOver);
    return { admitted: true, record: await giveSlot(transaction, { record, now: clock.now() }) };
  });
}

/** Everybody who contends, this one among them. */
async function claiming(
  transaction: StoreTransaction,
  { record, now }: { record: EnvironmentRecord; now: Date },
): Promise<readonly Contender[]> {
  const { identity, life } = record;
  const isThere = (contenders: readonly Contender[]) =>
    contenders.some((one) => one.record.identity.id === identity.id && one.record.life === life);
  const before = await contendersIn(transaction);
  if (isThere(before)) {
    return before;
  }
  await transaction.saveClaim({ environmentId: identity.id, life, since: now, passedOver: 0 });
  const contenders = await contendersIn(transaction);
  if (!isThere(contenders)) {
    throw new SupersededError();
  }
  return contenders;
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
