import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import mysql from 'mysql2/promise';
import { freePort } from '../free-port.ts';
import { isAlive } from '../is-alive.ts';

/** Where a database of a server is reached. */
export interface MariaDbAddress {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly socket: string;
  readonly user: string;
  readonly password: string;
}

/** A MariaDB server of its own, of Debian's package `mariadb-server-core`. */
export interface MariaDbServer extends MariaDbAddress {
  /** The name of a fresh, empty database in utf8mb4. */
  createDatabase(): Promise<string>;
  /** SIGKILL, as a machine loses power; the data stays. `start` brings it back at the same address. */
  kill(): Promise<void>;
  /** With other further arguments than it had, when they are given. */
  start(settings?: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

export interface MariaDbOptions {
  /** Further arguments of `mariadbd`: `--innodb-buffer-pool-size=1G`. */
  readonly settings?: readonly string[];
  /** A commit is on the disk before it is answered, as in production. */
  readonly durable?: boolean;
}

const PREFIX = 'mayfly-mariadb-';
const USER = 'root';
const PASSWORD = 'only-on-loopback';
const run = promisify(execFile);

/** Starts a server on 127.0.0.1 and a socket, in a temporary directory. Throws on a machine that has none installed. */
export async function startMariaDb({ settings = [], durable = false }: MariaDbOptions = {}): Promise<MariaDbServer> {
  await endOrphans();
  const directory = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const data = join(directory, 'data');
  const socket = join(directory, 'socket');
  await install(directory, data);
  const port = await freePort();
  const address: MariaDbAddress = { host: '127.0.0.1', port, socket, user: USER, password: PASSWORD };
  const flags = [
    '--no-defaults',
    ...asRoot(),
    `--datadir=${data}`,
    // A server that starts clears the temporary tables away that it finds, whoever is using them.
    `--tmpdir=${directory}`,
    `--socket=${socket}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--skip-name-resolve',
    '--character-set-server=utf8mb4',
    `--innodb-flush-log-at-trx-commit=${durable ? 1 : 0}`,
  ];
  let further = settings;
  let server = await launch([...flags, ...further], socket);
  let created = 0;
  try {
    await setPasswords(address);
  } catch (error) {
    await end(server, 'SIGKILL');
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
  return {
    ...address,
    async createDatabase() {
      const name = `test_${(created += 1)}`;
      await administer(address, `CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
      return name;
    },
    kill: async () => await end(server, 'SIGKILL'),
    async start(others = further) {
      further = others;
      server = await launch([...flags, ...further], socket);
    },
    async stop() {
      await end(server, 'SIGTERM');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Root runs it as root: what is in there is nobody's. */
function asRoot(): string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : [];
}

async function install(directory: string, data: string): Promise<void> {
  try {
    await run('mariadb-install-db', [
      '--no-defaults',
      ...asRoot(),
      `--datadir=${data}`,
      `--tmpdir=${directory}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    ]);
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw new Error('MariaDB cannot be set up: is mariadb-server-core installed?', { cause: error });
  }
}

async function setPasswords(address: MariaDbAddress): Promise<void> {
  const fresh = { ...address, password: '' };
  await administer(fresh, `CREATE OR REPLACE USER 'root'@'127.0.0.1' IDENTIFIED BY '${PASSWORD}'`);
  await administer(fresh, "GRANT ALL ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION");
  await administer(fresh, `ALTER USER 'root'@'localhost' IDENTIFIED BY '${PASSWORD}'`);
}

async function launch(flags: readonly string[], socket: string): Promise<ChildProcess> {
  const server = spawn('mariadbd', flags, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const fail = () => reject(new Error(`starting MariaDB: ${said.trim()}`));
    server.once('error', reject).once('exit', fail);
    server.stderr.on('data', (text: Buffer) => {
      said = `${said}${String(text)}`.slice(-4000);
      if (said.includes(`socket: '${socket}'`)) {
        server.off('exit', fail);
        resolve();
      }
    });
  });
  return server;
}

async function end(server: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) {
    return;
  }
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill(signal);
  await ended;
}

async function administer({ socket, user, password }: MariaDbAddress, statement: string): Promise<void> {
  const connection = await mysql.createConnection({ socketPath: socket, user, password });
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}

/** A killed run leaves its server behind; what it called its directory tells whether the run still lives. */
async function endOrphans(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = Number(name.startsWith(PREFIX) ? name.slice(PREFIX.length).split('-')[0] : Number.NaN);
    if (Number.isInteger(owner) && !isAlive(owner)) {
      const directory = join(tmpdir(), name);
      await run('pkill', ['-KILL', '-f', `^mariadbd .*${directory}/`]).catch(() => undefined);
      await rm(directory, { recursive: true, force: true });
    }
  }
}
