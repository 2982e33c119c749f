import { describe, expect, it } from '@jest/globals';
import type { Listing } from '../../../src/domain/migrations/listing.ts';
import { preflightOf } from '../../../src/reconcile/database/preflight.ts';
import { cloneKeys } from '../../../src/reconcile/plan/clone-keys.ts';
import type { PlannedMigrations } from '../../../src/reconcile/plan/plan.ts';

const migrations: PlannedMigrations = {
  tool: 'flyway',
  path: 'db/migration',
  refField: null,
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
    listed: { path: 'db/migration', files },
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

  describe('in a changelog', () => {
    const liquibase = { ...migrations, tool: 'liquibase', table: 'DATABASECHANGELOG', refField: 'refs.etl' } as const;
    const elsewhere = { repository: 'octo-org/etl', sha: '1a2b3c4d5e6f' };
    const text = (ids: readonly string[], has: readonly string[] | null, more: Partial<Listing> = {}) =>
      preflightOf({
        migrations: liquibase,
        source: '2026-11-20',
        history: has && { ids: has, floor: null },
        listed: { path: 'db/main.xml', changeSets: ids.map((id) => ({ id })), ...more } as Listing,
        headSha: 'ec021a6b1f0c4d3e8a7b6c5d4e3f2a1b0c9d8e7f',
        baseRef: 'main',
      }).text;

    it('is said by its change sets', () => {
      expect(text(['a.xml::2::o', 'a.xml::1::o'], ['db/a.xml::2::o'])).toBe(
        'Migrations: `ec021a6` is ahead of the source `2026-11-20` by 1 migration, to be run on the clone: `a.xml::1::o`.',
      );
    });

    it('of another repository is said by that, with what of the blueprint leads there', () => {
      expect(text(['a.xml::1::o'], ['a.xml::1::o', 'a.xml::2::o'], { elsewhere })).toBe(
        'Migrations: `octo-org/etl@1a2b3c4` is behind the source `2026-11-20` by 1 migration that it does not have: `a.xml::2::o`. Have `refs.etl` name a commit of `octo-org/etl` that has them, and push.',
      );
    });

    it('that has nothing in common with its table is not judged', () => {
      expect(text(['a.xml::1::o'], ['b.xml::1::o'])).toBe(
        'The table `DATABASECHANGELOG` of the source lists none of the change sets of `db/migration`, such as `a.xml::1::o`, but others, such as `b.xml::1::o`, so migrations are not compared. Correct `database.migrations.path`.',
      );
      expect(text([], ['b.xml::1::o'])).toContain('which has none, but others');
    });

    it('that could not be read is said before anything is known of the source', () => {
      expect(text([], null, { problem: 'It cannot be read.' } as Partial<Listing>)).toBe('It cannot be read.');
    });
  });

  it('shows names that somebody chose as code, and short', () => {
    const { text } = said([`Version2\`<b>@octocat${'x'.repeat(200)}.php`], [], { tool: 'doctrine' });
    expect(text).toMatch(/: `Version2 <b>@octocatx+…`\.$/);
  });
});
