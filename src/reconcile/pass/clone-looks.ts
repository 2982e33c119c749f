import type { SeenDifference } from '../database/schema-memory.ts';
import type { NodeStanding } from '../graph/standing.ts';
import type { Plan } from '../plan/plan.ts';
import type { EnvironmentRecord, ResourceRecord } from '../store.ts';
import type { PassPorts } from './ports.ts';

interface Looking {
  readonly record: EnvironmentRecord;
  readonly ports: Pick<PassPorts, 'schemas'>;
}

/** Looks into the clone once its password was taken: what it has then is what its source has. */
export async function lookBeforeMigrations(
  { record, ports }: Looking,
  { database }: Plan,
  { key, rows }: { key: string; rows: readonly ResourceRecord[] },
): Promise<void> {
  const { migrations } = database ?? {};
  if (key === migrations?.clone.credentials) {
    await ports.schemas?.lookBefore({ record, migrations, rows });
  }
}

/** Looks into the clone once the tasks that migrate it have ended well for this commit. Null where there is nothing to be said. */
export async function lookAfterMigrations(
  { record, ports }: Looking,
  { database }: Plan,
  { standings, rows }: { standings: readonly NodeStanding[]; rows: readonly ResourceRecord[] },
): Promise<SeenDifference | null> {
  const { migrations } = database ?? {};
  if (!migrations || !ports.schemas) {
    return null;
  }
  const ready = new Set(standings.filter(({ standing }) => standing.state === 'ready').map(({ node }) => node.key));
  const isMigrated = [migrations.clone.credentials, ...migrations.tasks].every((key) => ready.has(key));
  return isMigrated ? await ports.schemas.lookAfter({ record, migrations, rows }) : null;
}
