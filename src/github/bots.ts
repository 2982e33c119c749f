/** Whoever causes an event, as payloads and answers name them. */
interface Account {
  readonly login: string;
  readonly type?: string | undefined;
}

/**
 * Who is no person. GitHub's types are `User`, `Bot`, `Organization` and `Mannequin` (an account that an import made up);
 * only the first can be asked what it may do.
 */
export function isBot(account: Account | undefined): boolean {
  return account === undefined || (account.type ?? 'User') !== 'User' || account.login.endsWith('[bot]');
}

/** Whether `allowed` names this bot; GitHub tells logins apart without case. */
export function isListed(login: string, allowed: readonly string[]): boolean {
  return allowed.some((listed) => listed.toLowerCase() === login.toLowerCase());
}
