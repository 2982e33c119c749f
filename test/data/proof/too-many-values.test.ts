import { expect, it } from '@jest/globals';
import { createAnonymiser } from '../../../src/data/anonymiser.ts';
import { openDatabase } from '../../../src/data/mysql/open-database.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { ruleSetOf } from '../../support/rule-sets.ts';
import { maskInProcess } from './in-process.ts';
import { useServerAndDesk } from './server-and-desk.ts';
import { ask, createDatabase, hasWorkDatabase } from './stranger.ts';

const STATEMENTS = [
  'CREATE TABLE member (id INT PRIMARY KEY, tenant INT, town VARCHAR(60), UNIQUE KEY each_town (tenant, town))',
  "INSERT INTO member SELECT seq, seq, CONCAT('town ', seq) FROM seq_1_to_3000",
];
const rules = (more: string) =>
  ruleSetOf(
    `version: 1\ntables: { member: { ${more} columns: { id: { keep: a number }, tenant: { keep: a number }, town: { fake: town } } } }`,
  );
const PROBLEM =
  /^`member\.town` has more than \d+ different values, which is all that its mask can give, and the unique key `each_town` needs another one for each: use `hash` or `digits`$/;

describeOnMariaDb('a unique column with more values than its mask has', () => {
  const at = useServerAndDesk();

  it('is named by a check and by a run, before anything is changed', async () => {
    const database = await createDatabase(at.server, STATEMENTS);
    const anonymiser = createAnonymiser({
      open: async (connections) => await openDatabase({ ...at.server, database, connections }),
      clock: { now: () => new Date(), wallMilliseconds: (seconds) => seconds * 1000 },
      madeBy: 'a test',
    });

    expect(await anonymiser.check(rules(''))).toEqual({ ok: false, problems: [expect.stringMatching(PROBLEM)] });
    await expect(maskInProcess(at.server, database, { ruleSet: rules('') })).rejects.toMatchObject({
      details: [expect.stringMatching(PROBLEM)],
    });
    expect(await hasWorkDatabase(at.server)).toBe(false);
  });

  it('is masked where the rows that are too many go first', async () => {
    const database = await createDatabase(at.server, STATEMENTS);

    await maskInProcess(at.server, database, { ruleSet: rules('deleteWhere: id > 100,') });

    expect(await ask(at.server, database, 'SELECT COUNT(DISTINCT town) AS n FROM member')).toEqual([{ n: 100 }]);
  });

  it('is told of at once where they do not go after all', async () => {
    const database = await createDatabase(at.server, STATEMENTS);

    await expect(maskInProcess(at.server, database, { ruleSet: rules('deleteWhere: id > 2900,') })).rejects.toThrow(
      'member.town: its mask has too few values',
    );
  }, 10_000);
});
