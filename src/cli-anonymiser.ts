import { readFile } from 'node:fs/promises';
import type { Anonymiser } from './cli/anonymiser.ts';
import type { DatabaseAddress } from './cli/database-address.ts';
import { createAnonymiser } from './data/anonymiser.ts';
import { openDatabase } from './data/mysql/open-database.ts';
import type { Database } from './data/mysql/session.ts';
import { TerminalError } from './domain/failure.ts';

const MANIFEST = new URL('../package.json', import.meta.url);
const { version } = JSON.parse(await readFile(MANIFEST, 'utf8')) as { version: string };

const clock = { now: () => new Date(), wallMilliseconds: (seconds: number) => seconds * 1000 };

async function open({ name, caFile, ...address }: DatabaseAddress, connections: number): Promise<Database> {
  const tls = caFile === undefined ? undefined : { ca: await readCertificates(caFile) };
  return await openDatabase({
    ...address,
    isNamed: true,
    password: address.password ?? '',
    database: name,
    connections,
    tls,
  });
}

async function readCertificates(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch(() => {
    throw new TerminalError('NoCertificates', `the certificates in ${path} cannot be read`, { actor: 'operator' });
  });
}

/** What masks a database, of the parts that do. */
export function openAnonymiser(address: DatabaseAddress): Anonymiser {
  const anonymiser = createAnonymiser({
    open: async (connections) => await open(address, connections),
    clock,
    madeBy: `mayfly ${version}`,
  });
  return {
    ...anonymiser,
    run: async (options, progress) =>
      await anonymiser.run(options, ({ step, table, rows, ofAbout }) =>
        progress({ step, table, rows, aboutRows: ofAbout, allRows: rows, allAboutRows: ofAbout }),
      ),
    // Each of its works closes what it opened.
    close: async () => undefined,
  };
}
