import { createHash, randomBytes } from 'node:crypto';
import mysql, { type Connection } from 'mysql2/promise';
import type { Volumes } from '../aws/rds/volumes.ts';
import type { MariaDbServer } from '../mariadb/mariadb-server.ts';
import { createTurns } from './turns.ts';
import { copyDatabase, type Place } from './volume-copy.ts';

/** The volumes of one simulated account, each a database of its own on one MariaDB. */
export interface LocalVolumes extends Volumes {
  /** Where a volume is or would be. */
  placeOf(id: string): Place;
  has(id: string): boolean;
  /** Resolves once all that was asked for is done. Rejects with the first thing that failed since it was last asked. */
  settled(): Promise<void>;
}

/** What a master may use besides its cluster's own database: the one that a client makes to work in. */
const BESIDES = ['mayfly_work'];

export function volumesOn(server: MariaDbServer): LocalVolumes {
  // Two accounts on one server number their volumes alike.
  const account = `sim_${randomBytes(4).toString('hex')}`;
  const there = new Set<string>();
  const turns = createTurns();
  const placeOf = (id: string): Place => {
    const database = `${account}_${id.replaceAll('-', '_').toLowerCase()}`;
    return { database, user: `master_${createHash('sha256').update(database).digest('hex').slice(0, 20)}` };
  };
  return {
    placeOf,
    has: (id) => there.has(id),
    settled: async () => await turns.settled(),
    make: async (id, from) =>
      await turns.take(from === undefined ? [id] : [from, id], async () => {
        there.add(id);
        const place = placeOf(id);
        await administer(server, [`CREATE DATABASE ${place.database} CHARACTER SET utf8mb4`]);
        if (from !== undefined) {
          await copyDatabase(server, placeOf(from), place);
        }
      }),
    setMaster: async (id, { password }) =>
      await turns.take([id], async () => await administer(server, mastering(placeOf(id), password))),
    remove: async (id) =>
      await turns.take([id], async () => {
        const { database, user } = placeOf(id);
        await administer(server, [`DROP DATABASE IF EXISTS ${database}`, `DROP USER IF EXISTS '${user}'@'%'`]);
        there.delete(id);
      }),
  };
}

function mastering({ database, user }: Place, password: string): string[] {
  return [
    `CREATE USER IF NOT EXISTS '${user}'@'%'`,
    `ALTER USER '${user}'@'%' IDENTIFIED BY ${mysql.escape(password)}`,
    ...[database, ...BESIDES].map((name) => `GRANT ALL ON \`${name}\`.* TO '${user}'@'%' WITH GRANT OPTION`),
    // Of what RDS gives a master besides: it may make again what another defined.
    `GRANT SET USER, PROCESS ON *.* TO '${user}'@'%'`,
  ];
}

async function administer({ socket, user, password }: MariaDbServer, statements: readonly string[]): Promise<void> {
  const connection: Connection = await mysql.createConnection({ socketPath: socket, user, password });
  try {
    for (const statement of statements) {
      await connection.query(statement);
    }
  } finally {
    await connection.end();
  }
}
