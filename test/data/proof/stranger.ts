import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import mysql from 'mysql2/promise';
import { createLicensingData } from '../../../sim/licensing-data/licensing-data.ts';
import type { MariaDbServer } from '../../../sim/mariadb/mariadb-server.ts';
import { type Passport, readPassport, type SignedPassport } from '../../../src/domain/passport.ts';
import { passportKeys } from '../../support/passports.ts';
import { type Program, startProgram } from '../../support/program.ts';
import { createWebShop } from '../../support/web-shop/web-shop.ts';

/** Whoever knows the command line and the database's own tools, and nothing of what is inside. */

export const KEY = 'a key of the masks, long enough for all';
export const LICENSING_RULES = new URL('../../../examples/licensing/anonymise.yml', import.meta.url).pathname;
export const SHOP_RULES = new URL('../../support/web-shop/anonymise.yml', import.meta.url).pathname;
const KEYS = passportKeys();
const execute = promisify(execFile);

/** What a test that masks says beside the defaults. */
export interface Order {
  readonly database: string;
  /** The path of a rule file. */
  readonly rules: string;
  readonly args?: readonly string[];
  readonly key?: string;
  readonly user?: string;
  readonly password?: string;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Of the file that it was to be written to, when that is there and signed with our key. */
  readonly passport: Passport | undefined;
}

export interface Running extends Program {
  /** When it has ended. */
  readonly result: Promise<Ended>;
}

/** A directory for rule files and passports. */
export interface Desk {
  readonly path: string;
  /** Writes a file, and tells its path. */
  file(name: string, text: string): Promise<string>;
  read(path: string): Promise<string>;
  close(): Promise<void>;
}

export async function openDesk(): Promise<Desk> {
  const path = await mkdtemp(join(tmpdir(), 'mayfly-proof-'));
  return {
    path,
    async file(name, text) {
      await writeFile(join(path, name), text);
      return join(path, name);
    },
    read: async (file) => await readFile(file, 'utf8'),
    close: async () => await rm(path, { recursive: true, force: true }),
  };
}

/** `mayfly anonymise`, in a process of its own. */
export function start(server: MariaDbServer, desk: Desk, order: Order): Running {
  const { database, rules, args = [], user = server.user } = order;
  const file = join(desk.path, `${database}.passport.json`);
  const program = startProgram(
    'src/cli.ts',
    ['anonymise', '--database', urlOf(server, { database, user }), '--config', rules, '--passport', file, ...args],
    environment(server, order),
  );
  return { ...program, result: resultOf(program, file) };
}

/** `mayfly anonymise init`. */
export const propose = async (server: MariaDbServer, database: string) => await besides(['init'], server, database);
/** `mayfly anonymise check`. */
export const check = async (server: MariaDbServer, { database, rules }: Pick<Order, 'database' | 'rules'>) =>
  await besides(['check', '--config', rules], server, database);
/** `mayfly anonymise abort`. */
export const giveUp = async (server: MariaDbServer, database: string) => await besides(['abort'], server, database);

async function besides(
  [command, ...args]: readonly [string, ...string[]],
  server: MariaDbServer,
  database: string,
): Promise<Pick<Ended, 'code' | 'stdout' | 'stderr'>> {
  const url = urlOf(server, { database, user: server.user });
  const program = startProgram(
    'src/cli.ts',
    ['anonymise', command, '--database', url, ...args],
    environment(server, {}),
  );
  return { code: await program.ended(), stdout: program.stdout(), stderr: program.stderr() };
}

export async function anonymise(server: MariaDbServer, desk: Desk, order: Order): Promise<Ended> {
  await rm(join(desk.path, `${order.database}.passport.json`), { force: true });
  return await start(server, desk, order).result;
}

function urlOf({ host, port }: MariaDbServer, { database, user }: { database: string; user: string }): string {
  return `mysql://${user}@${host}:${port}/${encodeURIComponent(database)}`;
}

function environment(server: MariaDbServer, { key = KEY, password = server.password }: Partial<Order>) {
  return {
    MAYFLY_DATABASE_PASSWORD: password,
    MAYFLY_ANONYMISE_KEY: key,
    MAYFLY_PASSPORT_KEY: KEYS.privateKey,
  };
}

async function resultOf(program: Program, file: string): Promise<Ended> {
  const code = await program.ended();
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const passport = text === undefined ? undefined : readPassport(JSON.parse(text) as SignedPassport, KEYS.publicKey);
  return { code, stdout: program.stdout(), stderr: program.stderr(), passport };
}

/** Of a database that is there: statements, or a dump. */
export async function ask<T = Record<string, unknown>>(
  server: MariaDbServer,
  database: string,
  sql: string,
): Promise<readonly T[]> {
  const connection = await connect(server, database);
  try {
    return (await connection.query(sql))[0] as T[];
  } finally {
    await connection.end();
  }
}

export async function createDatabase(server: MariaDbServer, statements: readonly string[]): Promise<string> {
  const database = await server.createDatabase();
  const connection = await connect(server, database);
  for (const statement of statements) {
    await connection.query(statement);
  }
  await connection.end();
  return database;
}

export async function createLicensing(server: MariaDbServer, rows: number): Promise<string> {
  return await created(server, async (run) => await createLicensingData(run, { rows, seed: 7 }));
}

export async function createShop(server: MariaDbServer): Promise<string> {
  return await created(server, createWebShop);
}

async function created(
  server: MariaDbServer,
  fill: (run: (sql: string) => Promise<unknown>) => Promise<void>,
): Promise<string> {
  const database = await server.createDatabase();
  const connection = await connect(server, database);
  await fill(async (sql) => await connection.query(sql));
  await connection.end();
  return database;
}

async function connect({ socket, user, password }: MariaDbServer, database: string) {
  return await mysql.createConnection({
    socketPath: socket,
    user,
    password,
    database,
    dateStrings: true,
    charset: 'utf8mb4',
  });
}

/** A database with all that is in another one. */
export async function copyOf(server: MariaDbServer, dumped: string): Promise<string> {
  const database = await server.createDatabase();
  const client = spawn('mariadb', [...clientOptions(server), '--binary-mode', database], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  client.stdin.end(dumped);
  const code = await new Promise((resolve) => client.once('exit', resolve));
  if (code !== 0) {
    throw new Error(`a dump cannot be read: ${String(code)}`);
  }
  return database;
}

/** All that is in a database, byte for byte. */
export async function dump(server: MariaDbServer, database: string, args: readonly string[] = []): Promise<string> {
  const options = ['--skip-dump-date', '--skip-comments', '--order-by-primary', '--hex-blob', ...args];
  const { stdout } = await execute('mariadb-dump', [...clientOptions(server), ...options, database], {
    maxBuffer: 2 ** 28,
  });
  return stdout;
}

function clientOptions({ socket, user, password }: MariaDbServer): string[] {
  return ['--no-defaults', `--socket=${socket}`, `--user=${user}`, `--password=${password}`];
}

/** The first few lines that differ, so that a failure can be read. */
export function differences(a: string, b: string): readonly string[] {
  const [left, right] = [a.split('\n'), b.split('\n')];
  return left
    .filter((line, n) => line !== right[n])
    .map((line) => line.slice(0, 300))
    .concat(left.length === right.length ? [] : 'another length')
    .slice(0, 5);
}

export async function hasWorkDatabase(server: MariaDbServer): Promise<boolean> {
  return (await ask(server, 'mysql', "SHOW DATABASES LIKE 'mayfly_work'")).length > 0;
}

/** What a test that failed, or one that leaves a run unfinished, left behind. */
export async function forget(server: MariaDbServer): Promise<void> {
  await ask(server, 'mysql', 'DROP DATABASE IF EXISTS mayfly_work');
}
