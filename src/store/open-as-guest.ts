import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { TerminalError, TransientError } from '../domain/failure.ts';
import { type Engine, openPglite, openPostgres } from './engine.ts';
import { silentLog } from './log.ts';
import { MIGRATIONS } from './migrate.ts';
import type { Database, DatabaseOptions } from './open.ts';
import type { Tables } from './schema.ts';
import { createTransactionScope } from './transaction-scope.ts';

/** SQLSTATE, appendix A of the Postgres manual: who may not come in, and a database that is not there. */
const REFUSED = /^(28|3D)/;

/**
 * Opens the database of a Mayfly that may be running, and changes nothing of it: no table is made or migrated, no queue, and
 * no job is taken. One that another version brought up to date is refused, since neither knows the other's rows. Throws
 * `TransientError` and `TerminalError`; no message holds a password.
 */
export async function openAsGuest(
  options: DatabaseOptions,
): Promise<Pick<Database, 'kysely' | 'transactions' | 'close'>> {
  const engine = await openEngine(options);
  try {
    await assertSameVersion(engine.kysely);
  } catch (error) {
    await engine.close();
    throw databaseFailure(error);
  }
  let closing: Promise<void> | undefined;
  return {
    kysely: engine.kysely,
    transactions: createTransactionScope(),
    close: async () => await (closing ??= engine.close()),
  };
}

async function openEngine({ databaseUrl, password, caFile, dataDir, ...more }: DatabaseOptions): Promise<Engine> {
  const { log = silentLog, connectMilliseconds } = more;
  if (databaseUrl !== undefined) {
    return await openPostgres({ databaseUrl, password, caFile }, { log, connectMilliseconds }).catch(refuse);
  }
  await access(join(dataDir, 'postgres')).catch(() => {
    throw new TerminalError(
      'NoDatabase',
      `There is no database in ${dataDir}: set DATABASE_URL, or DATA_DIR, as the server has it.`,
      { actor: 'operator' },
    );
  });
  return await openPglite(dataDir).catch(refuse);
}

/** What cannot be opened at all, such as a directory in use or certificates that cannot be read, waiting does not open. */
function refuse(error: Error): never {
  const why = error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
  throw new TerminalError('DatabaseRefused', why, { actor: 'operator' });
}

/** The names that stand in the table of migrations are compared: kysely's own look tells nothing of those it does not know. */
async function assertSameVersion(kysely: Kysely<Tables>): Promise<void> {
  const known = Object.keys(MIGRATIONS);
  const applied = await appliedTo(kysely);
  const unknown = applied.find((name) => !known.includes(name));
  const lacking = known.find((name) => !applied.includes(name));
  if (unknown !== undefined) {
    throw otherVersion(`a newer Mayfly than this command (${unknown})`);
  }
  if (lacking !== undefined) {
    throw otherVersion(applied.length === 0 ? 'no Mayfly yet' : `an older Mayfly than this command (${lacking})`);
  }
}

async function appliedTo(kysely: Kysely<Tables>): Promise<string[]> {
  const table = await sql<{ found: string | null }>`select to_regclass('kysely_migration')::text as found`.execute(
    kysely,
  );
  if (!table.rows[0]?.found) {
    return [];
  }
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(kysely);
  return rows.map(({ name }) => name);
}

function otherVersion(by: string): TerminalError {
  return new TerminalError(
    'OtherVersion',
    `The database was last brought up to date by ${by}. Nothing was changed: run the command of the version that the server runs, from its image for one.`,
    { actor: 'operator' },
  );
}

/** What a statement met, as `TransientError` or `TerminalError`: a connection may be lost at any time. */
export function databaseFailure(error: unknown): unknown {
  if (error instanceof TerminalError || error instanceof TransientError) {
    return error;
  }
  const { code, message } = describe(error);
  return typeof code === 'string' && REFUSED.test(code)
    ? new TerminalError('DatabaseRefused', `The database takes nobody in: ${message}.`, { actor: 'operator' })
    : new TransientError('Unavailable', `The database does not answer: ${message}`, { cause: error });
}

/** A host of several addresses is refused at each of them; the error that holds those says nothing itself. */
function describe(error: unknown): { code: unknown; message: string } {
  const said: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const { code, message } = said as { code?: unknown; message?: string };
  return { code, message: message ?? String(said) };
}
