import { parseWorkflowContract } from '../../config/workflow-contract.ts';
import { shortDigest } from '../../domain/digest.ts';
import { TerminalError } from '../../domain/failure.ts';
import { CORRELATION_INPUT, inputsToSend } from '../../domain/workflow-inputs.ts';
import type { RunDispatch, WorkflowRunRecord } from '../workflow-run.ts';
import { placeOf, type RunPass } from './run-pass.ts';

type Inputs = Readonly<Record<string, string>>;

/** A workflow that is to be run, and what it can be told. */
export interface RunRequest {
  /** `owner/name`; null for the pull request's own repository. */
  readonly repository: string | null;
  readonly workflow: string;
  /** What Mayfly can tell, and what the blueprint says on top. */
  readonly known: Inputs;
  readonly written: Inputs;
  /** In another repository, somebody who may write there. */
  readonly onBehalfOf: string;
}

interface Origin {
  readonly repository: string;
  /** The branch it is run on, and where its file is read: at the commit, where that is known. */
  readonly ref: string;
  readonly sha: string;
}

/** Works out how GitHub is to be asked for a run. Throws `TerminalError` when it need not be asked: it would refuse, or must. */
export async function dispatchOf(run: WorkflowRunRecord, request: RunRequest, pass: RunPass): Promise<RunDispatch> {
  const { workflow, known, written } = request;
  const { repository, ref, sha } = await originOf(request, pass);
  const path = `.github/workflows/${workflow}`;
  const text = await pass.forge.file({ ...placeOf(pass.record, repository), path, sha });
  const contract = text === undefined ? undefined : parseWorkflowContract(text);
  if (!contract?.inputs) {
    const lack = contract
      ? 'has no `workflow_dispatch`, so that nobody can start it'
      : 'is not there, or is no workflow';
    throw new TerminalError('WorkflowMissing', `\`${path}\` of \`${repository}\` ${lack}.`, { actor: 'author' });
  }
  const correlationId = correlationOf(run, pass);
  const told = { ...known, [CORRELATION_INPUT]: correlationId };
  return {
    at: pass.clock.now(),
    repository,
    workflow,
    ref,
    inputs: inputsToSend({ known: told, written, declared: contract.inputs }),
    correlationId,
    traceable: contract.traceable && contract.inputs.includes(CORRELATION_INPUT),
    sent: 1,
    accepted: false,
  };
}

/** The same for the same request, so that a process which died knows the run of the one before it. */
function correlationOf({ key }: WorkflowRunRecord, { record }: RunPass): string {
  return `mayfly-${shortDigest([record.identity.id, record.life, key].join(' '), 12)}`;
}

/**
 * The pull request's own workflow is that of its commit. Another repository's is that of its default branch, and only for
 * somebody who could start it there as well: the blueprint may name any repository that the app can see.
 */
async function originOf({ repository, onBehalfOf }: RunRequest, { record, workflows }: RunPass): Promise<Origin> {
  const own = record.identity.pullRequest.repository;
  const { headRef, headSha } = record.intent;
  if (repository === null || repository.toLowerCase() === own.toLowerCase()) {
    return { repository: own, ref: headRef, sha: headSha };
  }
  const place = placeOf(record, repository);
  const branch = await workflows.defaultBranch(place);
  if (branch === undefined) {
    throw new TerminalError(
      'WorkflowMissing',
      `There is no repository \`${repository}\`, or Mayfly is not installed on it.`,
      { actor: 'operator' },
    );
  }
  if (!(await workflows.mayStart(place, onBehalfOf))) {
    throw new TerminalError(
      'WorkflowForbidden',
      `\`${onBehalfOf}\` may not start workflows of \`${repository}\`: it takes \`write\` permission there.`,
      { actor: 'author' },
    );
  }
  return { repository, ref: branch, sha: branch };
}
