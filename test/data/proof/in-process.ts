import type { MariaDbServer } from '../../../sim/mariadb/mariadb-server.ts';
import { createAnonymiser, type RunOrder } from '../../../src/data/anonymiser.ts';
import { openDatabase } from '../../../src/data/mysql/open-database.ts';
import type { Passport } from '../../../src/domain/passport.ts';
import { passportKeys } from '../../support/passports.ts';

const KEY = 'a key of the masks, long enough for all';

type Order = Pick<RunOrder, 'ruleSet'> & Partial<RunOrder>;

export function orderOf(order: Order): RunOrder {
  return {
    digest: 'd'.repeat(64),
    key: KEY,
    signingKey: passportKeys().privateKey,
    workers: undefined,
    chunkRows: undefined,
    asOf: '2026-11-26',
    source: 'a test',
    takenAt: null,
    signal: new AbortController().signal,
    deliver: async () => undefined,
    ...order,
  };
}

/** Masks a database by rules, as the command line would in a process of its own, which takes longer. */
export async function maskInProcess(
  { host, port, user, password }: MariaDbServer,
  database: string,
  order: Order,
): Promise<Passport> {
  const anonymiser = createAnonymiser({
    open: async (connections) => await openDatabase({ host, port, user, password, database, connections }),
    clock: { now: () => new Date(), wallMilliseconds: (seconds) => seconds * 1000 },
    madeBy: 'a test',
  });
  const { text } = await anonymiser.run(orderOf(order), () => undefined);
  return JSON.parse(text) as Passport;
}
