import { readFile } from 'node:fs/promises';
import type { Config } from '../config/process.ts';
import { createDatabaseLook } from '../data/look/database-look.ts';
import { createDatabaseUsers } from '../data/users/database-users.ts';
import type { MayflyParts } from './parts.ts';

type DatabaseAccess = Required<Pick<MayflyParts, 'databases' | 'databaseUsers'>>;

/**
 * What asks the databases of environments and makes users in them; in TLS, where the process was given certificates. Throws
 * when they cannot be read.
 */
export async function databaseAccessOf({ cloneCaFile }: Pick<Config, 'cloneCaFile'>): Promise<DatabaseAccess> {
  const certificates = cloneCaFile === undefined ? undefined : await certificatesIn(cloneCaFile);
  return { databases: createDatabaseLook({ certificates }), databaseUsers: createDatabaseUsers({ certificates }) };
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
