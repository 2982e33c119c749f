import type { DeliveryAttempt, DeliveryLog } from './delivery-log.ts';
import type { RoundMemory, Undelivered } from './round-memory.ts';

const DAY_MS = 24 * 3_600_000;
/** "You can redeliver webhook deliveries that occurred in the past 3 days" (GitHub, "Redelivering webhooks"). */
const KEPT_MS = 3 * DAY_MS;
/** An attempt is listed a while after it was made, and was made a while after it is dated. */
const OVERLAP_MS = 5 * 60_000;
/** A round reads no more than this: fifty pages. What lies beyond is as good as lost. */
const MOST_READ = 5000;
/** A round asks for no more than this; each is a write, and each comes back as a webhook. */
const MOST_ASKED = 50;
/** Seconds between two asks for the same webhook; after the last it is given up. What is refused for good ends there too. */
const PAUSES_SECONDS = [600, 3600, 6 * 3600];
const NOTHING_READ = new Date(0);
const MOST_ASKS = PAUSES_SECONDS.length + 1;

export interface Redelivery {
  /** How many were asked for again. */
  readonly asked: number;
  /** How many were asked for in vain as often as is sensible; told once. */
  readonly givenUp: number;
}

/**
 * Asks GitHub to deliver again what never arrived: nothing of the kind happens by itself ("GitHub does not automatically
 * redeliver failed deliveries"). What was taken in although GitHub heard no answer is left alone, and so is what has
 * arrived by another attempt. What was asked for least often goes first, and of that the oldest. Repeating it is harmless:
 * a delivery is taken in once.
 */
export async function redeliverLost(
  { log, memory, now }: { log: DeliveryLog; memory: RoundMemory; now: Date },
  signal: AbortSignal,
): Promise<Redelivery> {
  const kept = new Date(now.getTime() - KEPT_MS);
  const readUntil = await memory.deliveriesReadUntil();
  const since = new Date(Math.max(kept.getTime(), (readUntil?.getTime() ?? 0) - OVERLAP_MS));
  const attempts = await log.attempts(since, MOST_READ);
  // Of GitHub's own clock, as all of the log: ours may be before it, and what failed in between would never be read.
  const newest = attempts[0]?.at ?? readUntil ?? NOTHING_READ;
  await memory.noteDeliveries({ ...sorted(attempts), readUntil: newest, keptSince: kept });

  let asked = 0;
  let givenUp = 0;
  const due = (await memory.undelivered()).filter((each) => isDue(each, now));
  for (const lost of due.toSorted((a, b) => a.timesAsked - b.timesAsked).slice(0, MOST_ASKED)) {
    signal.throwIfAborted();
    asked += (await askAgain(lost, { log, memory, now })) ? 1 : 0;
    givenUp += lost.timesAsked + 1 === MOST_ASKS ? 1 : 0;
  }
  return { asked, givenUp };
}

/** It counts as asked for although GitHub refuses: so the others do not wait for one that is refused each time. */
async function askAgain(
  { attemptId, guid }: Undelivered,
  { log, memory, now }: { log: DeliveryLog; memory: RoundMemory; now: Date },
): Promise<boolean> {
  try {
    return await log.redeliver(attemptId);
  } finally {
    await memory.noteAsked(guid, now);
  }
}

/** Of the webhooks whose attempts these are: which arrived, and the newest attempt of each that failed by then. */
function sorted(attempts: readonly DeliveryAttempt[]): {
  arrived: readonly string[];
  failed: readonly DeliveryAttempt[];
} {
  const arrived = new Set<string>();
  const failed = new Map<string, DeliveryAttempt>();
  for (const attempt of attempts) {
    if (attempt.arrived) {
      arrived.add(attempt.guid);
    } else if (!failed.has(attempt.guid)) {
      failed.set(attempt.guid, attempt);
    }
  }
  return { arrived: [...arrived], failed: [...failed.values()] };
}

function isDue({ timesAsked, askedAt }: Undelivered, now: Date): boolean {
  if (timesAsked >= MOST_ASKS) {
    return false;
  }
  const pause = PAUSES_SECONDS[timesAsked - 1] ?? 0;
  return askedAt === null || now.getTime() - askedAt.getTime() >= pause * 1000;
}
