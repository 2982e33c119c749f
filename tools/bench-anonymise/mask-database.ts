import { generateKeyPairSync } from 'node:crypto';
import type { MariaDbAddress } from '../../sim/mariadb/mariadb-server.ts';
import { createAnonymiser } from '../../src/data/anonymiser.ts';
import { openDatabase } from '../../src/data/mysql/open-database.ts';
import { parseRuleSet } from '../../src/data/rules/parse.ts';
import { type BenchTable, rulesOf } from './tables.ts';

export interface MaskTask {
  readonly address: MariaDbAddress;
  readonly database: string;
  readonly workers: number;
  readonly tables: readonly BenchTable[];
}

export interface Took {
  /** From the first question to the signed passport. */
  readonly seconds: number;
  /** The same until the last progress of masking: without the proof of the result. */
  readonly maskingSeconds: number;
}

/** What `mayfly anonymise` does, by the same function. */
export async function maskDatabase({ address, database, workers, tables }: MaskTask): Promise<Took> {
  const parsed = parseRuleSet(rulesOf(tables));
  if (!parsed.ok) {
    throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  }
  const { host, port, socket, user, password } = address;
  const anonymiser = createAnonymiser({
    open: async (connections) => await openDatabase({ host, port, socket, user, password, database, connections }),
    clock: { now: () => new Date(), wallMilliseconds: (seconds) => seconds * 1000 },
    madeBy: 'the bench',
  });
  const began = performance.now();
  let masking = began;
  await anonymiser.run(
    {
      ruleSet: parsed.ruleSet,
      digest: parsed.digest,
      key: 'nothing is kept apart by the key of a bench',
      signingKey: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      workers,
      chunkRows: undefined,
      asOf: '2026-11-26',
      source: 'the bench',
      takenAt: null,
      signal: new AbortController().signal,
      deliver: async () => undefined,
    },
    () => {
      masking = performance.now();
    },
  );
  return { seconds: (performance.now() - began) / 1000, maskingSeconds: (masking - began) / 1000 };
}
