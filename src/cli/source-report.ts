import { isUnderWay, type SourceState, type SourceVersion, sourceDay, sourceState } from '../domain/source.ts';
import { previousOf } from '../domain/source-life.ts';
import { proofProblem } from '../domain/source-proof.ts';
import type { SourceRequest } from '../reconcile/source/source-store.ts';
import type { SourcePolicy } from './source-desk.ts';

const DAY_MILLISECONDS = 86_400_000;

/** `unchecked`: nobody said with which key. */
type PassportState = 'good' | 'bad' | 'missing' | 'unchecked';

export interface PassportStanding {
  readonly state: PassportState;
  /** What is wrong with it, as the rest of a sentence that begins with the source. */
  readonly problem: string | null;
}

export interface SourceLine {
  readonly id: string;
  readonly state: SourceState;
  /** The day whose data it holds. */
  readonly day: string;
  readonly askedBy: string;
  readonly begunAt: Date;
  readonly servedAt: Date | null;
  readonly passport: PassportStanding;
  /** What it waits for, or why it failed; null when there is nothing to say. */
  readonly message: string | null;
}

export interface SourceReport {
  readonly inService: SourceLine | null;
  readonly underWay: SourceLine | null;
  /** `until`: null where nobody said how long it stays. It stays longer while environments are clones of it. */
  readonly previous: (SourceLine & { readonly until: Date | null }) | null;
  /** Those that are still there, and those that failed since the one in service was begun. Newest first. */
  readonly failed: readonly SourceLine[];
  readonly leaving: readonly SourceLine[];
  /** Oldest first. */
  readonly requests: readonly SourceRequest[];
}

/** What is known of sources, sorted for whoever asks where they stand. `versions` and `requests`: newest first. */
export function reportOf(known: {
  versions: readonly SourceVersion[];
  requests: readonly SourceRequest[];
  policy: SourcePolicy | undefined;
}): SourceReport {
  const { versions, requests, policy } = known;
  const line = (version: SourceVersion | undefined): SourceLine | null => (version ? lineOf(version, policy) : null);
  const current = versions.find((version) => sourceState(version) === 'in-service');
  const previous = previousOf(versions);
  const isNews = ({ begunAt, goneAt }: SourceVersion): boolean => !goneAt || !current || begunAt > current.begunAt;
  const lines = (chosen: readonly SourceVersion[]) => chosen.map((version) => lineOf(version, policy));
  return {
    inService: line(current),
    underWay: line(versions.find(isUnderWay)),
    previous: previous ? { ...lineOf(previous, policy), until: until(previous, policy) } : null,
    failed: lines(versions.filter((version) => version.failure && isNews(version))),
    leaving: lines(versions.filter((version) => sourceState(version) === 'retiring')),
    requests: requests.filter(({ settledAt }) => settledAt === null).toReversed(),
  };
}

function lineOf(version: SourceVersion, policy: SourcePolicy | undefined): SourceLine {
  const { id, askedBy, begunAt, servedAt, failure, message } = version;
  const said = failure?.message ?? message;
  return {
    id,
    state: sourceState(version),
    day: sourceDay(version),
    askedBy,
    begunAt,
    servedAt,
    passport: passportStanding(version, policy?.publicKey),
    message: said === '' ? null : said,
  };
}

/** What a source's passport is worth, by the key of the platform. */
export function passportStanding(
  { id, passport }: Pick<SourceVersion, 'id' | 'passport'>,
  publicKey: string | undefined,
): PassportStanding {
  if (!passport) {
    return { state: 'missing', problem: 'has no passport' };
  }
  if (publicKey === undefined) {
    return { state: 'unchecked', problem: null };
  }
  const problem = proofProblem(id, passport, publicKey);
  return problem === undefined ? { state: 'good', problem: null } : { state: 'bad', problem };
}

function until({ replacedAt }: SourceVersion, policy: SourcePolicy | undefined): Date | null {
  return replacedAt && policy?.keepDays !== undefined
    ? new Date(replacedAt.getTime() + policy.keepDays * DAY_MILLISECONDS)
    : null;
}
