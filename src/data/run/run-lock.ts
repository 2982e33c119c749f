import { TerminalError } from '../../domain/failure.ts';
import type { Database, Session } from '../mysql/session.ts';
import { WORK_DATABASE } from '../work-database.ts';

/** A run that was killed a moment ago may hold it that long. */
const PATIENCE_SECONDS = 3;

/** Keeps every other run away from this server for as long as `work` takes; the server itself lets go when we are gone. */
export async function withRunLock<T>(database: Database, work: (session: Session) => Promise<T>): Promise<T> {
  return await database.withSession(async (session) => {
    const [row] = await session.rows('SELECT GET_LOCK(?, ?) AS got', [WORK_DATABASE, PATIENCE_SECONDS]);
    if (Number(row?.['got']) !== 1) {
      throw new TerminalError(
        'RunInProgress',
        'Another run is masking on this server. Wait for its end; one that was killed lets go when its connection is closed.',
        { actor: 'operator' },
      );
    }
    const result = await work(session);
    await session.rows('SELECT RELEASE_LOCK(?) AS freed', [WORK_DATABASE]);
    return result;
  });
}
