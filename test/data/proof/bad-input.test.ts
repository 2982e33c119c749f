import { expect, it } from '@jest/globals';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { useServerAndDesk } from './server-and-desk.ts';
import {
  anonymise,
  ask,
  createDatabase,
  differences,
  dump,
  type Ended,
  hasWorkDatabase,
  type Order,
} from './stranger.ts';

const STATEMENTS = [
  `CREATE TABLE person (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(40), email VARCHAR(60), code VARCHAR(5),
     born DATE, up VARCHAR(40) AS (UPPER(name)) STORED)`,
  "INSERT INTO person (name, email, code, born) SELECT CONCAT('Gwen ', seq), CONCAT('gwen', seq, '@haulage.co.uk'), 'a', '1980-01-01' FROM seq_1_to_100",
  'CREATE TABLE `no key` (said VARCHAR(20))',
  "INSERT INTO `no key` VALUES ('a'), ('a')",
  'CREATE VIEW everybody AS SELECT * FROM person',
];
/** What lets a user see that no original is left in tables of the server itself. */
const LOOKS = ['general_log', 'slow_log', 'column_stats'].map((table) => `SELECT ON mysql.${table}`);
const COLUMNS: Readonly<Record<string, string>> = {
  id: '{ keep: a number }',
  name: '{ fake: full-name }',
  email: '{ fake: email }',
  code: '{ keep: a code }',
  born: '{ dateShift: 20 }',
};

/** Rules that fit, but for what is given. */
function rulesWith(columns: Readonly<Record<string, string>>, more = '  no key: { truncate: true }'): string {
  const all = Object.entries({ ...COLUMNS, ...columns }).map(([name, mask]) => `      ${name}: ${mask}`);
  return ['version: 1', 'tables:', '  person:', '    columns:', ...all, more, ''].join('\n');
}

const FITTING = rulesWith({});
const UNFIT: readonly { what: string; rules: string; says: string }[] = [
  {
    what: 'a rule for a column that is not there',
    rules: rulesWith({ emial: 'text' }),
    says: 'there is no column `person.emial`: did you mean `email`?',
  },
  {
    what: 'a mask longer than the column',
    rules: rulesWith({ code: '{ hash: 12 }' }),
    says: '`person.code` is `varchar(5)`, and the mask would be 12 long',
  },
  {
    what: 'a constant longer than the column',
    rules: rulesWith({ code: '{ constant: far too long }' }),
    says: '`person.code` is `varchar(5)`, and the mask would be 12 long',
  },
  {
    what: 'a mask on a generated column',
    rules: rulesWith({ up: 'text' }),
    says: '`person.up` is generated from other columns and follows them: it takes no rule',
  },
  {
    what: 'a mask in a table without a key',
    rules: rulesWith({}, '  no key: { columns: { said: text } }'),
    says: '`no key.said` is masked, but the table has no primary key',
  },
  {
    what: 'a rule for a view',
    rules: rulesWith({}, '  no key: { truncate: true }\n  everybody: { columns: { name: text } }'),
    says: '`everybody` is a view: it has no rows of its own, and takes no rule',
  },
  {
    what: 'a condition that cannot be read',
    rules: rulesWith({ name: '{ cases: [{ when: nowhere = 1, fake: full-name }], otherwise: text }' }),
    says: '`person.name`: there is no such column (nowhere)',
  },
  {
    what: 'a condition for rows that cannot be read',
    rules: rulesWith({}).replace('  person:', '  person:\n    deleteWhere: code <> AND'),
    says: 'deleteWhere of `person`: the server cannot read',
  },
  {
    what: 'a smoke query that cannot be read',
    rules: rulesWith(
      {},
      '  no key: { truncate: true }\nsmoke:\n  - { name: all, sql: SELECT COUNT(*) FROM persons, atLeast: 1 }',
    ),
    says: 'smoke query `all`: there is no such table',
  },
];

describeOnMariaDb('rules and servers that do not fit', () => {
  const at = useServerAndDesk();

  async function refused(rules: string, other: Partial<Order> = {}): Promise<Ended> {
    const database = await createDatabase(at.server, STATEMENTS);
    const before = await dump(at.server, database);
    const file = await at.desk.file('rules.yml', rules);
    const ended = await anonymise(at.server, at.desk, { database, rules: file, ...other });
    expect(differences(await dump(at.server, database), before)).toEqual([]);
    expect(ended.passport).toBeUndefined();
    return ended;
  }

  it.each(UNFIT)('$what changes nothing and is told', async ({ rules, says }) => {
    const { code, stderr } = await refused(rules);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(says) });
    expect(stderr).toMatch(/^the rules do not fit the database, and nothing was changed:\n/);
    expect(await hasWorkDatabase(at.server)).toBe(false);
  });

  it('all that is wrong with a rule file is told at once, by line', async () => {
    const { code, stderr } = await refused(
      'version: 2\ntabels: {}\ntables:\n  person:\n    columns:\n      name: { fake: nmae }\n      email: { hash: 0 }\n      born: { dateShift: -1 }\n      code: nothing\n',
    );
    expect(code).toBe(1);
    const lines = [...stderr.matchAll(/rules\.yml:(\d+):/g)].map(([, line]) => Number(line));
    expect(lines).toEqual([1, 2, 6, 7, 8, 9]);
  });

  it('a wrong password', async () => {
    const { code, stderr } = await refused(FITTING, { password: 'not that one' });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'the server refuses this user: check its password and its grants\n',
    });
  });

  it('an unknown database', async () => {
    const rules = await at.desk.file('rules.yml', FITTING);
    const { code, stderr } = await anonymise(at.server, at.desk, { database: 'nowhere', rules });
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'there is no such database on this server\n' });
  });

  async function userWith(name: string, grants: (database: string) => readonly string[]) {
    const database = await createDatabase(at.server, [
      ...STATEMENTS,
      'CREATE TABLE history (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(40))',
      'CREATE TRIGGER noted AFTER UPDATE ON person FOR EACH ROW INSERT INTO history (name) VALUES (OLD.name)',
    ]);
    await ask(at.server, database, `CREATE USER ${name}@'127.0.0.1' IDENTIFIED BY 'a password'`);
    for (const grant of grants(database)) {
      await ask(at.server, database, `GRANT ${grant} TO ${name}@'127.0.0.1'`);
    }
    const rules = await at.desk.file(
      'rules.yml',
      rulesWith(
        {},
        '  no key: { truncate: true }\n  history: { columns: { id: { keep: a number }, name: { fake: full-name } } }',
      ),
    );
    return { database, rules, user: name, password: 'a password' };
  }

  it.each([
    [
      'no grants for the work database',
      (database: string) => [`ALL ON ${database}.*`],
      /lacks SELECT, .* on `mayfly_work`, where a run keeps its journal: GRANT ALL ON `mayfly\\_work`\.\* TO /,
    ],
    [
      'no right to drop triggers',
      (database: string) => [
        `SELECT, INSERT, UPDATE, DELETE, DROP, ALTER, CREATE, REFERENCES, SHOW VIEW ON ${database}.*`,
        'ALL ON mayfly_work.*',
      ],
      /lacks TRIGGER on the whole of `test_\d+`, and what it does not see would stay unmasked: GRANT /,
    ],
    [
      'no right to make the triggers of others',
      (database: string) => [`ALL ON ${database}.*`, 'ALL ON mayfly_work.*', ...LOOKS],
      /^this user may not make triggers of root@localhost, and so could not put them back: grant it TRIGGER, and SET USER \(MariaDB\) or SET_USER_ID \(MySQL\)$/,
    ],
  ])('a user with %s', async (what, grants, says) => {
    const order = await userWith(`user${what.length}`, grants);
    const before = await dump(at.server, order.database);
    const { code, stderr } = await anonymise(at.server, at.desk, order);
    expect(differences(await dump(at.server, order.database), before)).toEqual([]);
    expect({ code, says: stderr.trimEnd().split('\n').at(-1) }).toEqual({
      code: 1,
      says: expect.stringMatching(says),
    });
  });

  it('a server that is read-only', async () => {
    const order = await userWith('reader', (database) => [`ALL ON ${database}.*`, 'ALL ON mayfly_work.*', ...LOOKS]);
    await ask(at.server, 'mysql', 'SET GLOBAL read_only = 1');
    const { code, stderr } = await anonymise(at.server, at.desk, order);
    await ask(at.server, 'mysql', 'SET GLOBAL read_only = 0');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'the server is read-only: use the address of the writer\n',
    });
  });

  it('a user with just what it needs, once it has it: what changed nothing may begin again with another key', async () => {
    const order = await userWith('masker', (database) => [
      `SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, ALTER, TRIGGER ON ${database}.*`,
      'ALL ON mayfly_work.*',
      ...LOOKS,
    ]);
    expect(await anonymise(at.server, at.desk, order)).toMatchObject({ code: 1 });
    expect(await hasWorkDatabase(at.server)).toBe(true);
    await ask(at.server, 'mysql', "GRANT SET USER ON *.* TO masker@'127.0.0.1'");
    const { code, stderr } = await anonymise(at.server, at.desk, {
      ...order,
      key: 'another key of the masks, as long',
    });
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    const triggers = await ask(at.server, order.database, 'SHOW TRIGGERS');
    expect(triggers).toEqual([expect.objectContaining({ Trigger: 'noted', Definer: 'root@localhost' })]);
    expect(await ask(at.server, order.database, 'SELECT COUNT(*) AS n FROM history')).toEqual([{ n: 0 }]);
  }, 20_000);
});
