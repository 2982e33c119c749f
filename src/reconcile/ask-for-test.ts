import { nearest } from '../domain/nearest.ts';
import { phaseOf } from '../domain/phase.ts';
import type { ReplyMessage } from './reply.ts';
import { standingLines } from './status.ts';
import type { EnvironmentRecord } from './store.ts';
import { askedRun, isOpen, type WorkflowRunRecord } from './workflow-run.ts';

export interface TestAsked {
  readonly record: EnvironmentRecord;
  /** Of this life. */
  readonly runs: readonly WorkflowRunRecord[];
  readonly suite: string;
  /** The commit it was asked for; null for the one that is served. */
  readonly sha: string | null;
  readonly actor: string;
  readonly now: Date;
  /** Of the environment's blueprint. */
  readonly known: readonly string[];
}

/** `run` is the row to be written; undefined when there is nothing to start. */
export interface TestAnswered {
  readonly run: WorkflowRunRecord | undefined;
  readonly message: ReplyMessage;
}

/**
 * What asking for a suite comes to. It is run against the commit that is served when it is asked for, only while the
 * environment is ready at it, and not twice at once: whoever asks again meets the run that is open.
 */
export function askForTest(asked: TestAsked): TestAnswered {
  const { record, runs, suite, known, actor, now } = asked;
  const { intent, servedSha } = record;
  if (intent.fromFork) {
    return { run: undefined, message: { kind: 'not-for-forks', suite } };
  }
  if (record.resolution !== null && !known.includes(suite)) {
    return { run: undefined, message: { kind: 'unknown-suite', suite, known, meant: nearest(suite, known) ?? null } };
  }
  const sha = asked.sha ?? servedSha;
  if (sha === null || sha !== servedSha || sha !== intent.headSha || !isReady(record)) {
    return { run: undefined, message: { kind: 'not-ready', suite, standing: standingLines(record) } };
  }
  const before = runs.filter((run) => run.kind === 'suite' && run.subject === suite && run.sha === sha);
  const open = before.find(isOpen);
  if (open) {
    return { run: undefined, message: { kind: 'test', suite, sha, already: true, link: open.link } };
  }
  const key = `suite/${suite}/${sha}/${before.length + 1}`;
  const { redeploys } = intent;
  return {
    run: askedRun({ key, kind: 'suite', subject: suite, sha, askedBy: actor, askedAt: now, redeploys }),
    message: { kind: 'test', suite, sha, already: false, link: null },
  };
}

function isReady({ intent, conditions, servedSha }: EnvironmentRecord): boolean {
  return phaseOf({ intent, conditions, servedSha: servedSha ?? undefined }) === 'ready';
}
