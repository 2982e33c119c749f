import type { Context, Probot } from 'probot';
import type { Ask, IntakeEvent } from '../../reconcile/intake.ts';
import { snapshotOf } from '../pull-request-snapshot.ts';
import { isAuthorised, isBot } from './authorise.ts';
import { type EventFacts, factsOf, guarded } from './event.ts';
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

/**
 * `fact`: something happened to the pull request, whoever did it, bots included. `request`: somebody asks for an
 * environment, and has to be allowed to.
 */
type Meaning =
  | { readonly kind: 'fact'; readonly ask: Ask }
  | { readonly kind: 'request'; readonly ask: Ask }
  | undefined;

export function listenToPullRequests(app: Probot, ports: HandlerPorts): void {
  app.on(
    [...EVENTS],
    guarded(async (context) => {
      const facts = factsOf(context, context.payload.pull_request.number);
      const meaning = facts && meaningOf(context.payload, ports);
      if (!facts || !meaning) {
        return;
      }
      if (await mayBeTaken(context.payload, facts, { meaning, ports })) {
        await ports.intake.receive({ ...facts, asks: [meaning.ask] });
      } else if (!isBot(context.payload)) {
        await ports.intake.receive({ ...facts, asks: [], comment: refusalOf(facts, ports) });
      }
    }),
  );
}

/** People are told why nothing comes of their label; a bot would not read it, and may label thirty pull requests a week. */
function refusalOf(
  { actor }: EventFacts,
  { label, labelPermission }: HandlerPorts,
): NonNullable<IntakeEvent['comment']> {
  const refusal = { kind: 'not-allowed', login: actor, needed: labelPermission, label } as const;
  return { id: null, messages: [refusal], understood: false };
}

async function mayBeTaken(
  payload: Payload,
  facts: EventFacts,
  { meaning, ports }: { meaning: NonNullable<Meaning>; ports: HandlerPorts },
): Promise<boolean> {
  return meaning.kind === 'fact' || (await isAuthorised(payload, facts, { ports, needed: ports.labelPermission }));
}

function meaningOf(payload: Payload, ports: HandlerPorts): Meaning {
  switch (payload.action) {
    case 'labeled':
      return isOurs(payload.label, ports) ? requestFor(payload, ports) : undefined;
    case 'opened':
    case 'reopened':
      return requestFor(payload, ports);
    case 'unlabeled':
      return unlabelled(payload, ports);
    case 'closed':
      return { kind: 'fact', ask: { kind: 'release', reason: payload.pull_request.merged ? 'merged' : 'closed' } };
    case 'synchronize':
    case 'edited':
    case 'converted_to_draft':
    case 'ready_for_review':
      return moved(payload);
  }
}

/** The label that Mayfly takes off itself at expiry says nothing new. */
function unlabelled({ label, sender }: Payload & { action: 'unlabeled' }, ports: HandlerPorts): Meaning {
  return isOurs(label, ports) && sender.login !== ports.ownLogin
    ? { kind: 'fact', ask: { kind: 'release', reason: 'unlabelled' } }
    : undefined;
}

/** A head that moved, or a draft that is one no more, is a fact, not a trigger: it changes what is served only where something is wanted already. */
function moved({ pull_request: pull }: Payload): Meaning {
  return pull.state === 'open' ? { kind: 'fact', ask: { kind: 'follow', snapshot: snapshotOf(pull) } } : undefined;
}

/** A closed pull request cannot have an environment, whatever is stuck on it. */
function requestFor({ pull_request: pull }: Payload, ports: HandlerPorts): Meaning {
  return pull.state === 'open' && pull.labels.some((label) => isOurs(label, ports))
    ? { kind: 'request', ask: { kind: 'want', snapshot: snapshotOf(pull) } }
    : undefined;
}

function isOurs(label: { readonly name: string } | undefined, { label: ours }: HandlerPorts): boolean {
  return label?.name.toLowerCase() === ours.toLowerCase();
}
