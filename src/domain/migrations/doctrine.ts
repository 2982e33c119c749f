import type { FileNameTool } from './tool.ts';

/**
 * Doctrine Migrations. A migration is a class `Version20180601193057` in a file of its name; the table has its full name,
 * `MyProject\Migrations\Version20180601193057`, from version 3 on, and `20180601193057` before. Both are one id here, so that
 * a table that was carried over from an old version reads the same. They are run in the order of their names.
 *
 * https://www.doctrine-project.org/projects/doctrine-migrations/en/3.7/reference/configuration.html (the table and its
 * columns, `organize_migrations`), https://www.doctrine-project.org/projects/doctrine-migrations/en/stable/reference/managing-migrations.html
 * (names), and for the time before 3 https://www.doctrine-project.org/projects/doctrine-migrations/en/1.8/reference/managing_migrations.html.
 */
export const doctrine: FileNameTool = {
  title: 'Doctrine',
  knownBy: 'file names',
  table: 'doctrine_migration_versions',
  columns: ['version'],
  orderBy: ['version'],
  idOf: (fileName) => /^Version(.+)\.php$/.exec(fileName)?.[1],
  historyOf: (rows) => ({
    ids: [...new Set(rows.map(({ version }) => idOfVersion(String(version ?? ''))).filter((id) => id !== ''))],
    floor: null,
  }),
  compare: (a, b) => (a < b ? -1 : Number(a > b)),
  called: (id) => `Version${id}`,
  runsLateWith: undefined,
};

function idOfVersion(version: string): string {
  return (version.split('\\').at(-1) ?? '').replace(/^Version/, '');
}
