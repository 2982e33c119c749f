import { expect, it } from '@jest/globals';
import { passportProblem } from '../../../src/domain/passport.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { useServerAndDesk } from './server-and-desk.ts';
import { anonymise, ask, createDatabase, differences, dump, hasWorkDatabase, type Order, start } from './stranger.ts';

const STATEMENTS = [
  `CREATE TABLE person (id INT PRIMARY KEY AUTO_INCREMENT, forename VARCHAR(40), family_name VARCHAR(40), email VARCHAR(80),
     phone VARCHAR(30), remark TEXT, attributes JSON)`,
  `INSERT INTO person (forename, family_name, email, phone, remark, attributes)
     SELECT ELT(1 + seq % 4, 'Gwenllian', 'Pádraig', 'Małgorzata', 'Ifan'), ELT(1 + seq % 5, 'Cadwaladr', 'Featherstone', 'Ó Briain', 'Szczęśniak', 'Pritchard'),
       CONCAT('person', seq, '@haulage.co.uk'), CONCAT('01632 96', LPAD(seq, 4, '0')), CONCAT('Letter ', seq, ' was returned'),
       JSON_OBJECT('size', seq, 'state', 'granted') FROM seq_1_to_300`,
];
const RULES: Readonly<Record<string, string>> = {
  id: '{ keep: a number }',
  forename: '{ fake: given-name }',
  family_name: '{ fake: family-name }',
  email: '{ fake: email }',
  phone: '{ fake: phone }',
  remark: '{ keep: sentences of the application }',
  attributes: '{ keep: codes of the application }',
};

function rulesWith(columns: Readonly<Record<string, string>>): string {
  const all = Object.entries({ ...RULES, ...columns }).map(([name, mask]) => `      ${name}: ${mask}`);
  return ['version: 1', 'tables:', '  person:', '    columns:', ...all, ''].join('\n');
}

const LEAKS: readonly { leak: string; plant: readonly string[]; rules: string; says: RegExp }[] = [
  {
    leak: 'e-mail addresses that a rule keeps',
    plant: [],
    rules: rulesWith({ email: '{ keep: somebody said so }' }),
    says: /person\.email holds what looks like email in 300 rows/,
  },
  {
    leak: 'the name of one person in a kept text',
    plant: ["UPDATE person SET remark = 'Rang Pádraig Featherstone at home' WHERE id = 77"],
    rules: rulesWith({}),
    says: /person\.remark holds what looks like .*name.* in 1 rows/,
  },
  {
    leak: 'one e-mail address in kept JSON',
    plant: [`UPDATE person SET attributes = '{"a": [{"to": "ifan@haulage.co.uk"}]}' WHERE id = 5`],
    rules: rulesWith({}),
    says: /person\.attributes holds what looks like email.* in 1 rows/,
  },
  {
    leak: 'a mask whose case never holds',
    plant: [],
    rules: rulesWith({
      family_name: '{ cases: [{ when: 1 = 0, fake: family-name }], otherwise: { keep: sabotage } }',
    }),
    says: /person\.family_name holds what looks like values of the original.* in \d+ rows/,
  },
  {
    leak: 'phone numbers in a text that is kept',
    plant: ["UPDATE person SET remark = CONCAT('ring 0113 ', LPAD(id, 3, '2'), ' 4567') WHERE id < 9"],
    rules: rulesWith({}),
    says: /person\.remark holds what looks like phone number in 8 rows/,
  },
];

describeOnMariaDb('a leak', () => {
  const at = useServerAndDesk();

  it('that is not there is not found', async () => {
    const database = await createDatabase(at.server, STATEMENTS);
    const ended = await anonymise(at.server, at.desk, {
      database,
      rules: await at.desk.file('rules.yml', rulesWith({})),
    });
    expect({ code: ended.code, findings: ended.passport?.scan.findings }).toEqual({ code: 0, findings: [] });
  }, 20_000);

  it.each(LEAKS)(
    '$leak: it ends with 1, names table and column, and signs that it is no source',
    async ({ plant, rules, says }) => {
      const database = await createDatabase(at.server, [...STATEMENTS, ...plant]);
      const ended = await anonymise(at.server, at.desk, { database, rules: await at.desk.file('rules.yml', rules) });
      expect({ code: ended.code, says: ended.stderr.trimEnd().split('\n').at(-1) }).toEqual({
        code: 1,
        says: expect.stringMatching(new RegExp(`^The result is no source: ${says.source}$`)),
      });
      expect(ended.passport && passportProblem(ended.passport)).toMatch(says);
    },
    20_000,
  );

  it('a path that no document has changes nothing, and is told', async () => {
    const database = await createDatabase(at.server, STATEMENTS);
    const before = await dump(at.server, database);
    const rules = rulesWith({ attributes: '{ json: { $.sttae: text }, others: { keep: codes of the application } }' });
    const ended = await anonymise(at.server, at.desk, { database, rules: await at.desk.file('rules.yml', rules) });
    expect({ code: ended.code, says: ended.stderr.trimEnd().split('\n').at(-1) }).toEqual({
      code: 1,
      says: '`person.attributes`: no document has `$.sttae`: did you mean `$.state`?',
    });
    expect(differences(await dump(at.server, database), before)).toEqual([]);
    expect(await hasWorkDatabase(at.server)).toBe(false);
  }, 20_000);

  it('a column that came with a release stops the next run, and one that comes while it runs is found', async () => {
    const database = await createDatabase(at.server, [...STATEMENTS, 'ALTER TABLE person ADD nickname VARCHAR(20)']);
    const order: Order = { database, rules: await at.desk.file('rules.yml', rulesWith({})) };
    expect(await anonymise(at.server, at.desk, order)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('`person.nickname`'),
    });
    await ask(at.server, database, 'ALTER TABLE person DROP nickname');
    const running = start(at.server, at.desk, order);
    await running.says('noted', 'stderr');
    await ask(at.server, database, "ALTER TABLE person ADD nickname VARCHAR(20) DEFAULT 'Gwen'");
    const { code, stderr, passport } = await running.result;
    expect({ code, says: stderr.trimEnd().split('\n').at(-1) }).toEqual({
      code: 1,
      says: 'The result is no source: person.nickname holds what looks like values without a rule in 300 rows',
    });
    expect(passport && passportProblem(passport)).toContain('person.nickname');
  }, 20_000);
});
