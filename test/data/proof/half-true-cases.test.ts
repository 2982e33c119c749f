import { expect, it } from '@jest/globals';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { useServerAndDesk } from './server-and-desk.ts';
import { anonymise, createDatabase } from './stranger.ts';

const STATEMENTS = [
  'CREATE TABLE person (id INT PRIMARY KEY, country CHAR(2), plate VARCHAR(20), state VARCHAR(9), forename VARCHAR(40), surname VARCHAR(40))',
  `INSERT INTO person SELECT seq, ELT(1 + seq % 3, 'GB', 'IE', 'NI'), IF(seq % 10 = 0, NULL, CONCAT('AB12 C', LPAD(seq, 3, '0'))),
     IF(seq > 200, 'draft', 'sent'), CONCAT('Gwen', seq), CONCAT('Cadwaladr', seq) FROM seq_1_to_300`,
];
const RULES = `version: 1
tables:
  person:
    deleteWhere: "state = 'draft'"
    columns:
      id: { keep: a number }
      country: { keep: a code }
      state: { keep: a code }
      forename: { fake: given-name }
      surname: { fake: family-name }
      plate:
        cases:
          - { when: "country = 'GB'", fake: vrm }
          - { when: "state = 'draft'", hash: 8 }
          - { when: "country = 'ie'", keep: other rules hold there }
        otherwise: { hash: 8 }
`;

describeOnMariaDb('a mask with cases', () => {
  const at = useServerAndDesk();

  it('has in the passport how many values each case met, of rows that were not deleted, and one that met none is told', async () => {
    const database = await createDatabase(at.server, STATEMENTS);
    const ended = await anonymise(at.server, at.desk, { database, rules: await at.desk.file('rules.yml', RULES) });
    expect(ended.code).toBe(0);
    expect(ended.passport?.cases).toEqual([
      {
        table: 'person',
        column: 'plate',
        cases: [
          { when: "country = 'GB'", mask: 'fake vrm', values: 60 },
          { when: "state = 'draft'", mask: 'hash 8', values: 0 },
          { when: "country = 'ie'", mask: 'keep', values: 60 },
          { when: null, mask: 'hash 8', values: 60 },
        ],
      },
    ]);
    expect(ended.stderr.split('\n')).toContain(
      `Look again at person.plate: of 180 values none met the case "state = 'draft'" (hash 8)`,
    );
  }, 30_000);

  it('that leaves nothing to its last word is told too', async () => {
    const database = await createDatabase(at.server, STATEMENTS);
    const rules = await at.desk.file('rules.yml', RULES.replace("state = 'draft'\", hash", "country <> 'IE'\", hash"));
    const { stderr } = await anonymise(at.server, at.desk, { database, rules });
    expect(stderr.split('\n')).toContain(
      'Look again at person.plate: of 180 values each met a case, and none was left for what is otherwise (hash 8)',
    );
  }, 30_000);
});
