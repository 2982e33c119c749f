import type { Context, Probot } from 'probot';
import type { Ask } from '../../reconcile/what-is-asked.ts';
import { CHECK_ACTIONS } from '../report/check-actions.ts';
import { suiteOf } from '../report/suite-check.ts';
import { deliveryOf, guarded, mayAsk } from './event.ts';
import type { HandlerPorts } from './handler-ports.ts';

const DAY_SECONDS = 86_400;

type CheckContext = Context<'check_run.requested_action'> | Context<'check_run.rerequested'>;
type CheckRun = CheckContext['payload']['check_run'];

/** The three buttons of the check run, and GitHub's own "Re-run" beside them and on the check run of a suite. */
export function listenToCheckRuns(app: Probot, ports: HandlerPorts): void {
  app.on(
    'check_run.requested_action',
    guarded(async (context) => {
      await takeIn(context, ports, askOf(context.payload.requested_action?.identifier, context.payload.check_run));
    }),
  );
  app.on(
    'check_run.rerequested',
    guarded(async (context) => {
      await takeIn(context, ports, rerunOf(context.payload.check_run));
    }),
  );
}

async function takeIn(context: CheckContext, ports: HandlerPorts, ask: Ask | undefined): Promise<void> {
  const { check_run: run, repository } = context.payload;
  const number = pullRequestOf(run.external_id, repository.full_name);
  // A check run of another app may carry the same words; it is none of ours.
  if (run.app?.id !== ports.appId || number === undefined || !ask || !mayAsk(context.payload, ports)) {
    return;
  }
  // The payload does not say when the button was pushed.
  const delivery = deliveryOf(context, { number, saidAt: null, says: { kind: 'button', ask } });
  if (delivery) {
    await ports.intake.receive(delivery);
  }
}

/** Our check runs carry their environment's id, because GitHub names no pull request for a commit that several share. */
function pullRequestOf(externalId: string | null, repository: string): number | undefined {
  const [of, number = ''] = (suiteOf(externalId)?.environment ?? externalId ?? '').split('#');
  return of?.toLowerCase() === repository.toLowerCase() && /^[1-9]\d{0,9}$/.test(number) ? Number(number) : undefined;
}

function askOf(identifier: string | undefined, run: CheckRun): Ask | undefined {
  const asks = new Map<string | undefined, Ask>([
    [CHECK_ACTIONS.extend.identifier, { kind: 'extend', bySeconds: DAY_SECONDS }],
    [CHECK_ACTIONS.redeploy.identifier, redeployOf(run)],
    [CHECK_ACTIONS.destroy.identifier, { kind: 'release', reason: 'asked' }],
  ]);
  return asks.get(identifier);
}

function rerunOf(run: CheckRun): Ask {
  const suite = suiteOf(run.external_id);
  return suite ? { kind: 'test', suite: suite.suite, sha: run.head_sha } : redeployOf(run);
}

/** A button acts on the commit it stands on. When the head has moved on since, that commit is not deployed any more. */
function redeployOf(run: CheckRun): Ask {
  const heads = run.pull_requests.flatMap((pull) => (pull ? [pull.head.sha] : []));
  return heads.length > 0 && !heads.includes(run.head_sha) ? { kind: 'look' } : { kind: 'redeploy', sha: run.head_sha };
}
