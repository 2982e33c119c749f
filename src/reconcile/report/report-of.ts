import type { Condition } from '../../domain/condition.ts';
import { phaseOf } from '../../domain/phase.ts';
import { OBSERVING_KINDS } from '../../domain/resource.ts';
import type { CostReport } from '../cost/cost-report.ts';
import type { Failure } from '../graph/failing.ts';
import type { EnvironmentReport, FailureReport, ReceiptLine, SlotHolder, SuiteReport } from '../reporter.ts';
import type { EnvironmentRecord } from '../store.ts';
import type { WorkflowRunRecord } from '../workflow-run.ts';
import { minutesLeft } from './estimate.ts';
import type { PassView } from './pass-view.ts';
import { databaseOf, servicesOf } from './services.ts';
import { stepsDown, stepsUp } from './steps.ts';

/** Pauses shorter than this come and go without anybody having to know. */
const WORTH_TELLING_SECONDS = 15;

export interface Reported {
  /** As the pass left it. */
  readonly record: EnvironmentRecord;
  readonly conditions: readonly Condition[];
  readonly view: PassView;
  readonly now: Date;
  readonly label: string;
  readonly warning: number | null;
  readonly cost?: CostReport | undefined;
}

/** Pure: everything people are shown, from what a pass found out. */
export function reportOf({ record, conditions, view, ...told }: Reported): EnvironmentReport {
  const { identity, installationId, intent, servedSha, createdAt, readyAt, goneAt } = record;
  const { now } = told;
  const down = intent.state === 'absent';
  return {
    environment: identity,
    installationId,
    ...told,
    phase: phaseOf({ intent, conditions, servedSha: servedSha ?? undefined }),
    owner: intent.owner,
    owners: view.plan?.owners ?? [],
    headSha: intent.headSha,
    baseRef: intent.baseRef,
    servedSha,
    createdAt,
    readyAt,
    expiresAt: intent.expiresAt,
    goneAt,
    releaseReason: intent.releaseReason,
    services: servicesOf(view, record),
    database: databaseOf(view),
    migrations: view.migrations,
    conditions,
    steps: down ? stepsDown(view.leavings) : stepsUp(view.standings, view.rows),
    minutesLeft: down ? null : minutesLeft(view.standings, { rows: view.rows, since: commitReadAt(record), now }),
    failures: failuresOf(view, now),
    queue: view.queue && { ...view.queue, holders: view.queue.holders.map(holderOf), lifeSeconds: intent.lifeSeconds },
    shared: view.plan?.shared ?? [],
    refusals: view.plan?.refusals ?? [],
    receipt: down ? receiptOf(view) : [],
    suites: view.suites.map((run) => suiteReport(run, record.life)),
  };
}

function commitReadAt({ resolution, createdAt }: EnvironmentRecord): Date {
  return resolution ? new Date(resolution.readAt) : createdAt;
}

function failuresOf({ failures, standings, leavings }: PassView, now: Date): FailureReport[] {
  const before = failures.map(({ subject, failure }) => failureReport(subject, failure, now));
  const up = standings.flatMap(({ node, standing }) =>
    standing.state === 'failed' ? [failureReport(node.service ?? node.title, standing.failure, now)] : [],
  );
  const down = leavings.flatMap(({ row, leaving }) =>
    leaving.state === 'failed' ? [failureReport(row.name, leaving.failure, now)] : [],
  );
  return [...before, ...up, ...down].filter((report) => report !== undefined);
}

function failureReport(subject: string, failure: Failure, now: Date): FailureReport | undefined {
  const { reason, message, actor, details, retriesInSeconds, link } = failure;
  if (actor === 'nobody' && (retriesInSeconds ?? 0) < WORTH_TELLING_SECONDS) {
    return undefined;
  }
  const retriesAt = retriesInSeconds === null ? null : new Date(now.getTime() + retriesInSeconds * 1000);
  return { subject, reason, message, actor, details, retriesAt, ...(link && { link }) };
}

function holderOf({
  record,
  usedAt,
  idleSince,
  nearlyIdleSince,
}: NonNullable<PassView['queue']>['holders'][number]): SlotHolder {
  const { repository, number: pullRequest } = record.identity.pullRequest;
  const { title, owner, expiresAt, state } = record.intent;
  return {
    pullRequest,
    repository,
    title,
    owner,
    usedAt,
    expiresAt,
    leaving: state === 'absent',
    ...(idleSince && { idleSince }),
    ...(nearlyIdleSince && { nearlyIdleSince }),
  };
}

function receiptOf({ rows }: PassView): ReceiptLine[] {
  return rows
    .filter(({ kind }) => !OBSERVING_KINDS.includes(kind))
    .map(({ key, kind, name, askedAt, goneAt }) => ({ key, kind, name, askedAt, goneAt }));
}

function suiteReport(run: WorkflowRunRecord, life: number): SuiteReport {
  const { key, subject: suite, sha, askedBy, conclusion, link, message } = run;
  return { key, life, suite, sha, askedBy, state: stateOf(run), conclusion, link, message };
}

function stateOf({ link, startedAt, endedAt }: WorkflowRunRecord): SuiteReport['state'] {
  if (endedAt) {
    return 'ended';
  }
  if (startedAt) {
    return 'running';
  }
  return link ? 'queued' : 'asked';
}
