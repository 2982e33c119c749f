import type { MariaDbServer } from '../../../sim/mariadb/mariadb-server.ts';
import { createAnonymiser } from '../../../src/data/anonymiser.ts';
import type { RunOrder } from '../../../src/data/mask-database.ts';
import { openDatabase } from '../../../src/data/mysql/open-database.ts';
import type { Coverage } from '../../../src/data/rules/cover.ts';
import type { RuleSet } from '../../../src/data/rules/rule-set.ts';
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

/** Who connects, and where. */
export type Place = Pick<MariaDbServer, 'host' | 'port' | 'user' | 'password'>;

/** Masks a database by rules, as the command line would in a process of its own, which takes longer. */
export async function maskInProcess(place: Place, database: string, order: Order): Promise<Passport> {
  const { text } = await anonymiserOf(place, database).run(orderOf(order), () => undefined);
  return JSON.parse(text) as Passport;
}

/** What `mayfly anonymise check` tells. */
export async function checkInProcess(place: Place, database: string, ruleSet: RuleSet): Promise<Coverage> {
  return await anonymiserOf(place, database).check(ruleSet);
}

export function anonymiserOf({ host, port, user, password }: Place, database: string) {
  return createAnonymiser({
    open: async (connections) => await openDatabase({ host, port, user, password, database, connections }),
    clock: { now: () => new Date(), wallMilliseconds: (seconds) => seconds * 1000 },
    madeBy: 'a test',
  });
}
