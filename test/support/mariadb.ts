import { spawnSync } from 'node:child_process';
import { describe, it, jest } from '@jest/globals';

const isThere = ['mariadbd', 'mariadb-dump'].every((program) => spawnSync(program, ['--version']).error === undefined);
/** A server has the disk to wait for, and what waits besides on a busy machine. */
const LONGEST_MS = 60_000;

/** As `describe`. A machine without MariaDB has one skipped test that says so; in CI that is a failure. */
export function describeOnMariaDb(name: string, tests: () => void): void {
  jest.setTimeout(LONGEST_MS);
  if (isThere) {
    describe(name, tests);
  } else if (process.env['CI']) {
    it(`${name}: has a MariaDB to run on`, () => {
      throw new Error('this machine has no MariaDB: mariadb-server-core and mariadb-client are missing');
    });
  } else {
    it.skip(`${name}: this machine has no MariaDB (mariadb-server-core, mariadb-client)`, () => undefined);
  }
}
