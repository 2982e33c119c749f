/** `unknown` while it is on its way. */
export type ConditionStatus = 'true' | 'false' | 'unknown';

/** What an environment's conditions speak of, in the order people read them. */
export const CONDITION_TYPES = [
  'Approved',
  'Admitted',
  'BlueprintValid',
  'DatabaseReady',
  'ImagesReady',
  'ServicesReady',
  'Reachable',
  'Serving',
  'Released',
] as const;
export type ConditionType = (typeof CONDITION_TYPES)[number];

/** One fact about an environment. `message` is stable text: no polling times, no request ids, lists sorted. */
export interface Condition {
  readonly type: ConditionType;
  readonly status: ConditionStatus;
  /** One word, for machines: `CloneBudgetSpent`. */
  readonly reason: string;
  /** A sentence, for people: what, where, and what to do. */
  readonly message: string;
  /** When the status last changed. */
  readonly since: Date;
}
