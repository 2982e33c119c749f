import { hasPermission, type Permission } from '../permission.ts';
import type { EventFacts, EventPayload } from './event.ts';
import type { HandlerPorts } from './handler-ports.ts';

/** Who cannot be asked about: a bot, or nobody. */
export function isBot({ sender }: Pick<EventPayload, 'sender'>): boolean {
  return sender === undefined || sender.type === 'Bot' || sender.login.endsWith('[bot]');
}

/** Whether a bot may be obeyed. GitHub has no permissions for bots as collaborators, so the list alone decides. */
export function isAllowedBot(
  login: string,
  { allowedBots, ownLogin }: Pick<HandlerPorts, 'allowedBots' | 'ownLogin'>,
): boolean {
  return login !== ownLogin && allowedBots.some((allowed) => allowed.toLowerCase() === login.toLowerCase());
}

/** Whether whoever caused the event may ask for something. Asks GitHub at most once, and never about a bot. */
export async function isAuthorised(
  payload: EventPayload,
  facts: EventFacts,
  { ports, needed }: { ports: HandlerPorts; needed: Permission },
): Promise<boolean> {
  if (isBot(payload)) {
    return isAllowedBot(facts.actor, ports);
  }
  const octokit = await ports.octokits.forInstallation(facts.installationId);
  return await hasPermission(octokit, {
    repository: facts.pullRequest.repository,
    login: facts.actor,
    needed,
  });
}
