import type { Capacity, CapacityAdvice } from '../../domain/capacity-advice.ts';
import type { CostPart } from '../../domain/cost.ts';
import type { MoneyRange } from '../../domain/money.ts';

/** What an environment costs, in one currency. What is said of the future moves only when it has changed by more than a tenth. */
export interface CostReport {
  /** `GBP` */
  readonly currency: string;
  readonly perDay: MoneyRange;
  /** By the end of its life as it is now, at this rate. */
  readonly byExpiry: MoneyRange;
  /** Until now, to the last look: not for a text that is to stay the same. */
  readonly spent: MoneyRange;
  /** Whether the use of the clone was measured, or only its settings are known. */
  readonly measured: boolean;
  /** What `perDay` is made of. */
  readonly parts: readonly CostPart[];
  /** Where the prices are from and of which day, for people. */
  readonly sources: readonly string[];
  /** The clone's settings and what would have been enough; null where they are right, or too little is known. */
  readonly advice: { readonly settings: Capacity; readonly enough: CapacityAdvice } | null;
  /** To the hour, since when nobody is connected to the clone; null where somebody is, or it is not known. */
  readonly idleSince: Date | null;
  /** To the hour, since when those who may be connected to the clone ask next to nothing of it; null where they do, or it is not known. */
  readonly nearlyIdleSince: Date | null;
}
