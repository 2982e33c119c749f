import { expect, it } from '@jest/globals';
import { createAnonymiser } from '../../../src/data/anonymiser.ts';
import { openDatabase } from '../../../src/data/mysql/open-database.ts';
import type { Coverage } from '../../../src/data/rules/cover.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { ruleSetOf } from '../../support/rule-sets.ts';
import { useServerAndDesk } from './server-and-desk.ts';
import { anonymise, ask, createDatabase, giveUp, hasWorkDatabase } from './stranger.ts';

const PERSON = (more: string) =>
  `CREATE TABLE person (id INT, given VARCHAR(40) NOT NULL, family VARCHAR(40) NOT NULL, email VARCHAR(60) NOT NULL,
     born DATE NOT NULL, whole VARCHAR(90) AS (CONCAT(given, ' ', family)) STORED, ${more})`;
const RULES = `version: 1
tables:
  person:
    columns:
      id: { keep: a number }
      given: { fake: given-name }
      family: { fake: family-name }
      email: { fake: email }
      born: { dateShift: 100 }
`;

describeOnMariaDb('masked rows that a table might not take', () => {
  const at = useServerAndDesk();

  async function check(statement: string, rules = RULES): Promise<Coverage> {
    const database = await createDatabase(at.server, [statement]);
    const anonymiser = createAnonymiser({
      open: async (connections) => await openDatabase({ ...at.server, database, connections }),
      clock: { now: () => new Date(), wallMilliseconds: (seconds) => seconds * 1000 },
      madeBy: 'a test',
    });
    return await anonymiser.check(ruleSetOf(rules));
  }

  it.each([
    {
      what: 'a partition is for some dates only',
      statement: `${PERSON('PRIMARY KEY (id, born)')} PARTITION BY RANGE (YEAR(born)) (PARTITION p0 VALUES LESS THAN (2000), PARTITION p1 VALUES LESS THAN (2010))`,
      problem:
        '`person.born` decides which partition a row is in, and not every value has one: keep it, or make a partition for all other values (MAXVALUE, or DEFAULT of a list)',
    },
    {
      what: 'a unique key compares how a value begins',
      statement: PERSON('PRIMARY KEY (id), UNIQUE KEY u (email(5))'),
      problem:
        '`person.email`: the unique key `u` compares its first 5 characters, and two masked values may differ behind them only: use a fake or a `hash` that is no longer, keep it, or make the key one of the whole column',
    },
    {
      what: 'a unique key compares what is made of masked values',
      statement: PERSON('PRIMARY KEY (id), UNIQUE KEY w (whole)'),
      problem:
        '`person.whole` is generated from masked columns, and the unique key `w` keeps it apart, which no mask can see to: keep what it is made of, or drop the key',
    },
  ])('are refused by a check where $what', async ({ statement, problem }) => {
    expect(await check(statement)).toEqual({ ok: false, problems: [problem] });
  });

  it.each([
    [
      'every date has a partition',
      `${PERSON('PRIMARY KEY (id, born)')} PARTITION BY RANGE (YEAR(born)) (PARTITION p0 VALUES LESS THAN (2000), PARTITION p1 VALUES LESS THAN MAXVALUE)`,
    ],
    [
      'partitions go by the number of the row',
      `${PERSON('PRIMARY KEY (id, born)')} PARTITION BY HASH (id) PARTITIONS 3`,
    ],
    ['partitions go by a sum of values', `${PERSON('PRIMARY KEY (id, born)')} PARTITION BY KEY (born) PARTITIONS 3`],
    ['no fake is longer than the beginning that a key compares', PERSON('PRIMARY KEY (id), UNIQUE KEY u (email(37))')],
    [
      'another column keeps such a key apart',
      PERSON('PRIMARY KEY (id), UNIQUE KEY u (email(5), id), UNIQUE KEY w (whole, id)'),
    ],
  ])('are masked where %s', async (_, statement) => {
    expect(await check(statement)).toMatchObject({ ok: true });
  });

  it.each([
    ['{ hash: 8 }', 8, true],
    ['{ hash: 8 }', 7, false],
    ['hash', 21, true],
    ['hash', 20, false],
    ['shuffle', 3, true],
    ['text', 59, false],
  ])('of an email that is %s and is compared by its first %i characters are taken: %s', async (mask, length, ok) => {
    const rules = RULES.replace('{ fake: email }', mask);
    expect(await check(PERSON(`PRIMARY KEY (id), UNIQUE KEY u (email(${length}))`), rules)).toMatchObject({ ok });
  });

  it('are found in a table of their own where no check could tell, once the run is given up', async () => {
    const database = await createDatabase(at.server, [
      'CREATE TABLE seat (code INT PRIMARY KEY, twice INT AS (code * 2) STORED, CONSTRAINT few CHECK (twice < 700))',
      'INSERT INTO seat (code) SELECT seq FROM seq_1_to_300',
    ]);
    const rules = await at.desk.file('seats.yml', 'version: 1\ntables: { seat: { columns: { code: digits } } }\n');

    const ended = await anonymise(at.server, at.desk, { database, rules });
    const given = await giveUp(at.server, database);

    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('mayfly anonymise abort brings them') });
    expect(given).toMatchObject({ code: 1, stderr: expect.stringContaining('are in the table mayfly_left_0_seat') });
    expect(await ask(at.server, database, 'SELECT COUNT(*) AS n FROM mayfly_left_0_seat')).toEqual([{ n: 300 }]);
    expect(await hasWorkDatabase(at.server)).toBe(false);
  });

  it('are no matter of a column that is kept', async () => {
    const kept = RULES.replace('born: { dateShift: 100 }', 'born: { keep: made up }');
    const statement = `${PERSON('PRIMARY KEY (id, born)')} PARTITION BY LIST (MONTH(born)) (PARTITION p0 VALUES IN (1, 2, 3))`;
    expect(await check(statement, kept)).toMatchObject({ ok: true });
  });
});
