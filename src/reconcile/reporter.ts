import type { Shortage } from '../domain/budget.ts';
import type { Condition } from '../domain/condition.ts';
import type { EnvironmentIdentity } from '../domain/environment.ts';
import type { Actor } from '../domain/failure.ts';
import type { ReleaseReason } from '../domain/intent.ts';
import type { Phase } from '../domain/phase.ts';
import type { ImageOrigin } from '../domain/resource.ts';
import type { CostReport } from './cost/cost-report.ts';
import type { PreflightReport } from './database/preflight-report.ts';
import type { SeenDifference } from './database/schema-memory.ts';
import type { RunConclusion, RunLink } from './workflow-run.ts';

/** Where one step of the way up or down stands. */
export interface StepReport {
  /** The resource's key. */
  readonly key: string;
  /** For people: `Clone of the database`. */
  readonly title: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  /** `image api:pr-ec021a6 (not in the registry yet)`; empty when there is nothing to say. */
  readonly waitingFor: string;
  /** The run that is building what it waits for. */
  readonly building?: RunLink;
}

export interface ServiceReport {
  readonly name: string;
  /** Public addresses, the first one first; none for a service reached only inside. */
  readonly urls: readonly string[];
  readonly state: 'waiting' | 'starting' | 'ready' | 'failing';
  /** Null until the image is known. `tag` is what people recognise: `ec021a6`. */
  readonly image: { readonly tag: string; readonly origin: ImageOrigin } | null;
}

/** Why it is not well: one sentence, who acts, and lines of evidence (log lines; data, never markup). */
export interface DatabaseReport {
  /** What the source holds: a day, or its identifier. */
  readonly source: string;
  /** Whether a passport proves that it is masked; null for a source that Mayfly did not make. */
  readonly passport: boolean | null;
  readonly capacity: string;
  readonly endpoint: string | null;
}

/** What is known of its migrations: before they run, and after. */
export interface MigrationsReport {
  /** Null while nothing is known of the source. */
  readonly preflight: PreflightReport | null;
  /** By how much the clone differs from its source once the head's migrations ran; null while nobody looked. */
  readonly difference: SeenDifference | null;
}

export interface FailureReport {
  readonly subject: string;
  readonly reason: string;
  readonly message: string;
  readonly actor: Actor;
  readonly details: readonly string[];
  /** When Mayfly tries again by itself; null when it waits for somebody. */
  readonly retriesAt: Date | null;
  /** The workflow run that it was, where it was one. */
  readonly link?: RunLink;
}

/** One run of a suite of tests. */
export interface SuiteReport {
  /** Unique in the environment's life. */
  readonly key: string;
  readonly life: number;
  readonly suite: string;
  /** The commit it tests. */
  readonly sha: string;
  readonly askedBy: string;
  readonly state: 'asked' | 'queued' | 'running' | 'ended';
  /** Null until it ended. */
  readonly conclusion: RunConclusion | null;
  readonly link: RunLink | null;
  /** Why it was not started or does not count; empty when there is nothing to say. */
  readonly message: string;
}

/** Somebody who holds a slot while this environment waits. */
export interface SlotHolder {
  readonly pullRequest: number;
  readonly repository: string;
  readonly title: string;
  readonly owner: string;
  /** When somebody last did something with it. */
  readonly usedAt: Date;
  /** To the hour, since when nobody is connected to its database; missing or null where somebody is, or it is not known. */
  readonly idleSince?: Date | null | undefined;
  /** The same of one to which somebody may be connected who asks next to nothing of it. */
  readonly nearlyIdleSince?: Date | null | undefined;
  readonly expiresAt: Date;
  /** It is being removed: its slot is free soon. */
  readonly leaving: boolean;
}

/** Where an environment that waits for a slot, or for room, stands. */
export interface QueueReport {
  /** 1 for the next. */
  readonly place: number;
  readonly limit: number;
  /** In what there is no room; null where it is a slot that is waited for. */
  readonly shortage: Shortage | null;
  /** Who has the slots, or has something of what is full; oldest first. */
  readonly holders: readonly SlotHolder[];
  /** How long it is to live from when it gets its slot. */
  readonly lifeSeconds: number;
}

export interface ReceiptLine {
  readonly key: string;
  readonly kind: string;
  readonly name: string;
  readonly askedAt: Date;
  /** Null while it was not yet seen gone. */
  readonly goneAt: Date | null;
}

/** Everything that people are shown of an environment; a pure function of what is known, so that equal states read equal. */
export interface EnvironmentReport {
  readonly environment: EnvironmentIdentity;
  readonly installationId: number;
  readonly now: Date;
  readonly phase: Phase;
  readonly label: string;
  readonly owner: string;
  /** Logins and `owner/team`s to tell when the owner is a bot, as the blueprint lists them. */
  readonly owners: readonly string[];
  readonly headSha: string;
  /** The branch it is to be merged into: where untouched services' images come from. */
  readonly baseRef: string;
  readonly servedSha: string | null;
  readonly createdAt: Date;
  readonly readyAt: Date | null;
  /** While it waits for a slot, how long it waits. */
  readonly expiresAt: Date;
  readonly goneAt: Date | null;
  readonly releaseReason: ReleaseReason | null;
  readonly services: readonly ServiceReport[];
  readonly database: DatabaseReport | null;
  /** Null where the blueprint names no migrations, or nothing is known of them. */
  readonly migrations: MigrationsReport | null;
  readonly conditions: readonly Condition[];
  readonly steps: readonly StepReport[];
  /** Whole minutes until it is probably ready; null when nothing can be said. */
  readonly minutesLeft: number | null;
  readonly failures: readonly FailureReport[];
  readonly queue: QueueReport | null;
  /** Things this environment shares with others, as the blueprint words them. */
  readonly shared: readonly string[];
  /** What a fork's commit asked for and is not given, a sentence each. */
  readonly refusals: readonly string[];
  readonly receipt: readonly ReceiptLine[];
  /** Oldest first. */
  readonly suites: readonly SuiteReport[];
  /** Hours left (48, 24 or 4) of which the owner is to be told now. */
  readonly warning: number | null;
  /** Missing where nothing is known of prices. */
  readonly cost?: CostReport | undefined;
}

/** A suite's check run goes by the life and the key of its run. */
export type PublicationKind =
  | 'comment'
  | 'check'
  | 'deployment'
  | 'deployment-status'
  | 'warning'
  | `check/${number}/${string}`;

/** What was last published of one kind, and how it is known on the other side. */
export interface Publication {
  readonly externalId: string;
  /** Of the content: equal digests need no call. */
  readonly digest: string;
  /** The commit it stands on, where that matters; empty otherwise. */
  readonly sha: string;
}

export interface PublicationMemory {
  get(kind: PublicationKind): Promise<Publication | undefined>;
  put(kind: PublicationKind, publication: Publication): Promise<void>;
}

/**
 * Makes the pull request say what the report says: one comment, one check run for each commit and each run of a suite,
 * one deployment. Safe to repeat; when memory was lost, what is already there is found again by marker and authorship. Throws `TransientError`
 * and `TerminalError`.
 */
export interface Reporter {
  publish(report: EnvironmentReport, memory: PublicationMemory): Promise<void>;
}
