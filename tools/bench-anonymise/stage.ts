import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise';
import { createLicensingTables } from '../../sim/licensing-data/licensing-data.ts';
import { type MariaDbAddress, type MariaDbServer, startMariaDb } from '../../sim/mariadb/mariadb-server.ts';
import { type BenchTable, rowsOf } from './tables.ts';

/** Of the server, for both sides. A commit waits for the disk, as in production. */
export const SETTINGS = [
  '--innodb-buffer-pool-size=2G',
  '--innodb-log-file-size=2G',
  '--innodb-io-capacity=10000',
  '--innodb-io-capacity-max=20000',
  '--skip-log-bin',
  '--max-allowed-packet=64M',
] as const;
const ORIGIN = 'bench_origin';
const COPY = 'bench_copy';
/** A big update leaves old versions behind, and pages to be written: nobody may begin while the server still clears up. */
const CLEAR_WITHIN_SECONDS = 600;

export interface Stage {
  readonly address: MariaDbAddress;
  /** As `SELECT VERSION()` gives it. */
  readonly version: string;
  /** Fills the origin anew. */
  fill(rows: number, seed: number): Promise<void>;
  /** Seconds that the server has had of a processor so far; undefined where the system does not tell. */
  processorSeconds(): Promise<number | undefined>;
  /** A database that is a fresh copy of the origin, read through once, with nothing left to be written or purged. */
  freshCopy(): Promise<string>;
  /** Bytes of the origin's tables and indexes. */
  bytes(): Promise<number>;
  stop(): Promise<void>;
}

export async function openStage(tables: readonly BenchTable[]): Promise<Stage> {
  const server = await startMariaDb({ settings: SETTINGS, durable: true });
  try {
    const { socket, user, password } = server;
    return await stageOn(server, {
      connection: await mysql.createConnection({ socketPath: socket, user, password }),
      tables,
    });
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function stageOn(
  server: MariaDbServer,
  { connection, tables }: { connection: Connection; tables: readonly BenchTable[] },
): Promise<Stage> {
  const run = async (sql: string) => (await connection.query<RowDataPacket[]>(sql))[0];
  return {
    address: server,
    version: String((await run('SELECT VERSION() AS version'))[0]?.['version']),
    async fill(rows, seed) {
      await run(`DROP DATABASE IF EXISTS ${COPY}`);
      await run(`DROP DATABASE IF EXISTS ${ORIGIN}`);
      await run(`CREATE DATABASE ${ORIGIN} CHARACTER SET utf8mb4`);
      await run(`USE ${ORIGIN}`);
      await createLicensingTables(run, {
        rows: new Map(tables.map((table) => [table.name, rowsOf(table, rows)])),
        seed,
      });
    },
    async freshCopy() {
      await run(`DROP DATABASE IF EXISTS ${COPY}`);
      await run(`CREATE DATABASE ${COPY} CHARACTER SET utf8mb4`);
      for (const { name } of tables) {
        await run(`CREATE TABLE ${COPY}.${name} LIKE ${ORIGIN}.${name}`);
        await run(await copyStatement(run, name));
        await run(`ANALYZE TABLE ${COPY}.${name}`);
      }
      await clear(run);
      for (const { name } of tables) {
        await run(`CHECKSUM TABLE ${COPY}.${name}`);
      }
      return COPY;
    },
    async processorSeconds() {
      const [row] = await run('SELECT @@pid_file AS path');
      return await secondsOf(String(row?.['path']));
    },
    async bytes() {
      const [row] = await run(
        `SELECT SUM(data_length + index_length) AS bytes FROM information_schema.tables WHERE table_schema = '${ORIGIN}'`,
      );
      return Number(row?.['bytes']);
    },
    async stop() {
      await connection.end();
      await server.stop();
    },
  };
}

type Run = (sql: string) => Promise<RowDataPacket[]>;

async function copyStatement(run: Run, table: string): Promise<string> {
  const columns = await run(
    `SELECT column_name AS name FROM information_schema.columns
     WHERE table_schema = '${ORIGIN}' AND table_name = '${table}' AND generation_expression IS NULL
     ORDER BY ordinal_position`,
  );
  const names = columns.map(({ name }) => `\`${name}\``).join(', ');
  return `INSERT INTO ${COPY}.${table} (${names}) SELECT ${names} FROM ${ORIGIN}.${table} ORDER BY id`;
}

/** Until all pages are written and no old version of a row is left. */
async function clear(run: Run): Promise<void> {
  const [before] = await run('SELECT @@innodb_max_dirty_pages_pct AS pages');
  await run('SET GLOBAL innodb_max_dirty_pages_pct = 0');
  for (let seconds = 0; ; seconds += 1) {
    const states = await run(
      "SHOW GLOBAL STATUS WHERE variable_name IN ('Innodb_buffer_pool_pages_dirty', 'Innodb_history_list_length')",
    );
    if (states.length === 2 && states.every(({ Value }) => Number(Value) < 100)) {
      break;
    }
    if (seconds >= CLEAR_WITHIN_SECONDS) {
      throw new Error(`the server still clears up after ${CLEAR_WITHIN_SECONDS} s, and nothing can be measured`);
    }
    await wait(1000);
  }
  await run(`SET GLOBAL innodb_max_dirty_pages_pct = ${Number(before?.['pages'])}`);
}

/** Linux tells in hundredths, behind the name of the program: user time is the 12th number, system time the 13th. */
async function secondsOf(pidFile: string): Promise<number | undefined> {
  try {
    const text = await readFile(`/proc/${(await readFile(pidFile, 'utf8')).trim()}/stat`, 'utf8');
    const [user, system] = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13);
    return (Number(user) + Number(system)) / 100;
  } catch {
    return undefined;
  }
}
