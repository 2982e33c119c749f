import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mysql2/promise';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { compileMask } from '../../../src/data/masks/compile-mask.ts';
import type { FakeKind, Mask } from '../../../src/data/rules/rule-set.ts';
import { isSafe } from '../../../src/data/safe-values.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { column, compiled, connect, masked } from './try-mask.ts';

let server: MariaDbServer;
let connection: Connection;
beforeAll(async () => {
  server = await startMariaDb();
  connection = await connect(server);
}, 60_000);
afterAll(async () => {
  await connection?.end();
  await server?.stop();
});

/** What people, keyboards and attackers have put into such columns. */
const NASTY = [
  'Llanfairpwllgwyngyll Ŵŷn',
  'Ó Súilleabháin',
  "O'Brien; DROP TABLE x; -- ",
  'back\\slash "quotes" `ticks`',
  'a\0b',
  '😀👨‍👩‍👧',
  'مرحبا بالعالم',
  'e\u0301 a\u0308\u0323',
  'x',
  ' leading',
  '100% _wild_',
  '\r\n\t',
  'é'.repeat(60),
];

const FAKES: readonly (readonly [FakeKind, string])[] = [
  ['given-name', 'name'],
  ['family-name', 'name'],
  ['full-name', 'name'],
  ['company', 'company'],
  ['email', 'email'],
  ['phone', 'phone'],
  ['address-line', 'address-line'],
  ['town', 'town'],
  ['postcode', 'postcode'],
  ['vrm', 'vrm'],
  ['licence-number', 'licence-number'],
  ['login', 'login'],
];

const CHARSETS = [
  ['utf8mb4', 'utf8mb4_general_ci'],
  ['utf8mb4', 'utf8mb4_unicode_ci'],
  ['utf8mb4', 'utf8mb4_bin'],
  ['utf8mb4', 'utf8mb4_unicode_520_nopad_ci'],
  ['utf8mb3', 'utf8mb3_general_ci'],
  ['latin1', 'latin1_swedish_ci'],
  ['latin1', 'latin1_bin'],
  ['latin1', 'latin1_general_cs'],
  ['ascii', 'ascii_general_ci'],
  ['ucs2', 'ucs2_general_ci'],
  ['utf16', 'utf16_unicode_ci'],
] as const;

describeOnMariaDb('fake', () => {
  it.each(FAKES)('makes a %s of anything, and it is known for a fake', async (of, detector) => {
    const values = await masked(connection, { column: column('varchar(100)'), mask: { kind: 'fake', of } }, NASTY);
    expect(values.filter((value) => !isSafe(detector, String(value)))).toEqual([]);
  });

  it.each(FAKES)('keeps NULL and the empty text under %s', async (of) => {
    const trial = { column: column('varchar(100)'), mask: { kind: 'fake', of } as const };
    expect(await masked(connection, trial, [null, ''])).toEqual([null, '']);
  });

  it.each(FAKES)('gives each of many values of its own a %s that varies', async (of, detector) => {
    const originals = Array.from({ length: 500 }, (_, nth) => `original ${nth}`);
    const values = await masked(connection, { column: column('varchar(60)'), mask: { kind: 'fake', of } }, originals);
    expect(new Set(values).size).toBeGreaterThan(100);
    expect(values.filter((value) => !isSafe(detector, String(value)))).toEqual([]);
  });

  it.each(FAKES)(
    'fits the shortest column that it takes for %s, and names what it needs below',
    async (of, detector) => {
      const lengths = Array.from({ length: 30 }, (_, index) => index + 1);
      const fits = lengths.find((length) => !('problem' in compileMask(place(length, of)))) ?? 0;
      const originals = Array.from({ length: 300 }, (_, nth) => `${nth}`);
      const values = await masked(
        connection,
        { column: column(`varchar(${fits})`), mask: { kind: 'fake', of } },
        originals,
      );
      expect(values.filter((value) => !isSafe(detector, String(value)))).toEqual([]);
      expect(compileMask(place(fits - 1, of))).toEqual({
        problem: expect.stringMatching(new RegExp(`person\\.value \\(varchar\\(${fits - 1}\\)\\).*${fits} characters`)),
      });
    },
  );

  function place(length: number, of: FakeKind) {
    return {
      table: 'person',
      column: column(`varchar(${length})`),
      mask: { kind: 'fake', of } as const,
      domain: 'fake',
    };
  }
});

const MASKS: readonly Mask[] = [
  { kind: 'fake', of: 'full-name' },
  { kind: 'fake', of: 'email' },
  { kind: 'hash', length: 40 },
  { kind: 'digits' },
  { kind: 'text' },
];

describe.each(MASKS)('the mask %j', (mask) => {
  it.each(CHARSETS)('can be stored in %s, %s', async (charset, collation) => {
    const of = column('varchar(60)', { charset, collation });
    const originals = ['Aled 12', 'aled 12', '0123456789', "O'Brien 7\\", null, ''];
    const values = await masked(connection, { column: of, mask }, originals);
    expect(values.slice(4)).toEqual([null, '']);
    expect(values.filter((value, nth) => value === originals[nth] && nth < 3)).toEqual([]);
    expect(values.filter((value) => String(value).includes('?'))).toEqual([]);
  });
});

describeOnMariaDb('equality', () => {
  const fake: Mask = { kind: 'hash', length: 24 };

  it.each([
    ['utf8mb4', 'utf8mb4_general_ci', ['Aled', 'aLED', 'aled  ', 'Áled']],
    ['utf8mb4', 'utf8mb4_unicode_ci', ['Straße', 'STRASSE', 'strasse ']],
    ['latin1', 'latin1_swedish_ci', ['Aled', 'ALED ', 'áled']],
    ['utf8mb4', 'utf8mb4_bin', ['Aled', 'Aled ']],
  ])('gives what is equal in %s, %s one mask', async (charset, collation, values) => {
    const results = await masked(
      connection,
      { column: column('varchar(60)', { charset, collation }), mask: fake },
      values,
    );
    expect(new Set(results).size).toBe(1);
  });

  it.each([
    ['utf8mb4', 'utf8mb4_bin', ['Aled', 'aled', 'Áled']],
    ['utf8mb4', 'utf8mb4_unicode_520_nopad_ci', ['Aled', 'Aled ']],
    ['latin1', 'latin1_swedish_ci', ['angstrom', 'ångstrom']],
    ['utf8mb4', 'utf8mb4_unicode_520_ci', ['😀', '😁']],
  ])('keeps apart what %s, %s does', async (charset, collation, values) => {
    const results = await masked(
      connection,
      { column: column('varchar(60)', { charset, collation }), mask: fake },
      values,
    );
    expect(new Set(results).size).toBe(values.length);
  });

  it('gives the same text one mask in columns of several collations, when they are compared by one', async () => {
    const results = new Set();
    for (const [charset, collation] of CHARSETS.filter(([, name]) => name.endsWith('_ci'))) {
      const of = column('varchar(60)', { charset, collation });
      const trial = { column: of, mask: fake, comparedAs: 'utf8mb4_unicode_520_ci' };
      for (const value of await masked(connection, trial, ['Aled Ash', 'ALED ASH'])) {
        results.add(value);
      }
    }
    expect(results.size).toBe(1);
  });

  it('gives other values under another domain and under another key', async () => {
    const of = column('varchar(60)');
    const other = await connect(server, 'another key, which is long enough for anybody');
    const results = [
      await masked(connection, { column: of, mask: fake }, ['Aled']),
      await masked(connection, { column: of, mask: fake, domain: 'other' }, ['Aled']),
      await masked(other, { column: of, mask: fake }, ['Aled']),
    ];
    await other.end();
    expect(new Set(results.flat()).size).toBe(3);
  });

  it('gives NULL, and never the original, in a session without a key', async () => {
    const bare = await connect(server);
    await bare.query('SET @mayfly_key = NULL');
    for (const mask of MASKS) {
      expect(await masked(bare, { column: column('varchar(60)'), mask }, ['Aled 12'])).toEqual([null]);
    }
    await bare.end();
  });
});

describeOnMariaDb('attempts', () => {
  it.each(FAKES.filter(([of]) => of !== 'email' && of !== 'login'))(
    'gives another %s each time, the first as without',
    async (of) => {
      const { attemptSql, sql } = compiled({ column: column('varchar(60)'), mask: { kind: 'fake', of } });
      await connection.query('SET @mayfly_attempt = 0');
      const shots = ['0', '@mayfly_attempt', '1', '2', '3', '4'].map((attempt) => attemptSql?.(attempt) ?? 'NULL');
      const [rows] = await connection.query({
        sql: `SELECT ${[sql, ...shots].join(',')} FROM (SELECT 'x' AS value) t`,
        rowsAsArray: true,
      });
      const [plain, first, variable, ...others] = (rows as string[][])[0] ?? [];
      expect([first, variable]).toEqual([plain, plain]);
      expect(new Set([plain, ...others]).size).toBeGreaterThan(3);
    },
  );
});
