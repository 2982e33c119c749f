import type { Database, Session } from '../../src/data/mysql/session.ts';
import type { CoveredTable } from '../../src/data/rules/covered.ts';
import type { Mask } from '../../src/data/rules/rule-set.ts';
import type { Schema } from '../../src/data/schema/model.ts';

/** Masks by column, `person.forename`; every other column is kept. */
export type Masks = Readonly<Record<string, Mask>>;

export function covered(schema: Schema, masks: Masks): CoveredTable[] {
  return schema.tables.map((table) => ({
    table,
    rows: [],
    orphans: undefined,
    columns: table.columns
      .filter(({ isGenerated }) => !isGenerated)
      .map((column) => {
        const mask = masks[`${table.name}.${column.name}`] ?? { kind: 'keep', reason: 'a code' };
        return { column, mask, domain: mask.kind };
      }),
  }));
}

export const MASKS: Masks = {
  'person.forename': { kind: 'fake', of: 'given-name' },
  'person.surname': { kind: 'fake', of: 'family-name' },
  'person.email': { kind: 'fake', of: 'email' },
  'person.birth_date': { kind: 'date-shift', maxDays: 180 },
  'person.ni_number': { kind: 'digits' },
  'person.remark': { kind: 'text' },
  'person.attributes': {
    kind: 'json',
    fields: [{ path: '$.contact.email', mask: { kind: 'fake', of: 'email' } }],
    others: 'text',
  },
  'firm.name': { kind: 'fake', of: 'company' },
};

const GIVEN = ['Siân', 'Rose', 'Mark', 'May', 'Gwenllian', 'Pádraig', 'Ifan', 'Niamh', 'John', 'Ann'];
const FAMILY = ['Llywelyn-Jones', 'Park', 'O’Sullivan', 'Pritchard', 'Featherstone', 'Morgan', 'Ó Briain', 'Cadwaladr'];
const PEOPLE = 80;

/** A small database as production has it: everybody in it is made up here. */
export async function createOriginal(database: Database): Promise<void> {
  await database.withSession(async (session) => {
    await createTables(session);
    for (let id = 1; id <= PEOPLE; id += 1) {
      const forename = GIVEN[id % GIVEN.length] ?? '';
      const surname = FAMILY[Math.floor(id / 3) % FAMILY.length] ?? '';
      const address = `person${id}@haulage${id % 7}.co.uk`;
      await session.change('INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', [
        id,
        forename,
        surname,
        address,
        `19${50 + (id % 40)}-0${1 + (id % 9)}-1${id % 10}`,
        `AB${123456 + id * 7919}C`.replace(/^(AB\d{6})\d*C$/, '$1C'),
        STATUS[id % STATUS.length] ?? null,
        `Rang on the ${id}th about the van`,
        TEXTS[id % TEXTS.length] ?? null,
        JSON.stringify({ contact: { email: address }, size: id, state: 'licence granted' }),
        `550e8400-e29b-41d4-a716-4466554400${String(id).padStart(2, '0')}`,
        1764140400123 + id,
      ]);
    }
    for (let id = 1; id <= 12; id += 1) {
      await session.change('INSERT INTO firm VALUES (?, ?, ?)', [
        id,
        `Cludwyr ${FAMILY[id % 8]} ${id} Cyf`,
        `PB${1234567 + id}`,
      ]);
    }
  });
}

const STATUS = ['A1', 'M25', 'GV79', 'Rose', 'lic_status_valid', 'PSV421', null];
const TEXTS = [
  'Trwydded gweithredwr ar gyfer tri cherbyd; gweler y ffeil PB1234567/12.',
  'Ceadúnas oibreora: trí fheithicil, féach cuid 12A.',
  '🚛🚌 42 ✅ v10.11.12.13 at 2026-11-26T07:00:00.123Z',
  'In May the Park is closed, Mark; Rose Lane? d41d8cd98f00b204e9800998ecf8427e #1a2b3c',
  'Call 07700 900123, write to someone@example.com, ZZ1 1AA',
  '<p class="x1">ISO 9001, Euro 6, 7.5t</p>',
  '',
];

async function createTables(session: Session): Promise<void> {
  await session.change(`CREATE TABLE person (
    id INT PRIMARY KEY, forename VARCHAR(35), surname VARCHAR(35), email VARCHAR(255), birth_date DATE,
    ni_number VARCHAR(13), status_code VARCHAR(32), remark TEXT, history TEXT, attributes JSON, uuid CHAR(36), version BIGINT)`);
  await session.change('CREATE TABLE firm (id INT PRIMARY KEY, name VARCHAR(160), number VARCHAR(18) UNIQUE)');
}

/** What a run of the masks would leave. */
export async function maskIt(database: Database): Promise<void> {
  await database.withSession(async (session) => {
    await session.change(`UPDATE person SET
      forename = ELT(1 + id % 7, 'Alys', 'Bryn', 'Rose', 'Dylan', 'John', 'Ffion', 'Mark'),
      surname = ELT(1 + id % 5, 'Abel', 'Morgan', 'Carter', 'Park', 'Evans'),
      email = CONCAT('user', id, '@example.com'),
      birth_date = birth_date + INTERVAL (1 + id * 37 % 179) DAY,
      ni_number = CONCAT('AB', LPAD(id * 9973 % 1000000, 6, '0'), 'C'),
      remark = 'lorem ipsum dolor sit amet consectetur',
      attributes = JSON_SET(attributes, '$.contact.email', CONCAT('user', id, '@example.com'), '$.state', 'lorem ipsum dol')`);
    await session.change("UPDATE firm SET name = CONCAT('Example Haulage ', id, ' Ltd')");
  });
}
