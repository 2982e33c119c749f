import { existsSync, readFileSync } from 'node:fs';
import { it } from '@jest/globals';

/**
 * Databases that somebody else made, for MariaDB's own tests: Debian's package `mariadb-test-data`. They are read where that
 * puts them, and are no part of this repository.
 */
const FOLDER = '/usr/share/mysql/mysql-test/include';
const FILES = {
  /** The goods, customers and orders of DBT-3, 15,000 rows in nine tables. */
  dbt3: ['dbt3_s001.inc'],
  /** Countries, cities and languages of the world, 5,000 rows in three tables. */
  world: ['world_schema_utf8.inc', 'world.inc'],
} as const;

export const DBT3_RULES = new URL('dbt3.yml', import.meta.url).pathname;
const areThere = Object.values(FILES)
  .flat()
  .every((file) => existsSync(`${FOLDER}/${file}`));

/** As `it`; skipped on a machine without the package, and in CI a failure. */
export const itOnPublicDatabases = areThere || process.env['CI'] ? it : it.skip;

/** As MariaDB's client reads it. */
export function publicDatabase(name: keyof typeof FILES): string {
  return FILES[name].map((file) => readFileSync(`${FOLDER}/${file}`, 'utf8')).join('\n');
}
