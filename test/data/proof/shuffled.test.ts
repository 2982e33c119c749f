import { expect, it } from '@jest/globals';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { ruleSetOf } from '../../support/rule-sets.ts';
import { maskInProcess } from './in-process.ts';
import { useServerAndDesk } from './server-and-desk.ts';
import { ask, createDatabase } from './stranger.ts';

const rules = (more = '') =>
  ruleSetOf(
    `version: 1\ntables: { pay: { columns: { id: { keep: a number }, name: shuffle, salary: shuffle } } }\n${more}`,
  );

describeOnMariaDb('a column that is shuffled', () => {
  const at = useServerAndDesk();

  async function shuffled(rows: string, more = '') {
    const database = await createDatabase(at.server, [
      'CREATE TABLE pay (id INT PRIMARY KEY, name VARCHAR(40), salary INT)',
      ...(rows === '' ? [] : [`INSERT INTO pay ${rows}`]),
    ]);
    const { scan } = await maskInProcess(at.server, database, { ruleSet: rules(more) });
    return { database, findings: scan.findings };
  }

  it('is found where a row is alone, and where all have one value, unless that is allowed', async () => {
    const finding = (column: string, rows: number) => ({
      table: 'pay',
      column,
      detector: 'values of the original',
      rows,
      allowed: null,
    });

    expect((await shuffled("VALUES (1, 'Gwen', 90000), (2, NULL, NULL)")).findings).toEqual([
      finding('name', 1),
      finding('salary', 1),
    ]);
    expect((await shuffled("VALUES (1, 'Gwen', 90000), (2, 'Alun', 90000)")).findings).toEqual([finding('salary', 2)]);
    const allow =
      'allow: [{ table: pay, column: salary, detector: values of the original, reason: all earn the same }]';
    expect((await shuffled("VALUES (1, 'Gwen', 90000), (2, 'Alun', 90000)", allow)).findings).toEqual([
      { ...finding('salary', 2), allowed: 'all earn the same' },
    ]);
  });

  it.each([2, 3, 5, 400])('leaves none of %i rows its own value', async (rows) => {
    const { database, findings } = await shuffled(`SELECT seq, CONCAT('Gwen ', seq), seq * 100 FROM seq_1_to_${rows}`);

    expect(findings).toEqual([]);
    expect(
      await ask(
        at.server,
        database,
        "SELECT SUM(name = CONCAT('Gwen ', id)) + SUM(salary = id * 100) AS same, COUNT(DISTINCT name) AS names, COUNT(DISTINCT salary) AS salaries FROM pay",
      ),
    ).toEqual([{ same: '0', names: rows, salaries: rows }]);
  });

  it('says nothing of a table without rows', async () => {
    expect((await shuffled('')).findings).toEqual([]);
  });
});
