import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { openDatabase } from '../../../src/data/mysql/open-database.ts';
import type { Database } from '../../../src/data/mysql/session.ts';
import type { AllowedFinding, Mask } from '../../../src/data/rules/rule-set.ts';
import { readSchema } from '../../../src/data/schema/read-schema.ts';
import { scan } from '../../../src/data/verify/scan.ts';
import { takeFingerprints } from '../../../src/data/verify/take-fingerprints.ts';
import { WORK_DATABASE } from '../../../src/data/work-database.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { covered, createOriginal, MASKS, type Masks, maskIt } from '../../support/masked-database.ts';

const KEY = 'a key of the tests, of more than 32 characters';
let server: MariaDbServer;
let database: Database;

beforeAll(async () => {
  server = await startMariaDb();
}, 60_000);
afterAll(async () => await server.stop());

beforeEach(async () => {
  database = await openDatabase({ ...server, database: await server.createDatabase(), connections: 3 });
  await createOriginal(database);
});
afterEach(async () => {
  await change(`DROP DATABASE IF EXISTS ${WORK_DATABASE}`);
  await database.close();
});

async function change(sql: string): Promise<void> {
  await database.withSession(async (session) => await session.change(sql));
}

async function take(masks: Masks = MASKS): Promise<void> {
  const schema = await readSchema(database);
  await takeFingerprints({ database, schema, tables: covered(schema, masks), key: KEY, workers: 2 });
}

/** Before it is masked; what the rules then knew is all that they know. */
async function mask(masks: Masks = MASKS) {
  const tables = covered(await readSchema(database), masks);
  await take(masks);
  await maskIt(database);
  return {
    async findings({ allow = [], sampleRows = 1000 }: { allow?: AllowedFinding[]; sampleRows?: number } = {}) {
      const schema = await readSchema(database);
      const { findings } = await scan({ database, schema, tables, key: KEY, sampleRows, allow });
      return findings.map((each) => `${each.table}.${each.column}: ${each.detector}, ${each.rows}`);
    },
  };
}

describeOnMariaDb('scanning a masked database', () => {
  it('finds nothing where all was masked, among fakes, codes, UUIDs, Welsh, Irish and emoji', async () => {
    const result = await mask();
    expect(await result.findings()).toEqual([]);
  });

  it('finds every column that was not masked', async () => {
    const tables = covered(await readSchema(database), MASKS);
    await take();
    const { findings } = await scan({
      database,
      schema: await readSchema(database),
      tables,
      key: KEY,
      sampleRows: 1000,
      allow: [],
    });
    const unmasked = findings.filter(({ detector }) => detector === 'values of the original');
    expect(unmasked.map(({ table, column }) => `${table}.${column}`).toSorted()).toEqual(Object.keys(MASKS).toSorted());
  });

  it.each(['forename', 'surname', 'birth_date', 'ni_number', 'remark'])('finds %s alone unmasked', async (column) => {
    await change('CREATE TABLE original AS SELECT * FROM person');
    await change('ALTER TABLE original ADD PRIMARY KEY (id)');
    const result = await mask({ ...MASKS, 'original.forename': { kind: 'keep', reason: 'a copy of the test' } });
    await change(`UPDATE person JOIN original USING (id) SET person.${column} = original.${column}`);
    await change('DROP TABLE original');
    expect(await result.findings()).toEqual([expect.stringMatching(`^person.${column}: values of the original, `)]);
  });

  it('finds a column that is new', async () => {
    const result = await mask();
    await change("ALTER TABLE firm ADD COLUMN recipient VARCHAR(200) DEFAULT 'ann@haulage-firm.co.uk'");
    expect(await result.findings()).toEqual([
      'firm.recipient: email, 12',
      'firm.recipient: values without a rule, 12',
      'firm.recipient: email in its default, 1',
    ]);
  });

  it('finds a table that is new', async () => {
    const result = await mask();
    await change('CREATE TABLE `odd ``name` (`a b` INT)');
    expect(await result.findings()).toEqual(['odd `name.a b: values without a rule, 0']);
  });

  it.each([
    ['as it was', 'Spoke to Gwenllian Pritchard about the van'],
    ['the other way round, in capitals', 'PRITCHARD, GWENLLIAN rang'],
    ['without accents', 'sian llywelyn jones came in'],
    ['with another apostrophe', "a letter of John O'Sullivan's firm"],
    ['in a JSON document', '{"log": [{"who": "Niamh Featherstone"}]}'],
    ['of a firm', 'sent by Cludwyr Pritchard 3 Cyf today'],
  ])('finds a name of the original in free text, %s', async (_, text) => {
    await change("UPDATE person SET forename = 'John', surname = 'O’Sullivan' WHERE id = 1");
    await change("UPDATE person SET forename = 'Siân', surname = 'Llywelyn-Jones' WHERE id = 2");
    await change("UPDATE person SET forename = 'Gwenllian', surname = 'Pritchard' WHERE id = 3");
    await change("UPDATE person SET forename = 'Niamh', surname = 'Featherstone' WHERE id = 4");
    const result = await mask();
    await database.withSession(
      async (session) => await session.change('UPDATE person SET history = ? WHERE id = 5', [text]),
    );
    expect(await result.findings()).toEqual([expect.stringMatching(/^person\.history: name of the original.*, 1$/)]);
  });

  it('finds a name of the original that a case kept beside fakes of names, and none in those', async () => {
    await change("UPDATE person SET forename = 'Gwenllian', surname = 'Pritchard' WHERE id = 3");
    await change("UPDATE person SET forename = 'Emma', surname = 'Ashwick' WHERE id = 4");
    const keep = { kind: 'keep', reason: 'a firm' } as const;
    const cases: Mask = {
      kind: 'cases',
      cases: [{ when: 'id < 20', mask: keep }],
      otherwise: { kind: 'fake', of: 'full-name' },
    };
    const result = await mask({ ...MASKS, 'person.history': cases });
    await change("UPDATE person SET history = 'Emma Ashwick'");
    await change("UPDATE person SET history = 'Gwenllian Pritchard Cyf' WHERE id = 5");
    expect(await result.findings()).toEqual(['person.history: name of the original, 1']);
  });

  it('finds a name that stood in a field of a document, kept or replaced otherwise', async () => {
    const nameIn = (field: string): Mask => ({
      kind: 'json',
      fields: [{ path: field, mask: { kind: 'fake', of: 'full-name' } }],
      others: { keep: 'codes of a test' },
    });
    await change(`UPDATE person SET attributes = '{"people": [{}, {"name": "Llinos Abernethy"}]}' WHERE id = 3`);
    await change(`UPDATE firm SET name = '<l><holder>Ioan Featherstonehaugh</holder></l>' WHERE id = 1`);
    const firm: Mask = { ...nameIn('/l/holder'), kind: 'xml' } as Mask;
    const result = await mask({ ...MASKS, 'person.attributes': nameIn('$.people[*].name'), 'firm.name': firm });
    await change("UPDATE person SET history = 'Spoke to Llinos Abernethy' WHERE id = 5");
    await change("UPDATE person SET history = 'Spoke to Ioan Featherstonehaugh' WHERE id = 6");
    await change(`UPDATE person SET attributes = '{"people": [{}, {"name": "Rose Park"}]}' WHERE id = 3`);
    expect(await result.findings()).toEqual(['person.history: name of the original, 2']);
  });

  it('takes no single word for a name', async () => {
    const result = await mask();
    await change(
      "UPDATE person SET history = 'Rose, may we meet at the Park? Mark; Pritchard', status_code = 'Gwenllian'",
    );
    expect(await result.findings()).toEqual([]);
  });

  it('finds an e-mail address in JSON, with its path', async () => {
    const result = await mask();
    await change(`UPDATE person SET attributes = '{"people": [{"email": "ann@firm.wales"}]}' WHERE id < 4`);
    expect(await result.findings()).toEqual(['person.attributes: email in $.people[*].email, 3']);
  });

  it('finds what keys of JSON and attributes of XML hold, and puts no value in a path', async () => {
    const result = await mask();
    await change(`UPDATE person SET attributes = '{"ann@firm.wales": {"a": 1}}' WHERE id = 1`);
    await change(`UPDATE person SET history = '<l><holder mail="ann@firm.wales">x</holder></l>' WHERE id = 2`);
    expect(await result.findings()).toEqual([
      'person.history: email in /l/holder/@mail, 1',
      'person.attributes: email in $.*, 1',
    ]);
  });

  it('finds a phone number in a kept code, and one in a number', async () => {
    const result = await mask();
    await change("UPDATE person SET status_code = '07912 345678', version = 7912345678 WHERE id = 7");
    expect(await result.findings()).toEqual(['person.status_code: phone number, 1', 'person.version: phone number, 1']);
  });

  it.each([
    ['an address with an entity', 'sian&#64;real.co.uk', 'email'],
    ['an address with percents', 'john%40real.co.uk', 'email'],
    ['an address in base64', Buffer.from('write to sian@real.co.uk').toString('base64'), 'email'],
    ['a name in base64', Buffer.from('write to Niamh Featherstone').toString('base64'), 'name of the original'],
    ['a phone number without its zero', '7911123456', 'phone number'],
    ['a postcode in small letters', 'lives at cf10 1ep', 'postcode'],
    ['a phone number of JSON', '{"mobile":7911123456}', 'phone number in $.mobile'],
    ['a phone number of JSON within what is one', '{"telNo":{"n":[7911123456]}}', 'phone number in $.telNo.n[*]'],
    ['an NHS number of JSON', '{"nhsNumber":9434765919}', 'NHS number in $.nhsNumber'],
  ])('finds %s', async (_, text, detector) => {
    await change("UPDATE person SET forename = 'Niamh', surname = 'Featherstone' WHERE id = 4");
    const result = await mask();
    await database.withSession(
      async (session) => await session.change('UPDATE person SET history = ? WHERE id = 5', [text]),
    );
    expect(await result.findings()).toEqual([`person.history: ${detector}, 1`]);
  });

  it.each([
    '{"id":7911123456,"size":9434765919}',
    '{"when":1764140400}',
    '{"telemetry":{"cells":7911123456}}',
    '9434765919',
  ])('takes no number that nobody calls one for a phone: %s', async (text) => {
    const result = await mask();
    await database.withSession(
      async (session) => await session.change('UPDATE person SET history = ? WHERE id = 5', [text]),
    );
    expect(await result.findings()).toEqual([]);
  });

  it('takes what was drawn for a field of a document for nobody’s, as in a column', async () => {
    const fields = ['$.contact.phones[*]', '$.nhs'].map((path) => ({ path, mask: { kind: 'digits' } as const }));
    const drawn: Mask = { kind: 'json', fields, others: { keep: 'a test' } };
    const result = await mask({ ...MASKS, 'person.attributes': drawn });
    const phones = '["07911 123456", "7911123456"]';
    await change(
      `UPDATE person SET attributes = '{"contact": {"phones": ${phones}}, "phones": ${phones}, "nhs": "9434765919"}' WHERE id = 1`,
    );
    await change(`UPDATE person SET attributes = '{"contact": {"phones": ["ann@firm.wales"]}}' WHERE id = 2`);
    expect(await result.findings()).toEqual([
      'person.attributes: email in $.contact.phones[*], 1',
      'person.attributes: phone number in $.phones[*], 1',
    ]);
  });

  it('takes a number for one of the NHS where the column says so', async () => {
    const result = await mask();
    await change('ALTER TABLE firm ADD COLUMN nhs_no VARCHAR(12), ADD COLUMN nhs BIGINT');
    await change("UPDATE firm SET nhs_no = '943 476 5919', nhs = 9434765919 WHERE id = 1");
    expect((await result.findings()).filter((each) => each.includes('NHS'))).toEqual([
      'firm.nhs_no: NHS number, 1',
      'firm.nhs: NHS number, 1',
    ]);
  });

  it('finds an address in bytes that are text in latin1, in UTF-16 or packed, and nothing in others', async () => {
    await change('CREATE TABLE scan (id INT PRIMARY KEY, bytes MEDIUMBLOB)');
    const result = await mask();
    await change(`INSERT INTO scan VALUES
      (1, CONVERT('siân at sian@real.co.uk' USING latin1)),
      (2, CONVERT('ring sian@real.co.uk' USING utf16)),
      (3, COMPRESS('ring sian@real.co.uk')),
      (4, UNHEX(SHA2('x', 512))), (5, CONCAT(UNHEX('89504e470d0a1a0a'), 'sian@real.co.uk', UNHEX('00ff81'), UNHEX(SHA2('y', 512))))`);
    expect(await result.findings()).toEqual(['scan.bytes: email, 3']);
  });

  it.each([
    [
      "ALTER TABLE firm ADD COLUMN code VARCHAR(40) NOT NULL DEFAULT 'ann@firm.wales'",
      'firm.code: email in its default, 1',
    ],
    [
      "ALTER TABLE firm MODIFY number VARCHAR(18) COMMENT 'ask Niamh Featherstone'",
      'firm.number: name of the original in its comment, 1',
    ],
    ["ALTER TABLE firm ADD COLUMN c ENUM('a', 'ann@firm.wales', '7911123456')", 'firm.c: email in its members, 1'],
    ["ALTER TABLE firm COMMENT 'made by ann@firm.wales'", 'firm.(comment of the table): email, 1'],
    ["ALTER TABLE firm ADD KEY k (name) COMMENT 'ann@firm.wales'", 'firm.(comments of keys): email, 1'],
    ["ALTER TABLE firm ADD CHECK (name <> 'ann@firm.wales')", 'firm.(checks): email, 1'],
    ["CREATE VIEW v AS SELECT 'ann@firm.wales' AS `a@b.wales` FROM firm", 'v.(view): email, 1'],
    [
      "CREATE TRIGGER noted BEFORE INSERT ON firm FOR EACH ROW SET NEW.number = '07911 123456'",
      'noted.(trigger): phone number, 1',
    ],
    ['CREATE PROCEDURE p() SELECT 1 /* of ann@firm.wales */', 'p.(procedure): email, 1'],
    ["CREATE FUNCTION f() RETURNS INT DETERMINISTIC COMMENT 'ann@firm.wales' RETURN 1", 'f.(function): email, 1'],
    [
      "CREATE EVENT e ON SCHEDULE EVERY 1 YEAR DO DELETE FROM firm WHERE name = 'ann@firm.wales'",
      'e.(event): email, 1',
    ],
    [
      "CREATE TABLE pt (id INT) PARTITION BY LIST (id) (PARTITION a VALUES IN (1) COMMENT 'ann@firm.wales')",
      'pt.(partitions): email, 1',
    ],
  ])('finds what stands in the schema itself: %s', async (statement, found) => {
    await change("UPDATE person SET forename = 'Niamh', surname = 'Featherstone' WHERE id = 4");
    const result = await mask();
    await change(statement);
    expect((await result.findings()).filter((each) => !each.includes('without a rule'))).toContain(found);
  });

  it('says of a check of two tables that have one of the same name, which it is', async () => {
    const result = await mask();
    await change('ALTER TABLE person ADD CONSTRAINT same CHECK (id > 0)');
    await change("ALTER TABLE firm ADD CONSTRAINT same CHECK (name <> 'ann@firm.wales')");
    expect(await result.findings()).toEqual(['firm.(checks): email, 1']);
  });

  it('takes nothing for personal in a schema as applications have them', async () => {
    const result = await mask();
    await change(
      "ALTER TABLE firm COMMENT 'Firms of OLCS-1234; see PB1234567/12, version 1.2.3', MODIFY number VARCHAR(18) DEFAULT 'PB0000001'",
    );
    await change(
      "CREATE VIEW v AS SELECT f.id AS `m25 3ab`, '%@example.com' AS domain FROM firm f WHERE f.number LIKE 'P%'",
    );
    await change(
      'CREATE TRIGGER noted BEFORE INSERT ON firm FOR EACH ROW SET NEW.number = UPPER(NEW.number), @last = 1764140400',
    );
    await change(
      "CREATE PROCEDURE p(IN a INT) BEGIN DECLARE v1 INT DEFAULT 10; SET v1 = a + 1764140400123; SELECT 'x@y', v1; END",
    );
    expect(await result.findings()).toEqual([]);
  });

  it('tells what somebody allowed, and why', async () => {
    const result = await mask();
    await change("UPDATE person SET history = 'ann@firm.wales' WHERE id = 7");
    const allow = [{ table: 'person', column: 'history', detector: 'email', reason: 'of a test' }];
    const schema = await readSchema(database);
    const { findings } = await scan({
      database,
      schema,
      tables: covered(schema, MASKS),
      key: KEY,
      sampleRows: 10_000,
      allow,
    });
    expect(findings).toEqual([
      { table: 'person', column: 'history', detector: 'email', rows: 1, allowed: 'of a test' },
    ]);
    expect(await result.findings({ allow: [] })).toHaveLength(1);
  });

  it('stores no value of the original, and takes the same fingerprints twice', async () => {
    await take();
    const first = await stored();
    await change(`DROP DATABASE ${WORK_DATABASE}`);
    await take();
    expect(await stored()).toEqual(first);
    await maskIt(database);
    await take();
    expect(await stored()).toEqual(first);
    for (const value of ['Pritchard', 'pritchard', 'haulage', 'AB1', 'Rang', '1950-']) {
      expect(JSON.stringify(first)).not.toContain(value);
    }
  });

  it('looks at all of a long value, and counts those that it cannot read whole', async () => {
    await change(
      'CREATE TABLE scan (id INT, part INT, said LONGTEXT, doc JSON, bytes LONGBLOB, PRIMARY KEY (id, part))',
    );
    await change('CREATE TABLE heap (said LONGTEXT)');
    const result = await mask();
    const address = "' ann@firm.wales'";
    await change(`INSERT INTO scan VALUES
      (1, 1, CONCAT(REPEAT('ŵ 😀 ', 200000), ${address}), NULL, NULL),
      (1, 2, NULL, CONCAT('{"a": "', REPEAT('x', 300000), '", "to": "ann@firm.wales"}'), NULL),
      (2, 1, NULL, NULL, CONCAT(REPEAT('y ', 150000), ${address})),
      (3, 1, CONCAT(REPEAT('z ', 32765), 'ann@firm.wales'), NULL, NULL),
      (4, 1, 'short', '{}', 'short')`);
    await change(`INSERT INTO heap VALUES (CONCAT(REPEAT('z ', 50000), 'ann@firm.wales')), ('short')`);
    expect(await result.findings()).toEqual([
      'scan.said: email, 2',
      'scan.doc: email in $.to, 1',
      'scan.bytes: email, 1',
    ]);
    expect(await cutIn(['scan', 'heap'])).toEqual([0, 1]);
    await change("UPDATE scan SET said = CONCAT(REPEAT('0123456789abcdef', 530000), ' ann@firm.wales') WHERE id = 1");
    expect(await cutIn(['scan'])).toEqual([2]);
  }, 30_000);

  it('says of how many rows of the original it knows names and values again', async () => {
    await change(`CREATE TABLE big (id INT PRIMARY KEY, name VARCHAR(40))`);
    await change("INSERT INTO big SELECT seq, CONCAT('Name ', seq) FROM seq_1_to_5000");
    await mask({ ...MASKS, 'big.name': { kind: 'fake', of: 'full-name' } });
    await change('CREATE TABLE kept (id INT PRIMARY KEY)');
    const schema = await readSchema(database);
    const { tables } = await scan({ database, schema, tables: [], key: KEY, sampleRows: 1000, allow: [] });
    expect(tables.map(({ table, of, marked }) => [table, of, marked])).toEqual([
      ['big', 5000, 4000],
      ['firm', 12, 12],
      ['kept', 0, 0],
      ['person', 80, 80],
    ]);
  });

  it('looks at a part of a big table, the same each time', async () => {
    await mask();
    const schema = await readSchema(database);
    const look = async () =>
      await scan({ database, schema, tables: covered(schema, MASKS), key: KEY, sampleRows: 20, allow: [] });
    const result = await look();
    const person = result.tables.find(({ table }) => table === 'person');
    expect(person).toEqual({ table: 'person', rows: person?.rows, of: 80, cut: 0, marked: 80 });
    expect(person?.rows).toBeLessThan(50);
    expect(await look()).toEqual(result);
  });
});

/** Values of each of these tables that were not looked at to their end. */
async function cutIn(tables: readonly string[]): Promise<readonly (number | undefined)[]> {
  const schema = await readSchema(database);
  const looked = await scan({ database, schema, tables: [], key: KEY, sampleRows: 1000, allow: [] });
  return tables.map((name) => looked.tables.find(({ table }) => table === name)?.cut);
}

async function stored() {
  return await database.withSession(async (session) => [
    await session.rows(`SELECT * FROM ${WORK_DATABASE}.fingerprint_rows ORDER BY of_table, place`),
    await session.rows(`SELECT * FROM ${WORK_DATABASE}.fingerprint_names ORDER BY mark, is_whole`),
  ]);
}
