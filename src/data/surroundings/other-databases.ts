import type { OtherDatabase } from '../../domain/passport.ts';
import type { Database } from '../mysql/session.ts';
import { matchesGlob } from '../rules/keep-pattern.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import { WORK_DATABASE } from '../work-database.ts';
import { readGrants } from './grants.ts';

/** What every server has of its own. */
const SYSTEM = ['information_schema', 'mysql', 'performance_schema', 'sys', WORK_DATABASE];

/**
 * The databases that the server has beside this one, by name, with the reason of the rule that keeps them: a clone of the
 * cluster has all of them. Null where the user may not see all; MySQL's SHOW DATABASES leaves out what was revoked.
 */
export async function otherDatabases(
  database: Database,
  kept: RuleSet['otherDatabases'],
): Promise<readonly OtherDatabase[] | null> {
  return await database.withSession(async (session) => {
    const { mayEverywhere, revokedFrom } = await readGrants(session);
    if (!mayEverywhere('SHOW DATABASES') && !mayEverywhere('SELECT')) {
      return null;
    }
    const rows = await session.rows('SHOW DATABASES');
    const names = new Set([...rows.map((row) => String(Object.values(row)[0])), ...revokedFrom]);
    return [...names]
      .filter((name) => name !== database.name && !SYSTEM.includes(name))
      .toSorted()
      .map((name) => ({ name, reason: kept.find((rule) => isMeant(name, rule.names))?.reason ?? null }));
  });
}

function isMeant(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matchesGlob(pattern, name));
}
