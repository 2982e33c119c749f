import { suiteInputs } from '../../domain/workflow-inputs.ts';
import { knownOf } from '../graph/known.ts';
import { isServing } from '../graph/standing.ts';
import type { Plan } from '../plan/plan.ts';
import type { PassView } from '../report/pass-view.ts';
import type { EnvironmentRecord } from '../store.ts';
import { isOpen, type WorkflowRunRecord } from '../workflow-run.ts';
import { advanceRun, end } from './advance-run.ts';
import { attendRun } from './attend-run.ts';
import { type RunPass, type RunsOfPass, runPassOf } from './run-pass.ts';
import type { RunRequest } from './run-request.ts';
import { voidRun } from './void-run.ts';

export interface Runs {
  readonly runs: readonly WorkflowRunRecord[];
  /** Seconds until one of them is to be looked at; null when none is. */
  readonly requeueAfterSeconds: number | null;
}

/** Starts the suites that were asked for, sees how they go, and voids those of a commit that is not wanted any more. */
export async function attendSuites(of: RunsOfPass, { plan, standings }: PassView): Promise<Runs> {
  const { record, ports, attention } = of;
  const all = await ports.store.runs(record.identity.id, record.life);
  const pass = runPassOf(of);
  const watch = { attention, onUnexpected: ports.onUnexpected };
  const runs: WorkflowRunRecord[] = [];
  for (const run of all.filter(({ kind }) => kind === 'suite')) {
    const stale = staleness(run, record);
    const step = async (open: WorkflowRunRecord): Promise<WorkflowRunRecord> => {
      if (stale !== undefined) {
        return await voidRun(open, stale, pass);
      }
      // What is under way needs nothing of the environment; what is not waits until that is as it was when it was asked for.
      const mayStart = standings.length > 0 && isServing(standings);
      return plan && (open.dispatch || mayStart) ? await test(open, { plan, standings }, pass) : open;
    };
    runs.push(await attendRun(run, step, { pass, watch }));
  }
  const open = runs.filter(isOpen).map(({ key }) => key);
  return { runs, requeueAfterSeconds: attention.secondsToNext(open, ports.clock.now()) };
}

/** Why a run says nothing of this environment any longer; undefined while it does. */
function staleness({ sha }: WorkflowRunRecord, { intent }: EnvironmentRecord): string | undefined {
  if (intent.state === 'absent') {
    return 'The environment is being removed.';
  }
  return sha === intent.headSha
    ? undefined
    : `\`${intent.headSha.slice(0, 7)}\` is deployed in place of \`${sha.slice(0, 7)}\`, which it set out to test.`;
}

async function test(
  run: WorkflowRunRecord,
  { plan, standings }: { plan: Plan; standings: PassView['standings'] },
  pass: RunPass,
): Promise<WorkflowRunRecord> {
  const suite = plan.suites[run.subject];
  if (!suite) {
    const message = `The blueprint has no suite \`${run.subject}\` at this commit.`;
    return await end(run, { conclusion: 'not-started', message }, pass);
  }
  const request = (): RunRequest => ({
    ...suite,
    known: suiteInputs({
      suite: run.subject,
      environment: pass.record.identity.name,
      sha: run.sha,
      urls: Object.fromEntries(
        plan.services.flatMap(({ name, urls: [url] }) => (url === undefined ? [] : [[name, url]])),
      ),
    }),
    written: suite.inputs(knownOf(standings)),
    onBehalfOf: run.askedBy,
  });
  return await advanceRun(run, request, pass);
}
