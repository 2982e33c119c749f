import { formatRelative } from '../../src/domain/instant.ts';
import type { Created, PlanShown } from './create.ts';
import type { Destroyed } from './destroy.ts';
import type { Listed } from './list.ts';

export type Outcome = Created | PlanShown | Destroyed | { action: 'list'; environments: readonly Listed[] };

/** What an action came to, in lines for a person. */
export function reportOf(outcome: Outcome, now: Date): string[] {
  switch (outcome.action) {
    case 'create':
      return [
        `${outcome.name} ${outcome.changes === 0 ? 'is as wanted' : 'is there'}, and expires ${formatRelative(now, new Date(outcome.expiresAt))}, at ${outcome.expiresAt}.`,
        ...Object.entries(outcome.urls).map(([service, url]) => `  ${service}  ${url}`),
      ];
    case 'plan':
      return [outcome.summary];
    case 'destroy':
      return [
        outcome.existed ? `${outcome.name} is gone.` : `There is no environment ${outcome.name}.`,
        ...outcome.leftovers.map((leftover) => `  also removed: ${leftover}`),
      ];
    case 'list':
      return outcome.environments.length === 0
        ? ['There are no environments.']
        : outcome.environments.map((one) => line(one, now));
  }
}

function line({ name, expiresAt, branch, isExpired, resources }: Listed, now: Date): string {
  if (expiresAt === null) {
    return `${name}  half made (${resources} resources): create it again, or destroy it`;
  }
  const when = formatRelative(now, new Date(expiresAt));
  return `${name}  ${isExpired ? `EXPIRED ${when}` : `expires ${when}`} (${expiresAt})  ${branch ?? ''}`;
}
