import type { BudgetKind, BudgetPool, BudgetReading } from '../domain/budget.ts';

/** How much of a pool was taken, by whomever, when AWS was last asked. */
export interface BudgetFigure {
  readonly kind: BudgetKind;
  readonly used: number;
  readonly limit: number;
  readonly readAt: Date;
}

/** How the last whole look of the sweep ended. */
export interface SweepFigure {
  readonly at: Date;
  readonly dryRun: boolean;
  /** Environments that there were anything of. */
  readonly environments: number;
  /** Things that nothing keeps. */
  readonly found: number;
  /** Those of them that were given over to be deleted. */
  readonly condemned: number;
  /** What the look before gave over, and is gone. */
  readonly deleted: number;
}

/** What an operator looks at: numbers and times, and no names, for whoever asks sees them. */
export interface Figures {
  /** In the order in which they were asked for, without those that nobody has read yet. */
  readonly budgets: readonly BudgetFigure[];
  /** Null until a look was whole. */
  readonly sweep: SweepFigure | null;
}

/** Figures of the whole cluster, as they were when something came by them: nobody asks AWS for their sake. */
export interface FiguresMemory {
  noteBudgets(readings: readonly BudgetReading[], at: Date): Promise<void>;
  noteSweep(sweep: SweepFigure): Promise<void>;
  read(pools: readonly BudgetPool[]): Promise<Figures>;
}
