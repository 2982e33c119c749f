import type { Letter, Petition } from './delivery.ts';

/** What somebody must be allowed to do on the repository. Each one includes those before it. */
export type Permission = 'triage' | 'write';

/** Asks the forge, now, who may do what. Throws `TransientError` and `TerminalError`: no answer is no permission. */
export interface Permissions {
  has(person: {
    readonly repository: string;
    readonly installationId: number;
    readonly login: string;
    readonly needed: Permission;
  }): Promise<boolean>;
}

export interface WhoMay {
  /** What labelling takes: `write`, or `triage`, which GitHub itself demands for it. */
  readonly labelPermission: Permission;
  /** Logins of bots that may ask for an environment: `renovate[bot]`. All others are followed, never obeyed. */
  readonly allowedBots: readonly string[];
  /** The app's own login, `mayfly[bot]`: what it does itself is no news to it. */
  readonly ownLogin: string;
}

export type Authorisation = { readonly allowed: true } | { readonly allowed: false; readonly needed: Permission };

/** The one place where it is decided whether a petition is obeyed. Asks GitHub once at most, and never about a bot. */
export async function authorise(
  { sender, pullRequest, installationId, says }: Letter<Petition>,
  { permissions, whoMay }: { permissions: Permissions; whoMay: WhoMay },
): Promise<Authorisation> {
  const needed = says.kind === 'label' ? whoMay.labelPermission : 'write';
  const { repository } = pullRequest;
  const allowed = sender.isBot
    ? isAllowedBot(sender.login, whoMay)
    : await permissions.has({ repository, installationId, login: sender.login, needed });
  return allowed ? { allowed } : { allowed, needed };
}

/** GitHub has no permissions for bots as collaborators, so the list alone decides. */
export function isAllowedBot(
  login: string,
  { allowedBots, ownLogin }: Pick<WhoMay, 'allowedBots' | 'ownLogin'>,
): boolean {
  return login !== ownLogin && allowedBots.some((allowed) => allowed.toLowerCase() === login.toLowerCase());
}
