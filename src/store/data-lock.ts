import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { link, mkdir, readFile, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

const HEARTBEAT_MS = 5_000;
/** A holder on another machine cannot be asked whether it lives; it is believed dead after this long without a sign. */
const SILENCE_MS = 60_000;
const ATTEMPTS = 5;

interface Holder {
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  /** Tells a process from a later one with its number; null where the system does not say. */
  readonly processStart: string | null;
  readonly since: string;
}

export interface DataLock {
  release(): Promise<void>;
}

/**
 * Takes the directory for this process, or throws a sentence that says who holds it. PGlite takes no lock of its own,
 * and two processes on one directory lose each other's rows without an error (electric-sql/pglite#1106). The lock of a
 * process that died is taken over.
 */
export async function lockDataDirectory(directory: string): Promise<DataLock> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, 'lock');
  const own = describeThisProcess();
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (await claim(path, own)) {
      return keep(path, own);
    }
    const holder = await readHolder(path);
    if (holder && (await isHeld(path, holder))) {
      throw new Error(refusal(directory, holder));
    }
    await removeStale(path);
  }
  throw new Error(`the database in ${directory} is being opened by several processes at once`);
}

function describeThisProcess(): Holder {
  const { pid } = process;
  return {
    id: randomUUID(),
    pid,
    host: hostname(),
    processStart: processStart(pid),
    since: new Date().toISOString(),
  };
}

/** Links a file that is already complete, so that nobody ever reads half a lock and takes it for a dead one's. */
async function claim(path: string, own: Holder): Promise<boolean> {
  const draft = `${path}.${own.id}`;
  try {
    await writeFile(draft, JSON.stringify(own));
    await link(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') {
      return false;
    }
    throw new Error(`taking the lock ${path}`, { cause: error });
  } finally {
    await rm(draft, { force: true });
  }
}

function keep(path: string, own: Holder): DataLock {
  const heartbeat = setInterval(() => {
    const now = new Date();
    // Only a sign of life: a missed one is made good by the next.
    utimes(path, now, now).catch(() => undefined);
  }, HEARTBEAT_MS);
  heartbeat.unref();
  const removeAtExit = () => {
    if (parseHolder(readSync(path))?.id === own.id) {
      rmSync(path, { force: true });
    }
  };
  process.once('exit', removeAtExit);
  return {
    async release() {
      clearInterval(heartbeat);
      process.off('exit', removeAtExit);
      if ((await readHolder(path))?.id === own.id) {
        await rm(path, { force: true });
      }
    },
  };
}

async function isHeld(path: string, holder: Holder): Promise<boolean> {
  if (holder.host === hostname()) {
    return isAlive(holder.pid) && processStart(holder.pid) === holder.processStart;
  }
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: 0 }));
  return Date.now() - mtimeMs < SILENCE_MS;
}

/**
 * Removes a lock whose holder is dead. Of several processes that see it dead, one at a time gets here, and each looks
 * again: else the second would remove the lock that the first has just taken. Nothing is removed where nothing stands,
 * for by the time of the removal somebody's new lock may stand there.
 */
async function removeStale(path: string): Promise<void> {
  const turn = `${path}.takeover`;
  try {
    await mkdir(turn);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') {
      throw new Error(`taking over the lock ${path}`, { cause: error });
    }
    const { mtimeMs } = await stat(turn).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > SILENCE_MS) {
      await rmdir(turn).catch(() => undefined);
    }
    return;
  }
  try {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    const holder = parseHolder(text ?? '');
    if (text !== undefined && !(holder && (await isHeld(path, holder)))) {
      await rm(path, { force: true });
    }
  } finally {
    await rmdir(turn).catch(() => undefined);
  }
}

async function readHolder(path: string): Promise<Holder | undefined> {
  return parseHolder(await readFile(path, 'utf8').catch(() => ''));
}

function readSync(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Undefined when there is no lock, or none that can be read. */
function parseHolder(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return codeOf(error) === 'EPERM';
  }
}

/** Linux says it in field 22 of /proc/<pid>/stat; a container's process 1 is told from the one before it by this. */
function processStart(pid: number): string | null {
  const fields = readSync(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ');
  return fields?.[19] ?? null;
}

function refusal(directory: string, { pid, host, since }: Holder): string {
  return (
    `the database in ${directory} is in use by process ${pid} on ${host} since ${since}: stop that process, ` +
    'or set DATABASE_URL to a Postgres server, which any number of processes can share'
  );
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
