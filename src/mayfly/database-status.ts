import { createDatabaseLook } from '../data/look/database-look.ts';
import { createCloneLook } from '../provision/aws/clone-look.ts';
import { databaseLines } from '../reconcile/database/database-lines.ts';
import { databaseStanding } from '../reconcile/database/database-standing.ts';
import { seeSource } from '../reconcile/database/source-sight.ts';
import type { EnvironmentRecord } from '../reconcile/store.ts';
import { createSourceStore } from '../store/sources.ts';
import type { Connected, MayflyParts } from './parts.ts';

/** What `/ephemeral db status` answers. */
export function databaseStatusOf(
  { clients, clock, platform, databases = createDatabaseLook() }: MayflyParts,
  { database, store }: Pick<Connected, 'database' | 'store'>,
): (record: EnvironmentRecord) => Promise<readonly string[]> {
  const sources = createSourceStore(database);
  const ports = {
    clones: createCloneLook({ ...clients, clock }),
    databases,
    sourceOf: async (identifier: string) => await seeSource(identifier, { sources, platform }),
  };
  return async ({ identity, life }) =>
    databaseLines(await databaseStanding(await store.resources(identity.id, life), ports));
}
