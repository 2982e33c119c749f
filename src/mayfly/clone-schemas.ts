import { createDatabaseLook } from '../data/look/database-look.ts';
import { TransientError } from '../domain/failure.ts';
import { MIGRATION_TOOLS } from '../domain/migrations/tools.ts';
import { createCloneLook } from '../provision/aws/clone-look.ts';
import { type CloneSchemas, createCloneSchemas } from '../reconcile/database/clone-schemas.ts';
import { createSchemaMemory } from '../store/schemas.ts';
import type { Connected, MayflyParts } from './parts.ts';

/** What is learned of sources and clones by looking into clones. */
export function cloneSchemasOf(
  { clients, clock, log, databases = createDatabaseLook() }: MayflyParts,
  { database }: Pick<Connected, 'database'>,
): CloneSchemas {
  const clones = createCloneLook({ ...clients, clock });
  return createCloneSchemas({
    memory: createSchemaMemory(database),
    clock,
    async look({ secret, host, port }, { database: name, table, tool: toolName }) {
      const credentials = await clones.credentials(secret);
      if (!credentials) {
        throw new TransientError('NoCredentials', `The secret ${secret} holds no credentials.`);
      }
      const tool = MIGRATION_TOOLS[toolName];
      const { schema, rows } = await databases.schema({ host, port, ...credentials }, { database: name, table, tool });
      return { schema, history: rows && tool.historyOf(rows) };
    },
    onUnseen: (environment, when, err) =>
      log.info({ err, environment, when }, 'the clone could not be looked into, and nothing is said of its schema'),
  });
}
