import type { Database } from '../mysql/session.ts';
import type { CoveredTable } from '../rules/covered.ts';
import { brokenAcross } from './foreign-references.ts';
import { leftCopies } from './left-copies.ts';
import { runningEvents } from './running-events.ts';

/** What stands around the rules and keeps the database from being masked, a sentence each. Nothing is changed. */
export async function unsafeSurroundings(
  database: Database,
  tables: readonly CoveredTable[],
): Promise<readonly string[]> {
  const events = await database.withSession(runningEvents);
  return [
    ...(tables.length === 0
      ? [`\`${database.name}\` has no table: see whether it is the database that was meant`]
      : []),
    ...(await brokenAcross(database, tables)),
    ...(events === undefined ? [] : [events]),
    ...(await leftCopies(database)),
  ];
}
