import type { Database } from '../mysql/session.ts';
import { runningEvents } from '../surroundings/running-events.ts';
import type { Check } from './check.ts';

/** Somebody may have turned the scheduler on since the run began. */
export async function checkEvents(database: Database): Promise<Check[]> {
  const running = await database.withSession(runningEvents);
  return [{ name: 'events', passed: running === undefined, detail: running ?? 'no event can write' }];
}
