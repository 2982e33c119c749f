import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { createLicensingData } from '../../../sim/licensing-data/licensing-data.ts';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { compileMask } from '../../../src/data/masks/compile-mask.ts';
import { openDatabase } from '../../../src/data/mysql/open-database.ts';
import type { Database } from '../../../src/data/mysql/session.ts';
import { makePlan } from '../../../src/data/plan/make-plan.ts';
import { proposeRules } from '../../../src/data/propose/propose-rules.ts';
import type { Proposal } from '../../../src/data/propose/suggestion.ts';
import { cover } from '../../../src/data/rules/cover.ts';
import { parseRuleSet } from '../../../src/data/rules/parse.ts';
import type { Mask } from '../../../src/data/rules/rule-set.ts';
import { readSchema } from '../../../src/data/schema/read-schema.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';

let server: MariaDbServer;
let database: Database;

beforeAll(async () => {
  server = await startMariaDb();
}, 60_000);
afterAll(async () => await server.stop());
beforeEach(async () => {
  database = await openDatabase({ ...server, database: await server.createDatabase(), connections: 2 });
});
afterEach(async () => await database.close());

async function change(...statements: string[]): Promise<void> {
  await database.withSession(async (session) => {
    for (const sql of statements) {
      await session.change(sql);
    }
  });
}

async function propose(): Promise<string> {
  return (await proposal()).text;
}

async function proposal(): Promise<Proposal> {
  return await proposeRules({ database, schema: await readSchema(database), sampleRows: 40 });
}

/** What the proposal says of each column that it names, `person.forename`. */
async function proposed(): Promise<Record<string, Mask>> {
  const parsed = parseRuleSet(await propose());
  if (!parsed.ok) {
    throw new Error(JSON.stringify(parsed.problems));
  }
  return Object.fromEntries(
    parsed.ruleSet.tables.flatMap(({ table, columns }) =>
      columns.map(({ column, mask }) => [`${table}.${column}`, mask] as const),
    ),
  );
}

describeOnMariaDb('proposing a rule set', () => {
  it('goes by the names of columns, however they are written', async () => {
    await change(`CREATE TABLE person (id INT PRIMARY KEY, forename VARCHAR(35), FamilyName VARCHAR(35), \`e-mail address\` VARCHAR(99),
      contactPhone VARCHAR(20), addr_postcode VARCHAR(8), date_of_birth DATE, vrm VARCHAR(10), licNo VARCHAR(18), ni_number CHAR(9),
      internal_notes TEXT, password VARCHAR(20), client_ip VARCHAR(45), login_id VARCHAR(40))`);
    expect(await proposed()).toMatchObject({
      'person.forename': { kind: 'fake', of: 'given-name' },
      'person.FamilyName': { kind: 'fake', of: 'family-name' },
      'person.e-mail address': { kind: 'fake', of: 'email' },
      'person.contactPhone': { kind: 'fake', of: 'phone' },
      'person.addr_postcode': { kind: 'fake', of: 'postcode' },
      'person.date_of_birth': { kind: 'date-shift', maxDays: 180 },
      'person.vrm': { kind: 'fake', of: 'vrm' },
      'person.licNo': { kind: 'fake', of: 'licence-number' },
      'person.ni_number': { kind: 'digits' },
      'person.internal_notes': { kind: 'text' },
      'person.password': { kind: 'hash', length: 20 },
      'person.client_ip': { kind: 'hash', length: 12 },
      'person.login_id': { kind: 'fake', of: 'login' },
    });
  });

  it('goes by what is in a column whose name says nothing', async () => {
    await change(
      'CREATE TABLE t (id INT PRIMARY KEY, a VARCHAR(99), b VARCHAR(200), c JSON, d VARCHAR(20), e VARCHAR(500), f VARCHAR(99))',
      ...[1, 2, 3, 4, 5, 6].map(
        (id) =>
          `INSERT INTO t VALUES (${id}, 'person${id}@firm.wales', 'ring 07912 34567${id} about it', '{"contact": {"mail": "a${id}@firm.wales"}, "size": 4}', 'CODE_A', 'three words or more ${id}', 'whatever${id}!')`,
      ),
    );
    expect(await proposed()).toEqual({
      't.id': { kind: 'keep', reason: 'a number of the application' },
      't.a': { kind: 'fake', of: 'email' },
      't.b': { kind: 'text' },
      't.c': {
        kind: 'json',
        fields: [{ path: '$.contact.mail', mask: { kind: 'fake', of: 'email' } }],
        others: 'text',
      },
      't.d': { kind: 'keep', reason: 'a code' },
      't.e': { kind: 'text' },
    });
    expect(await propose()).toContain('# TODO f: 6 sampled values, 6 of them different');
  });

  it('leaves what it does not know without a rule, so that nothing runs', async () => {
    await change('CREATE TABLE thing (id INT PRIMARY KEY, wibble VARCHAR(99), photo BLOB, place POINT, total FLOAT)');
    const parsed = parseRuleSet(await propose());
    const coverage = parsed.ok && cover(parsed.ruleSet, await readSchema(database));
    expect(coverage).toMatchObject({
      ok: false,
      problems: [expect.stringMatching('wibble'), expect.stringMatching('photo'), expect.stringMatching('place')],
    });
  });

  it('proposes to empty what passes by, as a comment', async () => {
    await change('CREATE TABLE queue (id INT PRIMARY KEY, status VARCHAR(20))');
    expect(await propose()).toMatch(/queue:\n.*# Looks like what passes by: `truncate: true`/);
  });

  it('keeps nothing that tells of a person, in whatever type', async () => {
    await change(
      `CREATE TABLE person (id INT PRIMARY KEY, sex ENUM('f', 'm'), gender CHAR(1), birth_year YEAR, age TINYINT, birthday DATE,
        dob VARCHAR(10), entered_by VARCHAR(20), name VARCHAR(20), nhs_number BIGINT, religion SMALLINT)`,
      ...[1, 2, 3, 4, 5, 6].map(
        (id) =>
          `INSERT INTO person VALUES (${id}, 'f', 'f', 1970, 55, '1970-03-0${id}', '1970-03-01', 'gl1970', 'spring', 4505577104, 3)`,
      ),
    );
    expect(await proposed()).toEqual({
      'person.id': { kind: 'keep', reason: 'a number of the application' },
      'person.birthday': { kind: 'date-shift', maxDays: 180 },
      'person.nhs_number': { kind: 'digits' },
    });
  });

  it('takes a number that counts or points for one, whatever is counted', async () => {
    await change('CREATE TABLE t (id INT PRIMARY KEY, user_id INT, session_id BIGINT, message_count INT, notes INT)');
    expect(await proposed()).toEqual({
      't.id': { kind: 'keep', reason: 'a number of the application' },
      't.user_id': { kind: 'keep', reason: 'a number of the application' },
      't.session_id': { kind: 'keep', reason: 'a number of the application' },
      't.message_count': { kind: 'keep', reason: 'a number of the application' },
    });
  });

  it('makes another secret of one that is in bytes', async () => {
    await change('CREATE TABLE t (id INT PRIMARY KEY, password_hash VARBINARY(60), token BINARY(16), face BLOB)');
    expect(await proposed()).toEqual({
      't.id': { kind: 'keep', reason: 'a number of the application' },
      't.password_hash': { kind: 'hash', length: 32 },
      't.token': { kind: 'hash', length: 32 },
    });
  });

  it('keeps values apart in a key, of several columns too', async () => {
    await change(
      `CREATE TABLE t (id INT PRIMARY KEY, licence_id INT, trading_name VARCHAR(99), comment TEXT, subject TEXT, dob DATE, email TEXT,
        UNIQUE (licence_id, trading_name), UNIQUE (comment(21)), UNIQUE (licence_id, dob), UNIQUE (licence_id, email(99)),
        UNIQUE (subject(20)))`,
    );
    expect(await proposed()).toMatchObject({
      't.trading_name': { kind: 'hash', length: 16 },
      't.comment': { kind: 'hash', length: 21 },
      't.email': { kind: 'hash', length: 21 },
    });
    expect((await proposal()).undecided).toEqual([
      't.subject: name of the column; text; in a unique key',
      't.dob: name of the column; date; in a unique key',
    ]);
  });

  it('proposes nothing that a check refuses for want of room, by its type, or for a partition', async () => {
    await change(
      `CREATE TABLE person (id INT, email VARCHAR(15), first_name CHAR(3), vat_number DECIMAL(30,0), account_no DECIMAL(12,0),
        postcode VARCHAR(4), nhs_number TEXT, dob DATE, ip VARBINARY(16), ip_address VARCHAR(45), mac CHAR(17), client_ipv6 VARCHAR(45),
        sort_code CHAR(8), acct CHAR(8), dob_year INT, born_month TINYINT, PRIMARY KEY (id, dob))
        PARTITION BY RANGE (YEAR(dob)) (PARTITION p0 VALUES LESS THAN (2000))`,
    );
    expect(await proposed()).toEqual({
      'person.id': { kind: 'keep', reason: 'a number of the application' },
      'person.email': { kind: 'hash', length: 15 },
      'person.first_name': { kind: 'hash', length: 3 },
      'person.account_no': { kind: 'digits' },
      'person.postcode': { kind: 'hash', length: 4 },
      'person.nhs_number': { kind: 'hash', length: 16 },
      'person.ip': { kind: 'hash', length: 32 },
      'person.ip_address': { kind: 'hash', length: 12 },
      'person.mac': { kind: 'hash', length: 12 },
      'person.client_ipv6': { kind: 'hash', length: 12 },
      'person.sort_code': { kind: 'digits' },
      'person.acct': { kind: 'digits' },
    });
    const { text, undecided } = await proposal();
    expect(undecided).toEqual([
      'person.vat_number: name of the column; decimal(30,0)',
      'person.dob: name of the column; date; decides the partition of a row',
      'person.dob_year: its name says that it is personal, and no mask is known that fits; int(11)',
      'person.born_month: its name says that it is personal, and no mask is known that fits; tinyint(4)',
    ]);
    const decided = text.replaceAll(/# TODO (\w+):.*/g, '$1: { keep: decided }');
    const parsed = parseRuleSet(decided);
    const schema = await readSchema(database);
    const coverage = parsed.ok ? cover(parsed.ruleSet, schema) : undefined;
    expect(coverage).toMatchObject({ ok: true });
    const tables = coverage?.ok ? coverage.tables : [];
    expect(makePlan({ schema, tables, compile: compileMask, asOf: '2026-11-26' })).not.toHaveProperty('problems');
  });

  it('names all that waits for a person, as it is marked', async () => {
    await change(
      'CREATE TABLE `a: b` (id INT PRIMARY KEY, `x: y` VARCHAR(99), total DECIMAL(9,2) UNIQUE)',
      'CREATE TABLE b (thing BINARY(16) PRIMARY KEY)',
      'CREATE TABLE c (id INT PRIMARY KEY, thing BINARY(16), FOREIGN KEY (thing) REFERENCES b (thing))',
      'CREATE TABLE log (line VARCHAR(99))',
      'CREATE TABLE old (id INT PRIMARY KEY, email VARCHAR(99)) ENGINE = MyISAM',
    );
    const { text, undecided } = await proposal();
    expect(undecided).toEqual([
      '"a: b"."x: y": no values to look at; varchar(99)',
      'b.thing: type binary; binary(16); in the primary key',
      'log: has no primary key and cannot be masked: empty it, or give it a key and propose anew',
      'old: has an engine without transactions and cannot be masked: empty it, or make it InnoDB and propose anew',
    ]);
    expect(text.match(/# TODO .*/g)).toHaveLength(undecided.length);
    expect(text).toContain('# thing: refers to b.thing, and follows that where it is masked');
  });

  it('is whole once the marks are taken away from what nobody but a person can say', async () => {
    await change('CREATE TABLE b (thing BINARY(16) PRIMARY KEY)', 'CREATE TABLE log (line VARCHAR(99))');
    const decided = (await propose())
      .replace('# TODO thing: type binary;', 'thing: { hash: 16 } #')
      .replaceAll(/# (?=b:|log:|  columns:)/g, '')
      .replace('tables: {}', 'tables:');
    const parsed = parseRuleSet(decided);
    expect(parsed.ok && cover(parsed.ruleSet, await readSchema(database))).toMatchObject({ ok: true });
  });

  it('can be read whatever tables and columns are called', async () => {
    await change(
      'CREATE TABLE `a ``b: #☃` (`null` INT PRIMARY KEY, `yes` INT, `x: {y}` VARCHAR(20), `#email` VARCHAR(80), `it\'s "name"` DATE)',
      'CREATE TABLE `order` (`on` INT PRIMARY KEY)',
    );
    expect(Object.keys(await proposed())).toEqual(['a `b: #☃.#email', 'a `b: #☃.null', 'order.on']);
  });

  it('has no value of the data in it, and is the same each time', async () => {
    await database.withSession(
      async (session) => await createLicensingData(async (sql) => await session.change(sql), { rows: 300, seed: 7 }),
    );
    const text = await propose();
    expect(await propose()).toBe(text);
    const parsed = parseRuleSet(text);
    expect(parsed).toMatchObject({ ok: true });
    const coverage = parsed.ok ? cover(parsed.ruleSet, await readSchema(database)) : undefined;
    const problems = coverage?.ok === false ? coverage.problems : [];
    expect(problems.filter((problem) => !/has no rule/.test(problem))).toEqual([]);
    const values = await database.withSession(async (session) => await session.rows('SELECT * FROM person LIMIT 200'));
    for (const value of new Set(values.flatMap((row) => Object.values(row)).map(String))) {
      expect(value.length > 5 && !/^\d|^null$/.test(value) && text.includes(value) ? value : '').toBe('');
    }
  }, 60_000);
});
