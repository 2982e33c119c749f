import { doctrine } from './doctrine.ts';
import { flyway } from './flyway.ts';
import { liquibase } from './liquibase.ts';
import type { MigrationTool } from './tool.ts';

/** By the names that a blueprint has for them. */
export const MIGRATION_TOOLS = { doctrine, flyway, liquibase } as const satisfies Readonly<
  Record<string, MigrationTool>
>;
export type MigrationToolName = keyof typeof MIGRATION_TOOLS;
