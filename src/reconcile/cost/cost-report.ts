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
}
