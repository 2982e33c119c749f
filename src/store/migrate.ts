import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import * as firstTables from './migrations/0001-first-tables.ts';
import * as workflowRuns from './migrations/0002-workflow-runs.ts';
import * as inbox from './migrations/0003-inbox.ts';
import * as sweepMarks from './migrations/0004-sweep-marks.ts';
import * as whoMay from './migrations/0005-who-may.ts';
import * as fairAdmission from './migrations/0006-fair-admission.ts';
import * as rounds from './migrations/0007-rounds.ts';
import * as condemned from './migrations/0008-condemned.ts';
import * as figures from './migrations/0009-figures.ts';
import * as sources from './migrations/0010-sources.ts';
import * as cost from './migrations/0011-cost.ts';
import * as databaseResets from './migrations/0012-database-resets.ts';
import * as schemas from './migrations/0013-schemas.ts';
import type { Tables } from './schema.ts';

/** In order of name. Imported rather than read from a folder, so that no bundle and no container can miss one. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-first-tables': firstTables,
  '0002-workflow-runs': workflowRuns,
  '0003-inbox': inbox,
  '0004-sweep-marks': sweepMarks,
  '0005-who-may': whoMay,
  '0006-fair-admission': fairAdmission,
  '0007-rounds': rounds,
  '0008-condemned': condemned,
  '0009-figures': figures,
  '0010-sources': sources,
  '0011-cost': cost,
  '0012-database-resets': databaseResets,
  '0013-schemas': schemas,
};

/** Brings the tables up to date. Processes that start at once wait for one another; what was applied is left alone. */
export async function migrate(kysely: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db: kysely, provider: { getMigrations: async () => MIGRATIONS } });
  const { error, results } = await migrator.migrateToLatest();
  if (error) {
    const failed = results?.find(({ status }) => status === 'Error')?.migrationName ?? 'the database';
    throw new Error(`migrating ${failed}`, { cause: error });
  }
}
