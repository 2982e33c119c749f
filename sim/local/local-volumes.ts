import { createHash, randomBytes } from 'node:crypto';
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise';
import type { Volumes } from '../aws/rds/volumes.ts';
import type { MariaDbServer } from '../mariadb/mariadb-server.ts';
import { createTurns } from './turns.ts';
import { copyDatabase, type Place } from './volume-copy.ts';

/** The volumes of one simulated account, each a database of its own on one MariaDB. */
export interface LocalVolumes extends Volumes {
  /** Where a volume is or would be. */
  placeOf(id: string): Place;
  /** What a user of a volume is called on the one server, where other volumes have users of the same name. */
  userOf(id: string, name: string): string;
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
  const databaseOf = (id: string): string => `${account}_${id.replaceAll('-', '_').toLowerCase()}`;
  const userOf = (id: string, name: string): string => `${name}${tailOf(databaseOf(id))}`;
  const placeOf = (id: string): Place => ({ database: databaseOf(id), user: userOf(id, 'master') });
  return {
    placeOf,
    userOf,
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
        const database = databaseOf(id);
        await administer(server, [`DROP DATABASE IF EXISTS ${database}`]);
        await dropUsers(server, tailOf(database));
        there.delete(id);
      }),
  };
}

/** What all users of one volume end in. */
function tailOf(database: string): string {
  return `_${createHash('sha256').update(database).digest('hex').slice(0, 20)}`;
}

async function dropUsers(server: MariaDbServer, tail: string): Promise<void> {
  const named = await ask(server, `SELECT User AS user FROM mysql.user WHERE User LIKE '%${tail.replace('_', '\\_')}'`);
  await administer(
    server,
    named.map(({ user }) => `DROP USER IF EXISTS ${mysql.escape(user)}@'%'`),
  );
}

function mastering({ database, user }: Place, password: string): string[] {
  return [
    `CREATE USER IF NOT EXISTS '${user}'@'%'`,
    `ALTER USER '${user}'@'%' IDENTIFIED BY ${mysql.escape(password)}`,
    ...[database, ...BESIDES].map((name) => `GRANT ALL ON \`${name}\`.* TO '${user}'@'%' WITH GRANT OPTION`),
    // Of what RDS gives a master besides: it may make users, and again what another defined, and look into the server's own tables.
    `GRANT CREATE USER, SET USER, PROCESS ON *.* TO '${user}'@'%'`,
    `GRANT SELECT ON mysql.* TO '${user}'@'%'`,
  ];
}

async function administer(server: MariaDbServer, statements: readonly string[]): Promise<void> {
  await connected(server, async (connection) => {
    for (const statement of statements) {
      await connection.query(statement);
    }
  });
}

async function ask(server: MariaDbServer, statement: string): Promise<RowDataPacket[]> {
  return await connected(server, async (connection) => (await connection.query<RowDataPacket[]>(statement))[0]);
}

async function connected<T>(
  { socket, user, password }: MariaDbServer,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await mysql.createConnection({ socketPath: socket, user, password });
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}
