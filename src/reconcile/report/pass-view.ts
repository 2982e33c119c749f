import type { Shortage } from '../../domain/budget.ts';
import type { Failure } from '../graph/failing.ts';
import type { NodeStanding } from '../graph/standing.ts';
import type { RowLeaving } from '../graph/take-down.ts';
import type { Plan } from '../plan/plan.ts';
import type { MigrationsReport } from '../reporter.ts';
import type { EnvironmentRecord, PassOutcome, ResourceRecord } from '../store.ts';
import type { WorkflowRunRecord } from '../workflow-run.ts';
import type { Finding } from './conditions.ts';

/** What one pass found out and did. */
export interface PassView {
  readonly findings: readonly Finding[];
  readonly plan: Plan | null;
  readonly standings: readonly NodeStanding[];
  readonly leavings: readonly RowLeaving[];
  /** What went wrong before anything of the plan was looked at. */
  readonly failures: readonly { readonly subject: string; readonly failure: Failure }[];
  /** The ledger as the pass left it. */
  readonly rows: readonly ResourceRecord[];
  /** Runs of suites in this life, oldest first. */
  readonly suites: readonly WorkflowRunRecord[];
  readonly queue: {
    readonly place: number;
    readonly limit: number;
    /** Null where it is a slot that is waited for. */
    readonly shortage: Shortage | null;
    /** `usedAt`: when somebody last did something with it. */
    readonly holders: readonly {
      readonly record: EnvironmentRecord;
      readonly usedAt: Date;
      readonly idleSince?: Date | null | undefined;
      readonly nearlyIdleSince?: Date | null | undefined;
    }[];
  } | null;
  /** Null where there is nothing to say of migrations. */
  readonly migrations: MigrationsReport | null;
  /** The environment as its admission left it, where this pass was past that; null otherwise. */
  readonly record: EnvironmentRecord | null;
  /** Without what every pass ends with. */
  readonly outcome: Omit<PassOutcome, 'conditions' | 'observedGeneration'>;
  /** Null when only an event or a deadline can bring news. */
  readonly requeueAfterSeconds: number | null;
}

const NOTHING: PassView = {
  findings: [],
  plan: null,
  standings: [],
  leavings: [],
  failures: [],
  rows: [],
  suites: [],
  queue: null,
  migrations: null,
  record: null,
  outcome: {},
  requeueAfterSeconds: null,
};

export function view(parts: Partial<PassView>): PassView {
  return { ...NOTHING, ...parts };
}
