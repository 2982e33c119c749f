import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { MariaDbAddress } from '../mariadb/mariadb-server.ts';

/** A database, and the user that stands in it for the cluster's master. */
export interface Place {
  readonly database: string;
  readonly user: string;
}

/**
 * Copies everything of one database into another, empty one: tables and rows as they are at one moment, views,
 * triggers, routines and events. What runs as the master of the one runs as the master of the other.
 *
 * A view or a routine that names its own database goes on naming the one it was copied from.
 */
export async function copyDatabase(server: MariaDbAddress, from: Place, to: Place): Promise<void> {
  const dump = client(server, 'mariadb-dump', [
    '--single-transaction',
    '--routines',
    '--events',
    '--hex-blob',
    '--skip-comments',
    from.database,
  ]);
  const definers = spawn('sed', [`s/DEFINER=\`${from.user}\`@/DEFINER=\`${to.user}\`@/g`]);
  const load = client(server, 'mariadb', [to.database]);
  dump.stdout?.pipe(definers.stdin);
  definers.stdout.pipe(load.stdin as NodeJS.WritableStream);
  await Promise.all([succeeded(dump, 'mariadb-dump'), succeeded(definers, 'sed'), succeeded(load, 'mariadb')]);
}

function client({ socket, user, password }: MariaDbAddress, program: string, args: readonly string[]): ChildProcess {
  // What the server is there for is in nobody's way on a command line.
  const access = ['--no-defaults', `--socket=${socket}`, `--user=${user}`, `--password=${password}`];
  return spawn(program, [...access, '--default-character-set=utf8mb4', ...args]);
}

/** Rejects with the last words of a program that fails. */
async function succeeded(child: ChildProcess, name: string): Promise<void> {
  let said = '';
  child.stderr?.on('data', (text: Buffer) => {
    said = `${said}${String(text)}`.slice(-2000);
  });
  // One that ends early leaves the one before it writing into nothing; its own exit tells why.
  child.stdin?.on('error', () => undefined);
  const [code] = await once(child, 'close');
  if (code !== 0) {
    throw new Error(`copying a database: ${name} ended with ${code}: ${said.trim()}`);
  }
}
