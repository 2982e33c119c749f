import { TerminalError, TransientError } from '../../domain/failure.ts';
import { dueWarning, nextDeadline } from '../../domain/ttl.ts';
import { dated } from '../report/conditions.ts';
import type { PassView } from '../report/pass-view.ts';
import { reportOf } from '../report/report-of.ts';
import type { EnvironmentReport } from '../reporter.ts';
import type { EnvironmentRecord } from '../store.ts';
import type { PassPorts, PassSettings } from './ports.ts';
import { soonest } from './soonest.ts';

/** When GitHub could not be told, and did not say when to try again. */
const PUBLISH_AGAIN_SECONDS = 10;
/** When GitHub refused for good, which an operator may have mended by then. */
const REFUSED_AGAIN_SECONDS = 300;

export interface Conclusion {
  /** Seconds until the next pass; null when only an event can bring news. */
  readonly requeueAfterSeconds: number | null;
  /** Nothing more will ever happen in this life, and the pull request says so. */
  readonly over: boolean;
}

/** Writes down what a pass found out, and has the pull request say it. A GitHub that cannot be reached holds up nothing but itself. */
export async function conclude(
  record: EnvironmentRecord,
  view: PassView,
  { ports, settings }: { ports: PassPorts; settings: PassSettings },
): Promise<Conclusion> {
  const { store, clock } = ports;
  const now = clock.now();
  const conditions = dated(view.findings, record.conditions, now);
  const { id } = record.identity;
  const observedGeneration = record.intent.generation;
  await store.saveOutcome(id, record.life, { ...view.outcome, observedGeneration, conditions });
  if (view.outcome.servedSha) {
    const details = { sha: view.outcome.servedSha };
    await store.appendEvent({ environmentId: id, at: now, actor: 'mayfly', action: 'serving', details });
  }
  const reached: EnvironmentRecord = { ...record, ...view.outcome, conditions };
  const warning = warningOf(reached, now);
  const { label } = settings;
  const bounds = view.plan ? (view.plan.database?.automatic ?? null) : undefined;
  const cost = await ports.meter?.look(reached, await rowsOf(view, reached, ports), bounds);
  const report = reportOf({ record: reached, conditions, view, now, label, warning, cost });
  const again = await publish(report, reached, ports);
  return {
    requeueAfterSeconds: soonest([view.requeueAfterSeconds, again, secondsToDeadline(reached, now)]),
    over: reached.goneAt !== null && again === null,
  };
}

/** A pass that was refused early has not read the ledger, and what it made before costs all the same. */
async function rowsOf({ rows }: PassView, { identity, life }: EnvironmentRecord, { store }: PassPorts) {
  return rows.length > 0 ? rows : await store.resources(identity.id, life);
}

/** Seconds after which to publish again; null when the pull request says what the report says. */
async function publish(
  report: EnvironmentReport,
  record: EnvironmentRecord,
  { store, reporter, onUnexpected }: PassPorts,
): Promise<number | null> {
  const { id } = record.identity;
  try {
    await reporter.publish(report, store.publications(id));
  } catch (error) {
    if (error instanceof TransientError) {
      return error.retryAfterSeconds ?? PUBLISH_AGAIN_SECONDS;
    }
    onUnexpected(`publishing ${id}`, error);
    if (error instanceof TerminalError) {
      // Where the repository is gone, or the app was taken from it, nobody is left to be told of the end.
      return record.goneAt ? null : REFUSED_AGAIN_SECONDS;
    }
    return PUBLISH_AGAIN_SECONDS;
  }
  if (report.warning !== null) {
    await store.saveOutcome(id, record.life, { warningsSent: [...record.warningsSent, report.warning] });
  }
  return null;
}

/** Nobody is warned of the end of a wait. */
function warningOf({ intent, admittedAt, warningsSent }: EnvironmentRecord, now: Date): number | null {
  if (intent.state === 'absent' || !admittedAt) {
    return null;
  }
  return dueWarning({ now, createdAt: admittedAt, expiresAt: intent.expiresAt, sent: warningsSent }) ?? null;
}

function secondsToDeadline({ intent }: EnvironmentRecord, now: Date): number | null {
  if (intent.state === 'absent') {
    return null;
  }
  return Math.max(1, (nextDeadline({ now, expiresAt: intent.expiresAt }).getTime() - now.getTime()) / 1000);
}
