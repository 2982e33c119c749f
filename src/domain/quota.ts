/** An environment that wants a slot, or holds one. */
export interface Claimant {
  readonly id: string;
  readonly createdAt: Date;
  /** Whether it was admitted before: what has a slot keeps it until it is gone. */
  readonly admitted: boolean;
}

export type Share = { readonly id: string } & (
  | { readonly admitted: true }
  /** `place` is 1 for the next in the queue. */
  | { readonly admitted: false; readonly place: number }
);

/**
 * First come, first served: who holds a slot keeps it, even when the limit has since shrunk; free slots go to the oldest
 * claims, and those of the same instant in the order of their ids. To hold under a race, call it and write the result in
 * one transaction.
 */
export function shareSlots(claimants: readonly Claimant[], limit: number): Share[] {
  const holding = claimants.filter(({ admitted }) => admitted);
  const queue = claimants.filter(({ admitted }) => !admitted).toSorted(byAge);
  const free = Math.max(0, limit - holding.length);
  return [
    ...holding.toSorted(byAge).map(({ id }): Share => ({ id, admitted: true })),
    ...queue.map(
      ({ id }, index): Share =>
        index < free ? { id, admitted: true } : { id, admitted: false, place: index - free + 1 },
    ),
  ];
}

function byAge(a: Claimant, b: Claimant): number {
  return a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1);
}
