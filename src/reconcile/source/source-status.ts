import { isUnderWay, type SourceState, type SourceVersion, sourceDay, sourceState } from '../../domain/source.ts';
import type { SourceRequest, SourceRequests } from './source-store.ts';

/** A source as a command or a page shows it. */
export interface SourceLine {
  readonly id: string;
  readonly state: SourceState;
  /** The day whose data it holds. */
  readonly day: string;
  readonly snapshot: string;
  readonly askedBy: string;
  readonly begunAt: Date;
  /** Why it failed, or what it waits for; empty when there is nothing to say. */
  readonly message: string;
}

export interface SourceStatus {
  /** Null while it is the one that the platform document names. */
  readonly inService: SourceLine | null;
  readonly underWay: SourceLine | null;
  /** Those that are there besides. Newest first. */
  readonly others: readonly SourceLine[];
  /** Newest first. */
  readonly requests: readonly SourceRequest[];
}

/** What `mayfly source status` tells. */
export async function readSourceStatus(store: Pick<SourceRequests, 'versions' | 'requests'>): Promise<SourceStatus> {
  const [versions, requests] = await Promise.all([store.versions(), store.requests()]);
  const inService = versions.find((version) => sourceState(version) === 'in-service');
  const underWay = versions.find(isUnderWay);
  const others = versions.filter((version) => version !== inService && version !== underWay && !version.goneAt);
  return {
    inService: inService ? lineOf(inService) : null,
    underWay: underWay ? lineOf(underWay) : null,
    others: others.map(lineOf),
    requests,
  };
}

function lineOf(version: SourceVersion): SourceLine {
  const { id, snapshot, askedBy, begunAt, failure, message } = version;
  return {
    id,
    state: sourceState(version),
    day: sourceDay(version),
    snapshot: snapshot.arn,
    askedBy,
    begunAt,
    message: failure?.message ?? message,
  };
}
