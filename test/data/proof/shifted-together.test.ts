import { expect, it } from '@jest/globals';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { ruleSetOf } from '../../support/rule-sets.ts';
import { maskInProcess } from './in-process.ts';
import { useServerAndDesk } from './server-and-desk.ts';
import { ask, createDatabase } from './stranger.ts';

const STATEMENTS = [
  'CREATE TABLE person (id INT PRIMARY KEY, ref VARCHAR(20), born DATE, died DATE, KEY (ref))',
  "INSERT INTO person SELECT seq, IF(seq % 10, CONCAT('Ref', seq), NULL), '1980-01-01' + INTERVAL seq DAY, '1980-01-31' + INTERVAL seq DAY FROM seq_1_to_1000",
  'CREATE TABLE stay (id INT PRIMARY KEY, person_id INT, came DATETIME, went TIMESTAMP NULL, FOREIGN KEY (person_id) REFERENCES person (id))',
  "INSERT INTO stay SELECT seq, seq, '1990-05-01 22:00:00' + INTERVAL seq DAY, '1990-05-03 04:00:00' + INTERVAL seq DAY FROM seq_1_to_1000",
  'CREATE TABLE was AS SELECT person.id AS nth, born, came FROM person JOIN stay ON stay.id = person.id',
];
const rules = (shift: (column: string) => string, person = 'id') =>
  ruleSetOf(`version: 1
keep: [{ columns: ['was.*'], reason: to compare with }]
tables:
  person: { columns: { id: digits, ref: { hash: 12 }, born: ${shift(person)}, died: ${shift(person)} } }
  stay: { columns: { id: { keep: a number }, person_id: digits, came: ${shift('person_id')}, went: ${shift('PERSON_ID')} } }
`);

describeOnMariaDb('dates that are shifted together', () => {
  const at = useServerAndDesk();

  it('keep their distances in a row, and those of one person in all tables', async () => {
    const database = await createDatabase(at.server, STATEMENTS);

    await maskInProcess(at.server, database, { ruleSet: rules((column) => `{ dateShift: 180, with: ${column} }`) });

    const [row] = await ask(
      at.server,
      database,
      `SELECT COUNT(*) AS n, SUM(DATEDIFF(died, p.born) = 30) AS lives, SUM(TIMESTAMPDIFF(HOUR, s.came, went) = 30) AS stays,
         SUM(DATEDIFF(p.born, was.born) = DATEDIFF(s.came, was.came)) AS alike,
         SUM(ABS(DATEDIFF(p.born, was.born)) BETWEEN 1 AND 180) AS shifted, COUNT(DISTINCT DATEDIFF(p.born, was.born)) > 200 AS many
       FROM person p JOIN stay s ON s.person_id = p.id JOIN was ON was.nth = s.id`,
    );
    expect(row).toEqual({ n: 1000, lives: '1000', stays: '1000', alike: '1000', shifted: '1000', many: 1 });
  });

  it('go by their own day where that column is NULL', async () => {
    const database = await createDatabase(at.server, STATEMENTS);

    await maskInProcess(at.server, database, {
      ruleSet: rules((column) => (column === 'ref' ? '{ dateShift: 180, with: ref }' : '{ dateShift: 20 }'), 'ref'),
    });

    const [row] = await ask(
      at.server,
      database,
      'SELECT SUM(ref IS NOT NULL AND DATEDIFF(died, born) = 30) AS beside, SUM(ref IS NULL AND DATEDIFF(died, born) <> 30) > 80 AS alone, SUM(born IS NULL) AS nulls FROM person',
    );
    expect(row).toEqual({ beside: '900', alone: 1, nulls: '0' });
  });

  it('are refused beside a column that is not there, or that is a date itself', async () => {
    const database = await createDatabase(at.server, STATEMENTS);
    const shift = (column: string) => `{ dateShift: 180, with: ${column === 'id' ? 'died' : 'persn_id'} }`;

    await expect(maskInProcess(at.server, database, { ruleSet: rules(shift) })).rejects.toMatchObject({
      details: expect.arrayContaining([
        'person.born (date): it can be shifted with whole numbers, text or bytes, and died is date',
        'stay.came (datetime): there is no column persn_id beside it, with which it could be shifted',
      ]),
    });
  });
});
