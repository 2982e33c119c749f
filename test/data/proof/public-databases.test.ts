import { expect } from '@jest/globals';
import { passportProblem } from '../../../src/domain/passport.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { DBT3_RULES, itOnPublicDatabases, publicDatabase } from '../../support/public-databases/public-databases.ts';
import { useServerAndDesk } from './server-and-desk.ts';
import { anonymise, ask, check, copyOf, dump, propose } from './stranger.ts';

const RUN_MS = 120_000;
const PLACES = ['City', 'Country', 'CountryLanguage'];

/** Nothing is tuned to our own data: nobody here made any of this. */
describeOnMariaDb('a public sample database', () => {
  const at = useServerAndDesk();

  itOnPublicDatabases(
    'of customers and orders goes from a proposal to a passport, and its orders are still theirs (Debian’s mariadb-test-data)',
    async () => {
      const database = await copyOf(at.server, publicDatabase('dbt3'));
      const ordered = async () =>
        await ask(
          at.server,
          database,
          'SELECT COUNT(*) AS orders, SUM(o_totalprice) AS paid FROM orders JOIN customer ON c_custkey = o_custkey GROUP BY c_custkey ORDER BY orders, paid',
        );
      const phones = async () =>
        (
          await ask<{ phone: string }>(
            at.server,
            database,
            'SELECT c_phone AS phone FROM customer UNION SELECT s_phone FROM supplier',
          )
        ).map(({ phone }) => phone);
      const goods = async () => await ask(at.server, database, 'CHECKSUM TABLE lineitem, part, partsupp');
      const [customersBefore, goodsBefore, phonesBefore] = [await ordered(), await goods(), await phones()];
      expect(phonesBefore).toHaveLength(160);

      const proposal = await propose(at.server, database);
      expect(proposal.stdout).toContain('c_phone: { fake: phone }');
      expect(proposal.stderr).toContain('time_statistics: has no primary key');
      const undecided = await at.desk.file('proposed.yml', proposal.stdout);
      const refused = await check(at.server, { database, rules: undecided });
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain('`customer.c_name` has no rule');

      expect(await check(at.server, { database, rules: DBT3_RULES })).toMatchObject({ code: 0 });
      const { code, stderr, passport } = await anonymise(at.server, at.desk, { database, rules: DBT3_RULES });
      expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
      expect(passport && passportProblem(passport)).toBeUndefined();
      expect(passport?.counts.filter(({ before, after }) => before !== after)).toEqual([]);
      expect(passport?.columns).toHaveLength(65);

      expect(await ordered()).toEqual(customersBefore);
      expect(await goods()).toEqual(goodsBefore);
      const now = await dump(at.server, database);
      expect(phonesBefore.filter((phone) => now.includes(phone))).toEqual([]);
    },
    RUN_MS,
  );

  itOnPublicDatabases(
    'of the world’s places may be kept without a finding, and their names masked in a unique key (Debian’s mariadb-test-data)',
    async () => {
      const database = await copyOf(at.server, publicDatabase('world'));
      const keep = PLACES.map((table) => `"${table}.*"`).join(', ');
      const kept = `version: 1\nkeep:\n  - { columns: [${keep}], reason: places of the world }\n`;
      const before = await dump(at.server, database);
      const keeping = await anonymise(at.server, at.desk, { database, rules: await at.desk.file('kept.yml', kept) });
      expect({ code: keeping.code, findings: keeping.passport?.scan.findings }).toEqual({ code: 0, findings: [] });
      expect(await dump(at.server, database)).toBe(before);

      const masked = `${kept}tables:\n  City: { columns: { Name: { fake: town } } }\n  Country: { columns: { Name: { fake: company } } }\n`;
      const masking = await anonymise(at.server, at.desk, {
        database,
        rules: await at.desk.file('masked.yml', masked),
      });
      expect({ code: masking.code, stderr: masking.code === 0 ? '' : masking.stderr }).toEqual({ code: 0, stderr: '' });
      expect(masking.passport && passportProblem(masking.passport)).toBeUndefined();
      const names = await ask(at.server, database, 'SELECT COUNT(DISTINCT Name) AS different FROM Country');
      expect(names).toEqual([{ different: 239 }]);
      expect(await dump(at.server, database)).not.toContain('Netherlands Antilles');
    },
    RUN_MS,
  );
});
