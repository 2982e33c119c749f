import type { AutomaticMax, Capacity, CapacityAdvice } from '../../domain/capacity-advice.ts';
import type { CostPart, CostPiece } from '../../domain/cost.ts';
import type { MoneyRange } from '../../domain/money.ts';

/** What was last said of a cost, in dollars: said again until it has moved enough to be worth another word. */
export interface SaidCost {
  readonly perDay: MoneyRange;
  readonly byExpiry: MoneyRange;
  /** Whether the use of the clone was measured, or only its settings were known. */
  readonly measured: boolean;
  readonly parts: readonly CostPart[];
  /** What was advised when, for which settings; `advice` is null where these are right. Missing while too little is known. */
  readonly advised?: { readonly at: Date; readonly settings: Capacity; readonly advice: CapacityAdvice | null };
  /** The automatic maximum of the clone, where its blueprint asks for one. */
  readonly automatic?: AutomaticMax;
}

/** What one life of an environment has cost as far as it was looked at. Pieces are oldest first. */
export interface CostRecord {
  readonly pieces: readonly CostPiece[];
  readonly said: SaidCost;
}

/** How one clone was used in one hour. Thousandths of Aurora capacity units; null where nothing was measured. */
export interface UseSample {
  readonly since: Date;
  readonly until: Date;
  readonly acuMilli: number;
  readonly acuPeakMilli: number;
  readonly connections: number | null;
  readonly volumeBytes: number | null;
}

/** Kept for a while after a life is over, so that its receipt can be said again. */
export interface CostMemory {
  cost(id: string, life: number): Promise<CostRecord | undefined>;
  /** Replaces all of it; `at` is when it was looked at. One process at a time looks at an environment, and nobody else writes this. */
  saveCost(id: string, life: number, cost: CostRecord & { readonly at: Date }): Promise<void>;
  /** Oldest first. */
  uses(id: string, life: number): Promise<readonly UseSample[]>;
  /** Inserts or replaces, by the hour that each is of. */
  saveUses(id: string, life: number, samples: readonly UseSample[]): Promise<void>;
  /** True for one process of all, at most once in so many seconds: it is to read what was used since. */
  claimUseRound(now: Date, everySeconds: number): Promise<boolean>;
  /** Forgets lives that nobody has looked at since, and samples of before. */
  forgetBefore(instant: Date): Promise<void>;
}
