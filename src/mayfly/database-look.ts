import { readFile } from 'node:fs/promises';
import type { Config } from '../config/process.ts';
import { createDatabaseLook } from '../data/look/database-look.ts';
import type { DatabaseLook } from '../reconcile/database/database-look.ts';

/** Asks the databases of environments; in TLS, where the process was given certificates. Throws when they cannot be read. */
export async function databaseLookOf({ cloneCaFile }: Pick<Config, 'cloneCaFile'>): Promise<DatabaseLook> {
  return createDatabaseLook({
    certificates: cloneCaFile === undefined ? undefined : await certificatesIn(cloneCaFile),
  });
}

async function certificatesIn(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Error(`reading the certificates of clones ${path}`, { cause });
  });
  // TLS would take it, and refuse every server.
  if (!text.includes('-----BEGIN CERTIFICATE-----')) {
    throw new Error(`there is no certificate in ${path}`);
  }
  return text;
}
