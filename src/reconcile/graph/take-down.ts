import type { EnvironmentOwner } from '../../domain/environment.ts';
import { OBSERVING_KINDS, type ResourceKind } from '../../domain/resource.ts';
import type { Clock } from '../clock.ts';
import { nextLookSeconds } from '../pacing.ts';
import type { Provisioner, Provisioners, Release, Released } from '../provisioner.ts';
import type { ResourceRecord } from '../store.ts';
import { SupersededError } from '../superseded.ts';
import type { Attention } from './attention.ts';
import { type Failure, failedBy } from './failing.ts';
import type { Ledger } from './ledger.ts';
import { releasedAfter } from './release-order.ts';
import { allEnded, onceEach } from './visits.ts';

/** Where one resource stands on its way out. */
export type Leaving =
  | { readonly state: 'gone' }
  | { readonly state: 'releasing'; readonly underWay: boolean; readonly waitingFor: string }
  /** Others must go first. */
  | { readonly state: 'blocked' }
  | { readonly state: 'failed'; readonly failure: Failure };

export interface RowLeaving {
  readonly row: ResourceRecord;
  readonly leaving: Leaving;
}

export interface TakingDown {
  readonly environment: EnvironmentOwner;
  readonly provisioners: Provisioners;
  readonly ledger: Ledger;
  readonly attention: Attention<Leaving>;
  readonly clock: Clock;
  /** Reads the intent again. Throws `SupersededError` when it is no longer what this pass began with. */
  confirmIntent(): Promise<void>;
  onUnexpected(key: string, error: unknown): void;
}

const DIGEST = 'release';

/**
 * Takes every step of the way out that can be taken now for `rows`, in AWS's order. A row is struck off only when its
 * service said that the resource is not there. Safe to run again from the top at any point. Throws `SupersededError`
 * when the intent changed on the way.
 */
export async function takeDown(rows: readonly ResourceRecord[], work: TakingDown): Promise<readonly RowLeaving[]> {
  const visit = onceEach(visitOnce);

  async function visitOnce(row: ResourceRecord): Promise<Leaving> {
    for (const { kind, until } of releasedAfter(row.kind)) {
      const others = await Promise.all(rows.filter((other) => other.kind === kind).map(visit));
      if (!others.every((other) => isOut(other, until))) {
        return { state: 'blocked' };
      }
    }
    return await release(row, work);
  }

  return await allEnded(rows.map(async (row) => ({ row, leaving: await visit(row) })));
}

function isOut(leaving: Leaving, until: 'gone' | 'under-way'): boolean {
  return leaving.state === 'gone' || (until === 'under-way' && leaving.state === 'releasing' && leaving.underWay);
}

async function release(row: ResourceRecord, work: TakingDown): Promise<Leaving> {
  if (row.state === 'gone') {
    return { state: 'gone' };
  }
  if (OBSERVING_KINDS.includes(row.kind)) {
    await work.ledger.note(row.key, { state: 'gone' });
    return { state: 'gone' };
  }
  const remembered = work.attention.recall(row.key, DIGEST, work.clock.now());
  if (remembered) {
    return remembered;
  }
  try {
    return await releaseNow(row, work);
  } catch (error) {
    if (error instanceof SupersededError) {
      throw error;
    }
    return await recordFailure(row, error, work);
  }
}

async function releaseNow(
  row: ResourceRecord,
  { attention, clock, confirmIntent, environment, ledger, provisioners }: TakingDown,
): Promise<Leaving> {
  const provisioner = provisioners[row.kind] as unknown as Provisioner<ResourceKind>;
  const released: Released = {
    environment,
    key: row.key,
    kind: row.kind,
    name: row.name,
    spec: (row.spec ?? undefined) as Released['spec'],
    recorded: (row.outputs ?? undefined) as Released['recorded'],
  };
  await confirmIntent();
  const answer: Release = await provisioner.release(released);
  if (answer.state === 'absent') {
    await ledger.note(row.key, { state: 'gone' });
    return { state: 'gone' };
  }
  const leaving: Leaving = { state: 'releasing', underWay: answer.underWay, waitingFor: answer.waitingFor };
  await ledger.note(row.key, { state: 'releasing', message: answer.waitingFor });
  const now = clock.now();
  const begun = attention.since(row.key, DIGEST, now).getTime();
  const seconds = nextLookSeconds({
    elapsedSeconds: (now.getTime() - begun) / 1000,
    hintSeconds: answer.requeueAfterSeconds,
  });
  attention.settle(row.key, { digest: DIGEST, standing: leaving, now, seconds });
  return leaving;
}

async function recordFailure(
  row: ResourceRecord,
  error: unknown,
  { attention, clock, ledger, onUnexpected }: TakingDown,
): Promise<Leaving> {
  const { key } = row;
  const { failure, nextLookSeconds: seconds } = failedBy(error, { key, digest: DIGEST, attention, onUnexpected });
  const leaving: Leaving = { state: 'failed', failure };
  attention.fail(key, { digest: DIGEST, standing: leaving, now: clock.now(), seconds });
  await ledger.note(key, { state: 'releasing', message: failure.message });
  return leaving;
}
