import type { Account } from '../entities/account.ts';
import type { InstallationToken } from '../entities/installation.ts';

/** Who is asking. */
export type Caller =
  | { readonly kind: 'app' }
  | { readonly kind: 'installation'; readonly token: InstallationToken; readonly account: Account }
  | { readonly kind: 'user'; readonly account: Account }
  | { readonly kind: 'anonymous' };

/** Each of these has a rate limit of its own. */
export function rateLimitKey(caller: Caller): string {
  if (caller.kind === 'installation') {
    return `installation ID ${caller.token.installation.id}`;
  }
  return caller.kind === 'user' ? `user ID ${caller.account.id}` : caller.kind;
}
