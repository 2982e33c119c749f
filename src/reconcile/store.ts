import type { Approval } from '../domain/approval.ts';
import type { BudgetNeed, Shortage } from '../domain/budget.ts';
import type { Condition } from '../domain/condition.ts';
import type { EnvironmentIdentity } from '../domain/environment.ts';
import type { Intent } from '../domain/intent.ts';
import type { Listing } from '../domain/migrations/listing.ts';
import type { RateWindow } from '../domain/rate-limit.ts';
import type { ResourceKind } from '../domain/resource.ts';
import type { Delivery, HeardLetter, Letter, LetterOutcome, Petition } from './inbox/delivery.ts';
import type { ReplyJob } from './reply.ts';
import type { PublicationMemory } from './reporter.ts';
import type { WorkflowRunRecord } from './workflow-run.ts';

/** What a blueprint says of time and number. Null leaves it to the platform, which it can only make stricter. */
export interface BlueprintTerms {
  readonly ttlSeconds: number | null;
  readonly maxTtlSeconds: number | null;
  /** Of its repository's environments, how many at once. */
  readonly environments: number | null;
}

/** The blueprint of the branch that a pull request is to be merged into, as it stood when the head was read. */
export interface BaseBlueprint {
  readonly ref: string;
  readonly sha: string;
  /** Null when there is none. */
  readonly blueprint: string | null;
}

/** What was read from GitHub for one commit, kept so that a pass needs GitHub only when the commit changes. */
export interface Resolution {
  readonly headSha: string;
  /** When it was read: RFC 3339, as it is kept as JSON. */
  readonly readAt: string;
  /** The blueprint's text at that commit; null when there is none. */
  readonly blueprint: string | null;
  /** Where a fork's commit has its rights from; missing for a commit of the repository's own. */
  readonly base?: BaseBlueprint;
  readonly changedPaths: readonly string[];
  /** For each service that the pull request does not touch, the commit of the base branch that its image comes from. */
  readonly baseCommits: Readonly<Record<string, string>>;
  /** The migrations where the blueprint has them; missing where it says of none. */
  readonly migrations?: Listing;
  /** Missing when the blueprint cannot be read. */
  readonly terms?: BlueprintTerms;
  /**
   * Of the commit that the environment is made of until there is room for this one; missing once there is, and where there
   * is no commit before it. Has none of its own.
   */
  readonly madeOf?: Resolution;
}

/** One environment as Mayfly remembers it. All of it can be made again from GitHub and from tags. */
export interface EnvironmentRecord {
  readonly identity: EnvironmentIdentity;
  readonly installationId: number;
  readonly intent: Intent;
  /** Grows each time an environment that was gone is wanted again; resources belong to one life. */
  readonly life: number;
  /** When this life began. */
  readonly createdAt: Date;
  /** When it got its slot; null while it waits. */
  readonly admittedAt: Date | null;
  /** When this life was first ready. */
  readonly readyAt: Date | null;
  readonly goneAt: Date | null;
  readonly servedSha: string | null;
  /** When the commit in `servedSha` was first served. */
  readonly servedAt: Date | null;
  /** The intent's generation that the last pass saw. */
  readonly observedGeneration: number;
  readonly resolution: Resolution | null;
  readonly conditions: readonly Condition[];
  /** Hours before expiry (48, 24, 4) of which the owner was told, for the present `expiresAt`. */
  readonly warningsSent: readonly number[];
}

/** An environment's claim to a slot in one of its lives, from when it could be made until it is gone. Admission alone writes it. */
export interface SlotClaim {
  readonly environmentId: string;
  readonly life: number;
  readonly since: Date;
  /** How many that claimed later were served before it. */
  readonly passedOver: number;
  /** What it would take, and what it was promised with its slot. */
  readonly needs: readonly BudgetNeed[];
  /** In what there was no room for it, and when that was read; null when there was, or nobody has looked. */
  readonly lacks: { readonly shortage: Shortage; readonly readAt: Date } | null;
}

/** `asked` is written before the first create call, so that nothing can exist that no record names. */
export type ResourceState = 'asked' | 'pending' | 'ready' | 'failed' | 'releasing' | 'gone';

export interface ResourceRecord {
  readonly key: string;
  readonly kind: ResourceKind;
  readonly name: string;
  readonly state: ResourceState;
  /** JSON of the last spec asked for, and of what was last known. */
  readonly spec: unknown;
  readonly outputs: unknown;
  /** What it waits for or why it failed, for people; empty when there is nothing to say. */
  readonly message: string;
  readonly askedAt: Date;
  readonly readyAt: Date | null;
  readonly goneAt: Date | null;
}

/** One line of the append-only history of an environment. */
export interface AuditEvent {
  readonly environmentId: string;
  readonly at: Date;
  /** A login, or `mayfly`. */
  readonly actor: string;
  /** The kind of an ask that changed something (`want`, `extend`, `approve`, …), or `resynced`, `serving`, `expired`, `leak-found` or `gone`. */
  readonly action: string;
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
}

/** What is written together or not at all. No network call may be made while one is open. */
export interface StoreTransaction {
  /**
   * Claims the delivery and keeps what it says, a fact as settled: for the first caller with its id, and for nobody else
   * for as long as GitHub may repeat one. One that tells no time, and that GitHub is known to have failed to deliver before,
   * is of that time. Ask for its `environment` first: the order of letters is that of the locks.
   */
  receive(delivery: Delivery, heard: { readonly at: Date }): Promise<Letter | undefined>;
  /**
   * Letters of the same environment that tell of something later, in that order: by the forge's time where both tell it,
   * else, and within one second, by the order in which they came; one that tells no time, after all that came before it.
   * `outcome` is null while one waits.
   */
  heardSince(letter: Letter): Promise<readonly HeardLetter[]>;
  /** False when it was settled before, and then nothing is written. */
  settleLetter(position: number, end: { readonly outcome: LetterOutcome; readonly at: Date }): Promise<boolean>;
  /** Has the environment's inbox taken in as soon as the transaction commits. */
  enqueueTakeIn(id: string): Promise<void>;
  /** Locks the row until the transaction ends. */
  environment(id: string): Promise<EnvironmentRecord | undefined>;
  /** Inserts it, or replaces all of it. */
  saveEnvironment(record: EnvironmentRecord): Promise<void>;
  /**
   * Environments of this life that are not gone, admitted or waiting, oldest first; no other transaction can ask until
   * this one ends. The rows are not locked: to change one, ask for it by `environment` after this, never before.
   */
  liveEnvironments(): Promise<readonly EnvironmentRecord[]>;
  /** Of the present lives of live environments; under the lock of `liveEnvironments`, in no order. */
  claims(): Promise<readonly SlotClaim[]>;
  /** Inserts or replaces it. Ask for `claims` first. */
  saveClaim(claim: SlotClaim): Promise<void>;
  /** A claim that is not there is no error. */
  withdrawClaim(environmentId: string): Promise<void>;
  /** Has the environment looked at as soon as the transaction commits. Many calls before that are one look; a look in progress is followed by another. */
  enqueue(id: string): Promise<void>;
  /** Has the reply sent after the transaction commits, at least once. */
  enqueueReply(job: ReplyJob): Promise<void>;
  appendEvent(event: AuditEvent): Promise<void>;
  /** As `Store.approvals`. */
  approvals(id: string): Promise<readonly Approval[]>;
  /** Keeps it for good, whether or not there is an environment; one of the same commit and branch stays as it was. */
  saveApproval(id: string, approval: Approval): Promise<void>;
  /** What this subject has asked of late; no other transaction can ask until this one ends. Ask for the environment first. */
  rateWindow(subject: string): Promise<RateWindow | undefined>;
  saveRateWindow(subject: string, window: RateWindow): Promise<void>;
  /** Workflow runs of one life, in the order they were first asked for. */
  runs(id: string, life: number): Promise<readonly WorkflowRunRecord[]>;
  /** As `Store.saveRun`. */
  saveRun(id: string, life: number, run: WorkflowRunRecord): Promise<void>;
  /** Notes that the forge said something of the run that it knows by this id. The environments whose run it is; often none. */
  hearOfRun(linkId: number, at: Date): Promise<readonly string[]>;
}

/** What one pass learned, apart from resources. Fields left out stay as they are. */
export interface PassOutcome {
  readonly observedGeneration?: number;
  readonly conditions?: readonly Condition[];
  readonly resolution?: Resolution;
  readonly readyAt?: Date;
  readonly servedSha?: string;
  readonly servedAt?: Date;
  readonly goneAt?: Date;
  readonly warningsSent?: readonly number[];
}

export interface Store {
  /**
   * `work` may be run again from its start when the database ended the transaction to break a deadlock, so it changes
   * nothing outside. Inside it only what it is given may be used: every other method of the store throws there.
   */
  transaction<T>(work: (transaction: StoreTransaction) => Promise<T>): Promise<T>;
  environment(id: string): Promise<EnvironmentRecord | undefined>;
  /** Not gone, oldest first. */
  liveEnvironments(): Promise<readonly EnvironmentRecord[]>;
  /** When each of these was last used as far as Mayfly knows: somebody asked something of it, or it served another commit. */
  lastUsed(ids: readonly string[]): Promise<ReadonlyMap<string, Date>>;
  /** Of one life; without the lock of admission, so it may be about to change. */
  claim(id: string, life: number): Promise<SlotClaim | undefined>;
  /** The oldest petition of an environment that waits to be taken in. */
  nextLetter(id: string): Promise<Letter<Petition> | undefined>;
  postponeLetter(position: number, until: { readonly tries: number; readonly notBefore: Date }): Promise<void>;
  /** The intent alone: read before every create. */
  intent(id: string): Promise<Intent | undefined>;
  /** Resources of one life, in the order they were first asked for. */
  resources(id: string, life: number): Promise<readonly ResourceRecord[]>;
  /** Inserts or replaces by key; `askedAt` of an existing row is kept. */
  saveResource(id: string, life: number, resource: ResourceRecord): Promise<void>;
  /** Workflow runs of one life, in the order they were first asked for. */
  runs(id: string, life: number): Promise<readonly WorkflowRunRecord[]>;
  /** Inserts or replaces by key; `askedAt` and `heardAt` of an existing row are kept. */
  saveRun(id: string, life: number, run: WorkflowRunRecord): Promise<void>;
  /**
   * Never touches the intent: a webhook may have changed it meanwhile. Does nothing when that life is no longer the
   * present one: a pass that ends late says nothing about the next.
   */
  saveOutcome(id: string, life: number, outcome: PassOutcome): Promise<void>;
  /** Durable memory of what was published on the pull request. */
  publications(id: string): PublicationMemory;
  appendEvent(event: AuditEvent): Promise<void>;
  /** Of the pull request's commits, in all lives of its environment, oldest first. */
  approvals(id: string): Promise<readonly Approval[]>;
  /** Oldest first. */
  events(id: string): Promise<readonly AuditEvent[]>;
}
