/** An environment that wants a slot, or holds one. */
export interface Claimant {
  readonly id: string;
  /** Whose share it counts against: who opened the pull request. */
  readonly author: string;
  readonly isBot: boolean;
  readonly isDraft: boolean;
  /** When it asked for a slot; since then it waits, or holds one. */
  readonly since: Date;
  /** How many that asked later were served before it. */
  readonly passedOver: number;
  /** Whether it was admitted before: what has a slot keeps it until it is gone. */
  readonly admitted: boolean;
}

export type Share = { readonly id: string } & (
  | { readonly admitted: true }
  /** `place` is 1 for the next in the queue. */
  | { readonly admitted: false; readonly place: number }
);

/** After so many that asked later, a person's pull request that is ready for review goes before everybody but its elders. */
export const PATIENCE = 3;

/**
 * Who holds a slot keeps it, even when the limit has since shrunk; free slots go to the queue from its front. To hold under
 * a race, call it and write the result in one transaction.
 */
export function shareSlots(claimants: readonly Claimant[], limit: number): Share[] {
  const holding = claimants.filter(({ admitted }) => admitted).toSorted(byAge);
  const free = Math.max(0, limit - holding.length);
  return [
    ...holding.map(({ id }): Share => ({ id, admitted: true })),
    ...queueOf(claimants).map(
      ({ id }, index): Share =>
        index < free ? { id, admitted: true } : { id, admitted: false, place: index - free + 1 },
    ),
  ];
}

/**
 * Who waits, the next one first. People go before bots, and what is ready for review before drafts. Among equals the
 * authors take turns: whoever has the fewest, held and ahead in the queue together, is next, and of one author the oldest.
 * As newcomers could so pass an old claim for ever, one that was passed over `PATIENCE` times waits for its elders alone.
 */
export function queueOf(claimants: readonly Claimant[]): Claimant[] {
  const counts = new Map<string, number>();
  const count = ({ author }: Claimant): number => counts.get(author) ?? 0;
  const add = (claimant: Claimant): void => void counts.set(claimant.author, count(claimant) + 1);
  claimants.filter(({ admitted }) => admitted).forEach(add);
  const waiting = claimants.filter(({ admitted }) => !admitted).toSorted(byAge);
  const queue: Claimant[] = [];
  while (waiting.length > 0) {
    const [next] = waiting.toSorted(
      // Stable: among equals the order of age is kept.
      (a, b) => rankOf(a) - rankOf(b) || (isDue(a) ? 0 : count(a) - count(b)),
    );
    if (next) {
      waiting.splice(waiting.indexOf(next), 1);
      queue.push(next);
      add(next);
    }
  }
  return queue;
}

/** Who is passed over when `id` is served: to be counted in the same transaction. */
export function passedOverBy(claimants: readonly Claimant[], id: string): string[] {
  const served = claimants.find((one) => one.id === id);
  return claimants
    .filter((one) => served && !one.admitted && one.id !== id && isFirstClass(one) && byAge(one, served) < 0)
    .map((one) => one.id);
}

function rankOf(claimant: Claimant): number {
  if (isDue(claimant)) {
    return 0;
  }
  return 1 + (claimant.isBot ? 2 : 0) + (claimant.isDraft ? 1 : 0);
}

function isDue(claimant: Claimant): boolean {
  return isFirstClass(claimant) && claimant.passedOver >= PATIENCE;
}

function isFirstClass({ isBot, isDraft }: Claimant): boolean {
  return !isBot && !isDraft;
}

function byAge(a: Claimant, b: Claimant): number {
  return a.since.getTime() - b.since.getTime() || (a.id < b.id ? -1 : 1);
}
