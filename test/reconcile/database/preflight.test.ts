import { describe, expect, it } from '@jest/globals';
import { preflightOf } from '../../../src/reconcile/database/preflight.ts';
import { cloneKeys } from '../../../src/reconcile/plan/clone-keys.ts';
import type { PlannedMigrations } from '../../../src/reconcile/plan/plan.ts';

const migrations: PlannedMigrations = {
  tool: 'flyway',
  path: 'db/migration',
  source: 'nonprod-source',
  database: 'shop',
  table: 'flyway_schema_history',
  diverged: 'warn',
  clone: cloneKeys(0),
  tasks: ['one-off-task/migrate'],
};

function said(files: readonly string[] | null, ids: readonly string[] | null, more: Partial<PlannedMigrations> = {}) {
  return preflightOf({
    migrations: { ...migrations, ...more },
    source: '2026-11-20',
    history: ids && { ids, floor: null },
    files,
    headSha: 'ec021a6b1f0c4d3e8a7b6c5d4e3f2a1b0c9d8e7f',
    baseRef: 'main',
  });
}
const files = (...versions: readonly (string | number)[]) => versions.map((version) => `V${version}__x.sql`);

describe('what is said of migrations before they run', () => {
  it.each([
    [files(1), ['1'], 'Migrations: `ec021a6` and the source `2026-11-20` have the same.'],
    [
      files(1, 2),
      ['1'],
      'Migrations: `ec021a6` is ahead of the source `2026-11-20` by 1 migration, to be run on the clone: `V2`.',
    ],
    [
      files(1),
      ['1', '2', '3', '4', '5'],
      'Migrations: `ec021a6` is behind the source `2026-11-20` by 4 migrations that it does not have: `V2`, `V3`, `V4`, and 1 more. Merge `main` into the branch and push.',
    ],
    [
      files(1, 3),
      ['1', '2', '4'],
      'Migrations: `ec021a6` and the source `2026-11-20` have diverged. The source has 2 migrations that the commit does not have: `V2`, `V4`. The commit has 1 migration to be run on the clone: `V3`. Merge `main` into the branch and push. Flyway does not run `V3` unless `outOfOrder` is set: the source has a newer one.',
    ],
    [
      null,
      ['1'],
      'There is no folder `db/migration` at `ec021a6`, so its migrations are not compared. Correct `database.migrations.path`.',
    ],
    [
      files(1),
      null,
      'The database `shop` of the source has no table `flyway_schema_history` of Flyway, so migrations are not compared. Correct `database.migrations.table`.',
    ],
  ])('of %j against %j', (there, has, text) => {
    expect(said(there, has).text).toBe(text);
  });

  it('is behind only where the source has more', () => {
    expect([
      said(files(1), ['1', '2']),
      said(files(2), ['1', '3']),
      said(files(1, 2), ['1']),
      said(null, ['9']),
    ]).toEqual([
      expect.objectContaining({ relation: 'behind', isBehind: true }),
      expect.objectContaining({ relation: 'diverged', isBehind: true }),
      expect.objectContaining({ relation: 'ahead', isBehind: false }),
      expect.objectContaining({ relation: 'unknown', isBehind: false }),
    ]);
  });

  it('shows names that somebody chose as code, and short', () => {
    const { text } = said([`Version2\`<b>@octocat${'x'.repeat(200)}.php`], [], { tool: 'doctrine' });
    expect(text).toMatch(/: `Version2 <b>@octocatx+…`\.$/);
  });
});
