import type { SourceVersion } from '../../domain/source.ts';

export type SourceRequestKind = 'refresh' | 'rollback';

/** What somebody asked for, or the schedule. */
export interface SourceRequest {
  readonly id: number;
  readonly kind: SourceRequestKind;
  /** A login, or `schedule`. */
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly settledAt: Date | null;
  /** What became of it, a sentence; before that what it waits for, or empty. */
  readonly outcome: string;
}

export interface Settlement {
  readonly id: number;
  readonly outcome: string;
}

/** `askedAt`: of whoever has a clock to go by; without it, the store's own clock says when. */
export type AskedForSource = Pick<SourceRequest, 'kind' | 'askedBy'> & Partial<Pick<SourceRequest, 'askedAt'>>;

/** What a command needs: asking, and seeing what became of it. */
export interface SourceRequests {
  ask(asked: AskedForSource): Promise<SourceRequest>;
  /** Newest first, at most fifty. */
  requests(): Promise<readonly SourceRequest[]>;
  /** Newest first. Those that are gone are kept as a history. */
  versions(): Promise<readonly SourceVersion[]>;
}

/** What is known of sources, and which one is in service. Every method is a transaction of its own. */
export interface SourceStore extends SourceRequests {
  /** One in service at most. */
  inService(): Promise<SourceVersion | undefined>;
  version(id: string): Promise<SourceVersion | undefined>;
  /** Not settled, oldest first. */
  openRequests(): Promise<readonly SourceRequest[]>;
  /** Says what it waits for. Nothing is written of one that is settled. */
  noteRequest(id: number, outcome: string): Promise<void>;
  settleRequest(id: number, end: { readonly outcome: string; readonly at: Date }): Promise<void>;
  /**
   * Asks for a refresh, once for each `due`, whoever calls and how often. The first `due` ever seen is only noted: a
   * schedule begins when it is first read.
   */
  askBySchedule(due: Date, now: Date): Promise<void>;
  /** False when one is under way, or there is one of this id. */
  begin(version: SourceVersion): Promise<boolean>;
  /** Writes it with its revision one up; false, and nothing is written, when it has been written since it was read. */
  save(version: SourceVersion): Promise<boolean>;
  /**
   * Moves the pointer to a version, as it was read, says of the one before that it was replaced, and settles the request
   * that asked for it; false, and nothing is written, when that version has been written since.
   */
  promote(version: SourceVersion, end: { readonly at: Date; readonly settles?: Settlement }): Promise<boolean>;
  /** Ids of live environments whose database is, or was asked for as, a clone of it. */
  clonesOf(id: string): Promise<readonly string[]>;
  /** True for one of many callers in `everySeconds`. */
  claimLook(now: Date, everySeconds: number): Promise<boolean>;
}
