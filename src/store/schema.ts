import type { ColumnType, Generated } from 'kysely';
import type { BudgetKind } from '../domain/budget.ts';
import type { Intent, ReleaseReason } from '../domain/intent.ts';
import type { ResourceKind } from '../domain/resource.ts';
import type { LetterOutcome } from '../reconcile/inbox/delivery.ts';
import type { OrphanReason } from '../reconcile/orphans/orphan.ts';
import type { PublicationKind } from '../reconcile/reporter.ts';
import type { SourceRequestKind } from '../reconcile/source/source-store.ts';
import type { ResourceState } from '../reconcile/store.ts';
import type { RunConclusion, WorkflowRunRecord } from '../reconcile/workflow-run.ts';

/**
 * Written as text that `stored-json.ts` made. The columns are `json`, not `jsonb`: what is read is exactly what was
 * written, the order of members and escaped characters that `jsonb` refuses (`\u0000`, half an emoji) included.
 */
type Json = ColumnType<unknown, string, string>;

export interface EnvironmentTable {
  readonly id: string;
  readonly repository: string;
  readonly number: number;
  readonly name: string;
  readonly installation_id: number;
  readonly state: Intent['state'];
  readonly generation: number;
  readonly head_sha: string;
  readonly head_ref: string;
  readonly base_ref: string;
  readonly expires_at: Date;
  /** This, `author` and `author_is_bot` are null in a row of a version that knew none of them. */
  readonly life_seconds: number | null;
  readonly redeploys: number;
  readonly database_resets: Generated<number>;
  readonly owner: string;
  readonly author: string | null;
  readonly author_is_bot: boolean | null;
  readonly draft: boolean;
  readonly from_fork: boolean;
  readonly pushed_by_bot: string | null;
  readonly title: string;
  readonly release_reason: ReleaseReason | null;
  readonly life: number;
  readonly created_at: Date;
  readonly admitted_at: Date | null;
  readonly ready_at: Date | null;
  readonly gone_at: Date | null;
  readonly served_sha: string | null;
  readonly served_at: Date | null;
  readonly observed_generation: number;
  readonly resolution: Json;
  readonly conditions: Json;
  readonly warnings_sent: Json;
}

export interface SlotClaimTable {
  readonly environment_id: string;
  readonly life: number;
  readonly since: Date;
  readonly passed_over: number;
  readonly needs: Json;
  readonly lacks: Json;
}

export interface ResourceTable {
  readonly environment_id: string;
  readonly life: number;
  readonly key: string;
  /** Order of the first ask. */
  readonly position: Generated<number>;
  readonly kind: ResourceKind;
  readonly name: string;
  readonly state: ResourceState;
  readonly spec: Json;
  readonly outputs: Json;
  readonly message: string;
  readonly asked_at: Date;
  readonly ready_at: Date | null;
  readonly gone_at: Date | null;
}

export interface WorkflowRunTable {
  readonly environment_id: string;
  readonly life: number;
  readonly key: string;
  /** Order of the first ask. */
  readonly position: Generated<number>;
  readonly kind: WorkflowRunRecord['kind'];
  readonly subject: string;
  readonly sha: string;
  readonly asked_by: string;
  readonly asked_at: Date;
  readonly redeploys: number;
  readonly heard_at: Date | null;
  readonly dispatch: Json;
  readonly link_id: number | null;
  readonly link_number: number | null;
  readonly link_url: string | null;
  readonly started_at: Date | null;
  readonly ended_at: Date | null;
  readonly conclusion: RunConclusion | null;
  readonly message: string;
}

export interface PublicationTable {
  readonly environment_id: string;
  readonly kind: PublicationKind;
  readonly external_id: string;
  readonly digest: string;
  readonly sha: string;
}

export interface DeliveryTable {
  readonly id: string;
  readonly claimed_at: Date;
}

/** One row. */
export interface RoundTable {
  readonly begun_at: Date | null;
  readonly read_until: Date | null;
}

/** Webhooks that GitHub failed to deliver, until they arrive or GitHub has them no longer. */
export interface UndeliveredTable {
  readonly guid: string;
  readonly attempt_id: number;
  readonly failed_at: Date;
  readonly times_asked: Generated<number>;
  readonly asked_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
}

/** Deliveries about pull requests, each reduced to what Mayfly acts on. */
export interface InboxTable {
  readonly position: Generated<number>;
  readonly environment_id: string;
  readonly repository: string;
  readonly number: number;
  readonly delivery_id: string;
  readonly installation_id: number;
  readonly sender: string;
  readonly sender_is_bot: boolean;
  readonly says: Json;
  /** The head as it was known when it came. */
  readonly head_sha: string | null;
  /** By the forge's clock. */
  readonly said_at: Date | null;
  /** By Mayfly's. */
  readonly heard_at: Date;
  readonly tries: Generated<number>;
  readonly not_before: Date | null;
  readonly settled_at: Date | null;
  readonly outcome: LetterOutcome | null;
}

export interface EventTable {
  readonly position: Generated<number>;
  readonly environment_id: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly details: Json;
}

export interface ApprovalTable {
  readonly environment_id: string;
  readonly sha: string;
  readonly base_ref: string;
  readonly approved_by: string;
  readonly approved_at: Date;
}

/** What a person or a repository has asked of late. */
export interface RateWindowTable {
  readonly subject: string;
  readonly since: Date;
  readonly asks: number;
  readonly told: boolean;
}

/** Looks that failed one after the other, for each environment whose last look failed. */
export interface FailureTable {
  readonly environment_id: string;
  readonly count: number;
  readonly message: string;
  readonly failed_at: Date;
}

export interface SweepTable {
  readonly one: Generated<boolean>;
  readonly begun_at: Date | null;
  /** A `SweepFigure`; null until a look was whole. */
  readonly report: ColumnType<unknown, string | null | undefined, string | null>;
}

export interface BudgetFigureTable {
  readonly kind: BudgetKind;
  readonly pool: string;
  readonly used: number;
  readonly most: number;
  readonly read_at: Date;
}

export interface SweepMarkTable {
  readonly thing: string;
  readonly environment_id: string;
  readonly reason: OrphanReason;
  readonly first_seen_at: Date;
  readonly looks: number;
  readonly told_at: Date | null;
  /** A `Condemned`; null until a look gives it over, and again from the next look on. */
  readonly condemned: ColumnType<unknown, string | null | undefined, string | null>;
}

/** What one life of an environment has cost so far. */
export interface CostTable {
  readonly environment_id: string;
  readonly life: number;
  /** `CostPiece`s. */
  readonly pieces: Json;
  /** A `SaidCost`. */
  readonly said: Json;
  readonly looked_at: Date;
}

/** How one clone was used in one hour. */
export interface UseSampleTable {
  readonly environment_id: string;
  readonly life: number;
  readonly since: Date;
  readonly until: Date;
  readonly acu_milli: number;
  readonly acu_peak_milli: number;
  readonly connections: number | null;
  readonly volume_bytes: ColumnType<string | number | null, number | null, number | null>;
}

/** One row. */
export interface UseRoundTable {
  readonly begun_at: Date | null;
}

export interface SourceTable {
  readonly id: string;
  /** Order in which they were begun. */
  readonly position: Generated<number>;
  readonly begun_at: Date;
  readonly under_way: boolean;
  readonly in_service: boolean;
  readonly revision: number;
  /** A `SourceVersion`. */
  readonly facts: Json;
}

export interface SourceRequestTable {
  readonly id: Generated<number>;
  readonly kind: SourceRequestKind;
  readonly asked_by: string;
  readonly asked_at: Date;
  readonly settled_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  readonly outcome: Generated<string>;
}

/** One row. */
export interface SourceLookTable {
  readonly looked_at: Date | null;
  readonly scheduled_through: Date | null;
}

/** What one database of a source has, as its newest clone showed it before any migration. */
export interface SourceSchemaTable {
  readonly source: string;
  readonly database: string;
  readonly history_table: string;
  /** A `History`, or null. */
  readonly history: Json;
  /** A `DatabaseSchema`. */
  readonly schema: Json;
  readonly seen_at: Date;
}

export interface CloneNotesTable {
  readonly environment_id: string;
  readonly life: number;
  /** The key of its cluster. */
  readonly clone: string;
  /** A `CloneNotes`. */
  readonly notes: Json;
}

export interface Tables {
  readonly source_schemas: SourceSchemaTable;
  readonly clone_notes: CloneNotesTable;
  readonly sources: SourceTable;
  readonly source_requests: SourceRequestTable;
  readonly source_looks: SourceLookTable;
  readonly use_rounds: UseRoundTable;
  readonly costs: CostTable;
  readonly use_samples: UseSampleTable;
  readonly sweeps: SweepTable;
  readonly sweep_marks: SweepMarkTable;
  readonly budget_figures: BudgetFigureTable;
  readonly environments: EnvironmentTable;
  readonly slot_claims: SlotClaimTable;
  readonly resources: ResourceTable;
  readonly workflow_runs: WorkflowRunTable;
  readonly publications: PublicationTable;
  readonly deliveries: DeliveryTable;
  readonly inbox: InboxTable;
  readonly events: EventTable;
  readonly failures: FailureTable;
  readonly rounds: RoundTable;
  readonly undelivered: UndeliveredTable;
  readonly approvals: ApprovalTable;
  readonly rate_windows: RateWindowTable;
}
