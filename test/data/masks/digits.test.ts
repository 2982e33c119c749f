import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Connection } from 'mysql2/promise';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { compileMask } from '../../../src/data/masks/compile-mask.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { column, connect, masked } from './try-mask.ts';

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

const mask = { kind: 'digits' } as const;

describeOnMariaDb('digits of text', () => {
  it.each([1, 2, 3, 4])('permutes all texts of %i digits, and none stays', async (length) => {
    const originals = Array.from({ length: 10 ** length }, (_, nth) => String(nth).padStart(length, '0'));
    const values = (await masked(connection, { column: column('varchar(20)'), mask }, originals)).map(String);
    expect([...values].sort()).toEqual([...originals].sort());
    expect(values.filter((value, nth) => value === originals[nth])).toEqual([]);
  });

  it('keeps everything else where it is, and takes nothing for a digit that is none', async () => {
    const form = fc.string({
      unit: fc.constantFrom('0', '1', '2', '9', ' ', '-', '/', 'A', 'ŵ', '😀', '½', '٣', '１', '\n'),
      minLength: 1,
      maxLength: 40,
    });
    const property = fc.asyncProperty(fc.uniqueArray(form, { minLength: 40, maxLength: 60 }), async (originals) => {
      const of = column('varchar(60)', { collation: 'utf8mb4_bin' });
      const values = (await masked(connection, { column: of, mask }, originals)).map(String);
      expect(values.map(shape)).toEqual(originals.map(shape));
      expect(new Set(values).size).toBe(originals.length);
      expect(values.filter((value, nth) => value === originals[nth] && /[0-9]/.test(value))).toEqual([]);
    });
    await fc.assert(property, { numRuns: 6, endOnFailure: true });
  }, 60_000);

  it('keeps numbers of 18 and of 40 digits apart', async () => {
    for (const length of [18, 40]) {
      const originals = Array.from({ length: 2000 }, (_, nth) => String(nth).padStart(length, '0'));
      const values = (await masked(connection, { column: column('varchar(64)'), mask }, originals)).map(String);
      expect(new Set(values).size).toBe(originals.length);
      expect(values.every((value) => /^\d+$/.test(value) && value.length === length)).toBe(true);
    }
  });

  it.each(['utf8mb4_general_ci', 'utf8mb4_unicode_ci', 'utf8mb4_bin'])(
    'keeps apart what %s tells apart, and together what it does not, whatever stands behind the digits',
    async (collation) => {
      const upper = Array.from({ length: 200 }, (_, nth) => `AB${nth % 100}-${nth % 7} cdé`);
      const lower = upper.map((text) => text.replace('cdé', 'CdE').toLowerCase());
      const of = column('varchar(20)', { collation });
      const isOne = async (left: string, right: string) => {
        const [[row]] = (await connection.query(`SELECT ? COLLATE ${collation} = ? AS one`, [left, right])) as [
          { one: string }[],
          unknown,
        ];
        return Number(row?.one) === 1;
      };
      const originals = [...new Set([...upper, ...lower])];
      const values = (await masked(connection, { column: of, mask }, originals)).map(String);
      const [[kinds]] = (await connection.query('SELECT COUNT(DISTINCT value) AS kinds FROM masked')) as [
        { kinds: string }[],
        unknown,
      ];

      const areOne = await isOne(upper[3] ?? '', lower[3] ?? '');
      expect(await isOne(values[3] ?? '', values[originals.indexOf(lower[3] ?? '')] ?? '')).toBe(areOne);
      expect(Number(kinds?.kinds)).toBe(areOne ? originals.length / 2 : originals.length);
    },
  );

  it('says that a text without a bound has too many places', () => {
    expect(compileMask({ table: 't', column: column('text'), mask, domain: 'd' })).toEqual({
      problem: expect.stringContaining('t.value (text)'),
    });
  });

  function shape(text: string): string {
    return text.replace(/[0-9]/g, '#');
  }
});

describeOnMariaDb('digits of whole numbers', () => {
  it.each([
    ['tinyint', 0, 128],
    ['tinyint unsigned', 0, 256],
    ['smallint', 0, 32_768],
  ])('permutes all of %s among those of equal length', async (type, from, to) => {
    const originals = Array.from({ length: to - from }, (_, nth) => from + nth);
    const values = (await masked(connection, { column: column(type), mask }, originals)).map(Number);
    expect([...values].sort((a, b) => a - b)).toEqual(originals);
    expect(values.map((value) => String(value).length)).toEqual(originals.map((value) => String(value).length));
    expect(values.filter((value, nth) => value === originals[nth])).toEqual([0]);
  });

  it.each([
    ['int', 2_147_483_647n, -2_147_483_648n],
    ['int unsigned', 4_294_967_295n, 0n],
    ['bigint', 9_223_372_036_854_775_807n, -9_223_372_036_854_775_808n],
    ['bigint unsigned', 18_446_744_073_709_551_615n, 0n],
    ['mediumint', 8_388_607n, -8_388_608n],
  ])('stays within %s, keeps the sign and is different for different', async (type, most, least) => {
    const near = Array.from({ length: 700 }, (_, nth) => most - BigInt(nth) * 3n);
    const spread = Array.from({ length: 700 }, (_, nth) => (most * BigInt(nth + 1)) / 701n);
    const small = Array.from({ length: 100 }, (_, nth) => BigInt(nth));
    const positive = [...new Set([...near, ...spread, ...small])];
    const originals =
      least === 0n ? positive : [...positive, ...positive.filter((each) => each > 0n).map((each) => -each)];
    const values = await masked(connection, { column: column(type), mask }, originals.map(String));
    const results = values.map((value) => BigInt(String(value)));
    expect(new Set(results).size).toBe(originals.length);
    expect(results.map((value) => String(value).length)).toEqual(originals.map((value) => String(value).length));
    expect(results.filter((value, nth) => value === originals[nth])).toEqual([0n]);
  });

  it('leaves NULL and the least number, which has no counterpart', async () => {
    const values = ['-9223372036854775808', null];
    expect(await masked(connection, { column: column('bigint'), mask }, values)).toEqual(values);
  });
});

describeOnMariaDb('digits of numbers in other forms', () => {
  it.each(['int(6) unsigned zerofill', 'bigint(20) unsigned zerofill'])(
    'counts no zeros that %s shows',
    async (type) => {
      const originals = Array.from({ length: 900 }, (_, nth) => nth);
      const values = (await masked(connection, { column: column(type), mask }, originals)).map(Number);
      expect([...values].sort((a, b) => a - b).slice(0, 100)).toEqual(originals.slice(0, 100));
      expect(values.map((value) => String(value).length)).toEqual(originals.map((value) => String(value).length));
    },
  );

  it.each([
    ['decimal(12,0)', '1', ''],
    ['decimal(10,2)', '0.01', '-'],
    ['decimal(18,18)', '0.000000000000000001', '-'],
    ['decimal(9,4) unsigned', '0.0001', ''],
    ['decimal(8,2) unsigned zerofill', '0.01', ''],
  ])('permutes those of %s, and keeps the point and the sign where they are', async (type, unit, sign) => {
    const scale = Math.max(0, unit.length - 2);
    const shown = (number: number) => {
      const digits = String(number).padStart(scale + 1, '0');
      return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
    };
    const plain = Array.from({ length: 1000 }, (_, nth) => shown(nth));
    const originals = sign === '' ? plain : [...plain, ...plain.slice(1).map((text) => `-${text}`)];
    const values = (await masked(connection, { column: column(type), mask }, originals)).map((value) =>
      String(value).replace(/^0+(?=\d)/, ''),
    );
    expect([...values].sort()).toEqual([...originals].sort());
    expect(values.map((value) => value.startsWith('-'))).toEqual(originals.map((text) => text.startsWith('-')));
    expect(values.filter((value, nth) => value === originals[nth])).toEqual([shown(0)]);
  });

  it('stays within the most that a decimal takes, and leaves NULL', async () => {
    const originals = ['9999999999999999.99', '-9999999999999999.98', '9000000000000000.01', null];
    const values = await masked(connection, { column: column('decimal(18,2)'), mask }, originals);
    expect(values.map((value) => value === null || /^-?\d{16}\.\d\d$/.test(String(value)))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(new Set(values).size).toBe(4);
  });

  it('says that a longer decimal has too many', () => {
    expect(compileMask({ table: 't', column: column('decimal(30,2)'), mask, domain: 'd' })).toEqual({
      problem: expect.stringContaining('decimals of up to 18 digits'),
    });
  });
});
