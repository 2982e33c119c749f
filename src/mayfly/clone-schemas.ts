import { createDatabaseLook, SCHEMA_LIMIT_MS } from '../data/look/database-look.ts';
import { withinLimit } from '../data/look/within-limit.ts';
import { TransientError } from '../domain/failure.ts';
import { MIGRATION_TOOLS } from '../domain/migrations/tools.ts';
import { createCloneLook } from '../provision/aws/clone-look.ts';
import {
  type ClonePlace,
  type CloneSchemas,
  type CloneSeen,
  createCloneSchemas,
} from '../reconcile/database/clone-schemas.ts';
import type { PlannedMigrations } from '../reconcile/plan/plan.ts';
import { createSchemaMemory } from '../store/schemas.ts';
import type { Connected, MayflyParts } from './parts.ts';

/** What is learned of sources and clones by looking into clones. */
export function cloneSchemasOf(
  { clients, clock, log, databases = createDatabaseLook() }: MayflyParts,
  { database }: Pick<Connected, 'database'>,
): CloneSchemas {
  const clones = createCloneLook({ ...clients, clock });

  async function look({ secret, host, port }: ClonePlace, migrations: PlannedMigrations): Promise<CloneSeen> {
    const credentials = await clones.credentials(secret);
    if (!credentials) {
      throw new TransientError('NoCredentials', `The secret ${secret} holds no credentials.`);
    }
    const tool = MIGRATION_TOOLS[migrations.tool];
    const { schema, rows } = await databases.schema({ host, port, ...credentials }, { ...migrations, tool });
    return { schema, history: rows && tool.historyOf(rows) };
  }

  return createCloneSchemas({
    memory: createSchemaMemory(database),
    clock,
    // The secret is read within the same time: an environment waits for all of it.
    look: async (place, migrations) =>
      await withinLimit(look(place, migrations), { host: place.host, limitMs: SCHEMA_LIMIT_MS }),
    onUnseen: (environment, when, err) =>
      log.info({ err, environment, when }, 'the clone could not be looked into, and nothing is said of its schema'),
  });
}
