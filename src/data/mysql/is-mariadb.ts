import type { Session } from './session.ts';

/** Else it is MySQL, or Aurora's. */
export async function isMariaDb(session: Session): Promise<boolean> {
  const [row] = await session.rows('SELECT VERSION() AS version');
  return String(row?.['version']).includes('MariaDB');
}
