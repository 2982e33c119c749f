import type { Context, Probot } from 'probot';
import type { Fact, Petition } from '../../reconcile/inbox/delivery.ts';
import type { Push } from '../../reconcile/what-is-asked.ts';
import { snapshotOf } from '../pull-request-snapshot.ts';
import { deliveryOf, guarded, mayAsk } from './event.ts';
import type { HandlerPorts } from './handler-ports.ts';

/** The actions that mean something here; whatever else happens to a pull request is answered and forgotten. */
const EVENTS = [
  'pull_request.labeled',
  'pull_request.unlabeled',
  'pull_request.opened',
  'pull_request.reopened',
  'pull_request.closed',
  'pull_request.synchronize',
  'pull_request.edited',
  'pull_request.converted_to_draft',
  'pull_request.ready_for_review',
] as const;
type Payload = Context<(typeof EVENTS)[number]>['payload'];

export function listenToPullRequests(app: Probot, ports: HandlerPorts): void {
  app.on(
    [...EVENTS],
    guarded(async (context) => {
      const { pull_request: pull } = context.payload;
      const says = meaningOf(context.payload, ports);
      const delivery = says && deliveryOf(context, { number: pull.number, saidAt: happenedAt(context.payload), says });
      if (delivery) {
        await ports.intake.receive(delivery);
      }
    }),
  );
}

/** A payload that GitHub made a moment later tells a newer time of its last change, and the right one of its close. */
function happenedAt({ action, pull_request: pull }: Payload): string {
  return action === 'closed' ? (pull.closed_at ?? pull.updated_at) : pull.updated_at;
}

function meaningOf(payload: Payload, ports: HandlerPorts): Fact | Petition | undefined {
  switch (payload.action) {
    case 'labeled':
      return isOurs(payload.label, ports) ? petitionOf(payload, ports) : undefined;
    case 'opened':
    case 'reopened':
      return opened(payload, ports);
    case 'unlabeled':
      return unlabelled(payload, ports);
    case 'closed':
      return { kind: 'release', ask: { kind: 'release', reason: payload.pull_request.merged ? 'merged' : 'closed' } };
    case 'synchronize':
    case 'edited':
    case 'converted_to_draft':
    case 'ready_for_review':
      return moved(payload, ports);
  }
}

/** The label that Mayfly takes off itself at expiry says nothing new. */
function unlabelled({ label, sender }: Payload & { action: 'unlabeled' }, ports: HandlerPorts): Fact | undefined {
  return isOurs(label, ports) && sender.login !== ports.ownLogin
    ? { kind: 'release', ask: { kind: 'release', reason: 'unlabelled' } }
    : undefined;
}

/** Without the label it is news of the head, which a comment may be about. */
function opened(payload: Payload, ports: HandlerPorts): Fact | Petition | undefined {
  return petitionOf(payload, ports) ?? moved(payload, ports);
}

/** A head that moved, or a draft that is one no more, is a fact, not a trigger: it changes what is served only where something is wanted already. */
function moved(payload: Payload, ports: HandlerPorts): Fact | undefined {
  const { pull_request: pull } = payload;
  const before = payload.action === 'synchronize' ? payload.before : null;
  return pull.state === 'open'
    ? { kind: 'follow', ask: { kind: 'follow', snapshot: snapshotOf(pull), push: pushIn(payload, ports) }, before }
    : undefined;
}

/** Who can push to a branch decides what runs; a bot can only where somebody has listed it. */
function pushIn(payload: Payload, ports: HandlerPorts): Push {
  if (payload.action !== 'synchronize') {
    return { by: 'unknown' };
  }
  return mayAsk(payload, ports) ? { by: 'person' } : { by: 'bot', login: payload.sender.login };
}

/** A closed pull request cannot have an environment, whatever is stuck on it. */
function petitionOf(payload: Payload, ports: HandlerPorts): Petition | undefined {
  const { pull_request: pull } = payload;
  const asks = pull.state === 'open' && pull.labels.some((label) => isOurs(label, ports)) && mayAsk(payload, ports);
  return asks ? { kind: 'label', snapshot: snapshotOf(pull) } : undefined;
}

function isOurs(label: { readonly name: string } | undefined, { label: ours }: HandlerPorts): boolean {
  return label?.name.toLowerCase() === ours.toLowerCase();
}
