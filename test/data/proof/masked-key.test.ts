import { expect, it } from '@jest/globals';
import type { MariaDbServer } from '../../../sim/mariadb/mariadb-server.ts';
import { createAnonymiser } from '../../../src/data/anonymiser.ts';
import { openDatabase } from '../../../src/data/mysql/open-database.ts';
import type { Database } from '../../../src/data/mysql/session.ts';
import type { ColumnRule, RuleSet } from '../../../src/data/rules/rule-set.ts';
import { type Passport, passportProblem } from '../../../src/domain/passport.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { orderOf } from './in-process.ts';
import { useServerAndDesk } from './server-and-desk.ts';
import { createDatabase } from './stranger.ts';

/** Rows of nearly all numbers that there are of so many digits, names and towns that are fakes too, and a masked key. */
const STATEMENTS = [
  `CREATE TABLE member (login VARCHAR(40) PRIMARY KEY, place INT UNIQUE, number INT UNIQUE, phone VARCHAR(20), forename VARCHAR(20),
     town VARCHAR(30), ni_number VARCHAR(9), remark TEXT, team VARCHAR(20))`,
  `INSERT INTO member SELECT CONCAT('gwen.', seq), seq, 100000 + seq * 30, CONCAT('0161496', LPAD(seq, 5, '0')),
     ELT(1 + seq % 4, 'Emma', 'Hugh', 'Blodwen', 'Ifan'), ELT(1 + seq % 3, 'Alderwold', 'Heronport', 'Mold'),
     CONCAT('AB', LPAD(seq * 33, 6, '0'), 'C'), CONCAT('Rang on day ', seq), CONCAT('Team ', seq % 7) FROM seq_1_to_30000`,
];
const rule = (column: string, mask: ColumnRule['mask']): ColumnRule => ({ column, mask, domain: undefined });
const RULES: RuleSet = {
  version: 1,
  keep: [],
  otherDatabases: [],
  smoke: [],
  allow: [],
  tables: [
    {
      table: 'member',
      rows: [],
      orphans: undefined,
      columns: [
        rule('login', { kind: 'fake', of: 'login' }),
        rule('place', { kind: 'keep', reason: 'a number' }),
        rule('number', { kind: 'digits' }),
        rule('phone', { kind: 'digits' }),
        rule('forename', { kind: 'fake', of: 'given-name' }),
        rule('town', { kind: 'fake', of: 'town' }),
        rule('ni_number', { kind: 'digits' }),
        rule('remark', { kind: 'text' }),
        rule('team', { kind: 'shuffle' }),
      ],
    },
  ],
};

describeOnMariaDb('a table whose key is masked', () => {
  const at = useServerAndDesk();

  it('is no source of false alarms, and the passport says what was not compared and why', async () => {
    const passport = await masked(at.server, await createDatabase(at.server, STATEMENTS));
    expect(passportProblem(passport)).toBeUndefined();
    expect(passport.scan.uncompared).toEqual([
      { table: 'member', column: 'number', reason: expect.stringContaining('the mask may make each value') },
      { table: 'member', column: 'ni_number', reason: expect.stringContaining('the mask may make each value') },
      { table: 'member', column: 'team', reason: 'its values are dealt anew among the rows' },
    ]);
  }, 60_000);

  it.each(['phone', 'forename'])(
    'does not hide that its %s was not masked: the passport names both, and is no source',
    async (column) => {
      const database = await createDatabase(at.server, STATEMENTS);
      const before = await createDatabase(at.server, STATEMENTS);
      const passport = await masked(at.server, database, [
        `UPDATE \`${database}\`.member JOIN \`${before}\`.member AS was USING (place) SET member.${column} = was.${column}`,
      ]);
      expect(passportProblem(passport)).toMatch(
        new RegExp(`^member\\.${column} holds what looks like values of the original in [1-9]\\d* rows$`),
      );
    },
    60_000,
  );
});

/** `leak`: what is done when all masks are applied and nobody has looked yet. */
async function masked(server: MariaDbServer, database: string, leak: readonly string[] = []): Promise<Passport> {
  const { host, port, user, password } = server;
  const anonymiser = createAnonymiser({
    open: async (connections) =>
      leaking(await openDatabase({ host, port, user, password, database, connections }), leak),
    clock: { now: () => new Date(), wallMilliseconds: (seconds) => seconds * 1000 },
    madeBy: 'a test',
  });
  const { text } = await anonymiser.run(orderOf({ ruleSet: RULES }), () => undefined);
  return JSON.parse(text) as Passport;
}

function leaking(database: Database, leak: readonly string[]): Database {
  return {
    ...database,
    withSession: async (work) =>
      await database.withSession(
        async (session) =>
          await work({
            ...session,
            change: async (sql, values) => {
              if (values?.[0] === 'whole') {
                for (const statement of leak) {
                  await session.change(statement);
                }
              }
              return await session.change(sql, values);
            },
          }),
      ),
  };
}
