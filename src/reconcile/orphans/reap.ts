import { TransientError } from '../../domain/failure.ts';
import type { Clock } from '../clock.ts';
import { type Attention, createAttention } from '../graph/attention.ts';
import type { Leaving, RowLeaving } from '../graph/take-down.ts';
import type { Provisioners } from '../provisioner.ts';
import { SupersededError } from '../superseded.ts';
import { type EnvironmentEstate, type EstateReader, ownerKey } from './estate.ts';
import { judge, type Verdict } from './judge.ts';
import type { Left, ReapedEnvironment, ReapReport } from './reap-report.ts';
import { releaseThings } from './release-things.ts';

export interface ReapParts {
  readonly estate: EstateReader;
  readonly provisioners: Provisioners;
  readonly clock: Clock;
  /** After its expiry, how long an environment is left to Mayfly. */
  readonly graceSeconds: number;
  /** Only says what it would do. */
  readonly dryRun: boolean;
  /** What is left of the time that this run has. */
  remainingSeconds(): number;
  /** Lets seconds pass. */
  pause(seconds: number): Promise<void>;
  onUnexpected(where: string, error: unknown): void;
}

/** A look at everything and one step of each environment take less than this, unless AWS is slow. */
const ROUND_SECONDS = 75;
/** What is kept of a run's time for saying what it did. */
const LAST_SECONDS = 15;
const LONGEST_PAUSE_SECONDS = 60;
const SHORTEST_PAUSE_SECONDS = 1;
/** A service that did not answer is asked again after this, while there is time. */
const AGAIN_SECONDS = 10;

/**
 * Finds environments whose time is over and takes them down, as far as the time goes. It needs nothing but AWS and
 * remembers nothing: each round looks at everything and judges it anew, whether it is the first of a run or goes on where
 * another left off. So two may run at once, beside Mayfly, and any may be killed at any point. Throws when AWS does not
 * tell what there is.
 */
export async function reap(parts: ReapParts): Promise<ReapReport> {
  const reports = new Map<string, ReapedEnvironment>();
  const attentions = new Map<string, Attention<Leaving>>();
  let seen = 0;
  for (;;) {
    const estates = await readPatiently(parts);
    seen = Math.max(seen, estates.length);
    noteCleared(reports, estates);
    let pause: number | null = null;
    for (const estate of estates) {
      const key = ownerKey(estate.owner);
      const attention = attentions.get(key) ?? createAttention<Leaving>();
      attentions.set(key, attention);
      const { report, again } = await attendTo(estate, { parts, attention, before: reports.get(key) });
      if (report) {
        reports.set(key, report);
      }
      pause = again === null ? pause : Math.min(pause ?? LONGEST_PAUSE_SECONDS, again);
    }
    if (pause === null || parts.remainingSeconds() < ROUND_SECONDS + pause) {
      return { at: parts.clock.now(), dryRun: parts.dryRun, seen, environments: [...reports.values()] };
    }
    await parts.pause(Math.max(pause, SHORTEST_PAUSE_SECONDS));
  }
}

async function readPatiently({ estate, pause, remainingSeconds }: ReapParts): Promise<readonly EnvironmentEstate[]> {
  for (;;) {
    try {
      return await estate.read([]);
    } catch (error) {
      if (!(error instanceof TransientError) || remainingSeconds() < ROUND_SECONDS + AGAIN_SECONDS) {
        throw error;
      }
      await pause(AGAIN_SECONDS);
    }
  }
}

/** What was going and is not there any more. */
function noteCleared(reports: Map<string, ReapedEnvironment>, estates: readonly EnvironmentEstate[]): void {
  const there = new Set(estates.map(({ owner }) => ownerKey(owner)));
  for (const [key, report] of reports) {
    if (report.outcome === 'going' && !there.has(key)) {
      reports.set(key, { ...report, outcome: 'cleared', left: [] });
    }
  }
}

interface Attended {
  readonly report: ReapedEnvironment | undefined;
  /** Seconds until there may be a next step; null when there is none. */
  readonly again: number | null;
}

async function attendTo(
  estate: EnvironmentEstate,
  work: { parts: ReapParts; attention: Attention<Leaving>; before: ReapedEnvironment | undefined },
): Promise<Attended> {
  const { parts, before } = work;
  const now = parts.clock.now();
  const verdict = judge(estate, { now, graceSeconds: parts.graceSeconds });
  const found = [...new Set([...(before?.found ?? []), ...estate.things.map(({ label }) => label)])].toSorted();
  const about = { owner: estate.owner, found, others: estate.others };
  if (verdict.state !== 'expired') {
    return { report: verdict.state === 'live' ? before : { ...about, ...keptBecause(verdict) }, again: null };
  }
  const { expiresAt } = verdict;
  if (parts.dryRun) {
    return { report: { ...about, outcome: 'expired', expiresAt, left: [] }, again: null };
  }
  // Looking at everything takes a minute, and so may the environments before this one.
  const overSince = new Date(now.getTime() - parts.graceSeconds * 1000);
  const leavings = await release({ ...estate, owner: { ...estate.owner, overSince } }, work);
  const left = leavings.flatMap(leftOf(estate));
  return {
    report: { ...about, outcome: 'going', expiresAt, left },
    again: secondsToNextStep(leavings, { attention: work.attention, now: parts.clock.now() }),
  };
}

/** With everything gone that there was, a next look is to see that it is. What only somebody can mend is worth none. */
function secondsToNextStep(
  leavings: readonly RowLeaving[],
  { attention, now }: { attention: Attention<Leaving>; now: Date },
): number | null {
  const moving = leavings.filter(
    ({ leaving }) => leaving.state === 'releasing' || (leaving.state === 'failed' && !isAnybodys(leaving)),
  );
  if (moving.length === 0 && leavings.some(({ leaving }) => leaving.state === 'failed')) {
    return null;
  }
  const keys = moving.map(({ row }) => row.key);
  return attention.secondsToNext(keys, now) ?? SHORTEST_PAUSE_SECONDS;
}

async function release(
  estate: EnvironmentEstate,
  { parts, attention }: { parts: ReapParts; attention: Attention<Leaving> },
): Promise<readonly RowLeaving[]> {
  try {
    return await releaseThings(estate.owner, estate.things, {
      provisioners: parts.provisioners,
      attention,
      clock: parts.clock,
      async confirm() {
        if (parts.remainingSeconds() < LAST_SECONDS) {
          throw new SupersededError();
        }
        return await Promise.resolve();
      },
      onUnexpected: (where, error) => parts.onUnexpected(where, error),
    });
  } catch (error) {
    if (error instanceof SupersededError) {
      // What was begun goes on in AWS; the next run looks.
      return [];
    }
    throw error;
  }
}

function leftOf(estate: EnvironmentEstate): (of: RowLeaving) => Left[] {
  return ({ row, leaving }) => {
    const what = estate.things.find(({ kind, name }) => kind === row.kind && name === row.name)?.label ?? row.name;
    switch (leaving.state) {
      case 'gone':
        return [];
      case 'blocked':
        return [{ what, why: 'waits for others to go first', needsSomebody: false }];
      case 'releasing':
        return [{ what, why: `waits for ${leaving.waitingFor}`, needsSomebody: false }];
      case 'failed':
        return [{ what, why: leaving.failure.message, needsSomebody: isAnybodys(leaving) }];
    }
  };
}

function isAnybodys({ failure }: Extract<Leaving, { state: 'failed' }>): boolean {
  return failure.actor !== 'nobody' || failure.reason === 'Unexpected';
}

function keptBecause(
  verdict: Extract<Verdict, { state: 'protected' | 'unreadable' }>,
): Pick<ReapedEnvironment, 'outcome' | 'expiresAt' | 'left'> {
  if (verdict.state === 'protected') {
    const left = verdict.by.map((what) => ({ what, why: 'is tagged Protect', needsSomebody: false }));
    return { outcome: 'protected', expiresAt: verdict.expiresAt, left };
  }
  const left = verdict.things.map((what) => ({ what, why: 'has no readable TTL', needsSomebody: false }));
  return { outcome: 'unreadable', expiresAt: null, left };
}
