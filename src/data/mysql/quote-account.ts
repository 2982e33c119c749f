import { quoteName } from './quote-name.ts';

/** `name@host` quoted; a name may hold an @, a host cannot. */
export function quoteAccount(account: string): string {
  const at = account.lastIndexOf('@');
  return `${quoteName(account.slice(0, at))}@${quoteName(account.slice(at + 1))}`;
}
