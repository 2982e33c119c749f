import { digestOf } from '../../domain/digest.ts';
import { buildInputs, CORRELATION_INPUT } from '../../domain/workflow-inputs.ts';
import { knownOf } from '../graph/known.ts';
import type { PlannedBuild, PlannedImage } from '../plan/plan.ts';
import type { EnvironmentRecord } from '../store.ts';
import { askedRun, isOpen, type RunDispatch, type WorkflowRunRecord } from '../workflow-run.ts';
import type { RunRequest } from './run-request.ts';

type Runs = readonly WorkflowRunRecord[];

/**
 * The row of the build that an image waits for, or a new one: the first time that it is missing at a commit, and when
 * somebody had the same commit deployed again after a build that brought no image. A tag need not name the commit, so
 * the same image may be missing at several.
 */
export function buildOf(
  image: PlannedImage,
  rows: Runs,
  of: { record: EnvironmentRecord; now: Date },
): WorkflowRunRecord {
  const { headSha: sha, redeploys } = of.record.intent;
  const before = rows.filter(({ kind, subject }) => kind === 'build' && subject === image.name);
  const last = before.findLast((row) => row.sha === sha);
  if (last && (isOpen(last) || last.redeploys >= redeploys)) {
    return last;
  }
  const key = `build/${image.service}/${image.name}/${before.length + 1}`;
  return askedRun({ key, kind: 'build', subject: image.name, sha, askedBy: 'mayfly', askedAt: of.now, redeploys });
}

export function buildRequest(build: PlannedBuild, image: PlannedImage, { intent }: EnvironmentRecord): RunRequest {
  return {
    ...build,
    known: buildInputs({ service: image.service, tag: image.tag, sha: intent.headSha }),
    written: build.inputs(knownOf([])),
    onBehalfOf: intent.owner,
  };
}

/** Another image's row whose run was asked for in the same words, which may not name the commit: one run builds both. */
export function twinOf(run: WorkflowRunRecord, dispatch: RunDispatch, rows: Runs): WorkflowRunRecord | undefined {
  return rows.find(
    (other) =>
      other.sha === run.sha &&
      other.redeploys === run.redeploys &&
      other.dispatch &&
      wordsOf(other.dispatch) === wordsOf(dispatch),
  );
}

/** The row that the run was started for: itself, unless it follows a twin. */
export function leaderOf(run: WorkflowRunRecord, rows: Runs): WorkflowRunRecord {
  const id = run.dispatch?.correlationId;
  return (id === undefined ? undefined : rows.find(({ dispatch }) => dispatch?.correlationId === id)) ?? run;
}

export function following(run: WorkflowRunRecord, leader: WorkflowRunRecord): WorkflowRunRecord {
  const { dispatch, link, startedAt, endedAt, conclusion, message } = leader;
  return { ...run, dispatch, link, startedAt, endedAt, conclusion, message };
}

function wordsOf({ repository, workflow, ref, inputs }: RunDispatch): string {
  return digestOf({ repository, workflow, ref, inputs: { ...inputs, [CORRELATION_INPUT]: '' } });
}
