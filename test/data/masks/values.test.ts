import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Connection } from 'mysql2/promise';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { compileMask } from '../../../src/data/masks/compile-mask.ts';
import type { Mask } from '../../../src/data/rules/rule-set.ts';
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

const RUNS = { numRuns: 8, endOnFailure: true } as const;
/** Any text that MariaDB stores: no half of a surrogate pair, and no end that CHAR would lose. */
const text = fc.string({ unit: 'binary', maxLength: 60 }).filter((value) => value.isWellFormed());

describeOnMariaDb('text', () => {
  it('puts words in the place of any text, of as many characters', async () => {
    const property = fc.asyncProperty(fc.array(text, { minLength: 30, maxLength: 30 }), async (originals) => {
      const of = column('varchar(100)', { collation: 'utf8mb4_bin' });
      const values = (await masked(connection, { column: of, mask: { kind: 'text' } }, originals)).map(String);
      expect(values.map((value) => value.length)).toEqual(originals.map((value) => Array.from(value).length));
      expect(values.filter((value) => !/^(?:[A-Za-z,. ]*\.)?$/.test(value))).toEqual([]);
    });
    await fc.assert(property, RUNS);
  }, 60_000);

  it('does so for a million characters, and equal for equal', async () => {
    const originals = [
      'ŵ'.repeat(1_000_000),
      'ŵ'.repeat(1_000_000),
      '😀'.repeat(40_000),
      'x'.repeat(331),
      'x'.repeat(332),
    ];
    const values = (await masked(connection, { column: column('longtext'), mask: { kind: 'text' } }, originals)).map(
      String,
    );
    expect(values.map((value) => value.length)).toEqual([1_000_000, 1_000_000, 40_000, 331, 332]);
    expect(values[0]).toBe(values[1]);
    expect(values.filter((value) => /[ŵx😀]{2}/u.test(value))).toEqual([]);
  });

  it('fills a CHAR to its end', async () => {
    const originals = Array.from({ length: 30 }, (_, nth) => 'y'.repeat(nth + 1));
    const values = (await masked(connection, { column: column('char(30)'), mask: { kind: 'text' } }, originals)).map(
      String,
    );
    expect(values.map((value) => value.length)).toEqual(originals.map((value) => value.length));
  });
});

describeOnMariaDb('hash', () => {
  it.each([
    ['utf8mb4', 'utf8mb4_bin'],
    ['utf8mb4', 'utf8mb4_general_ci'],
    ['utf8mb4', 'utf8mb4_unicode_ci'],
    ['utf8mb4', 'utf8mb4_unicode_520_nopad_ci'],
  ])(
    'agrees with what %s, %s takes for equal, and with nothing else',
    async (charset, collation) => {
      const alike = fc.constantFrom('a', 'A', 'á', 'ß', 'ss', 's', 'æ', 'e\u0301', 'É', ' ', '😀', '😁', 'ﬁ', 'fi');
      const words = fc.string({ unit: alike, minLength: 1, maxLength: 3 });
      const property = fc.asyncProperty(fc.uniqueArray(words, { minLength: 60, maxLength: 60 }), async (originals) => {
        const trial = {
          column: column('varchar(60)', { charset, collation }),
          mask: { kind: 'hash', length: 32 },
        } as const;
        const results = await masked(connection, trial, originals);
        await connection.query('DROP TABLE IF EXISTS originals');
        await connection.query(
          `CREATE TABLE originals (id INT, v VARCHAR(60) CHARACTER SET ${charset} COLLATE ${collation})`,
        );
        await connection.query('INSERT INTO originals VALUES ?', [originals.map((value, id) => [id, value])]);
        const [rows] = await connection.query(
          'SELECT a.id AS a, b.id AS b FROM originals a JOIN originals b ON a.v = b.v AND a.id < b.id',
        );
        const equal = new Set(
          (rows as { a: number; b: number }[]).map(({ a, b }) => `${originals[a]}|${originals[b]}`),
        );
        const found = originals.flatMap((one, a) =>
          originals
            .slice(a + 1)
            .flatMap((other, nth) => (results[a] === results[a + 1 + nth] ? [`${one}|${other}`] : [])),
        );
        expect(found.sort()).toEqual([...equal].sort());
      });
      await fc.assert(property, RUNS);
    },
    60_000,
  );

  it.each([
    ['varchar(10)', undefined, /^[0-9a-f]{10}$/],
    ['varchar(100)', undefined, /^[0-9a-f]{64}$/],
    ['varchar(100)', 32, /^[0-9a-f]{32}$/],
  ])('gives %s, asked for %s digits, what it takes', async (type, length, form) => {
    const values = await masked(connection, { column: column(type), mask: { kind: 'hash', length } }, ['Aled']);
    expect(values[0]).toMatch(form);
  });

  it('gives bytes to binary columns, and stays empty', async () => {
    const trial = { column: column('varbinary(16)'), mask: { kind: 'hash', length: undefined } } as const;
    const values = await masked(connection, trial, [Buffer.from([0, 1, 2]), Buffer.alloc(0), null]);
    expect(values.map((value) => (value as Buffer | null)?.length ?? null)).toEqual([16, 0, null]);
    expect(compiled(trial).isInjective).toBe(true);
  });

  it('says what fewer than 21 digits do to a unique column', () => {
    const of = (length: number) => compiled({ column: column('varchar(64)'), mask: { kind: 'hash', length } });
    expect([of(20).isInjective, of(21).isInjective]).toEqual([false, true]);
    expect(of(20).attemptSql?.('1')).toBeDefined();
  });
});

describeOnMariaDb('date-shift', () => {
  const mask = { kind: 'date-shift', maxDays: 30 } as const;

  it.each(['date', 'datetime', 'datetime(6)', 'timestamp'])(
    'moves a %s by whole days, and never by none',
    async (type) => {
      const hour = type === 'date' ? '' : ' 12:34:56';
      const time = type.endsWith('(6)') ? `${hour}.123456` : hour;
      const originals = Array.from({ length: 1000 }, (_, nth) => {
        return `${new Date(Date.UTC(1990, 0, 1 + nth * 13)).toISOString().slice(0, 10)}${time}`;
      });
      const values = (await masked(connection, { column: column(type), mask }, originals)).map(String);
      const days = values.map((value, nth) => (day(value) - day(originals[nth] ?? '')) / 86_400_000);
      expect(days.filter((moved) => moved === 0 || Math.abs(moved) > 30)).toEqual([]);
      expect(new Set(days)).toEqual(
        new Set(Array.from({ length: 61 }, (_, nth) => nth - 30).filter((nth) => nth !== 0)),
      );
      expect(values.every((value) => value.endsWith(time))).toBe(true);
    },
  );

  it('moves equal days alike, whatever their hour', async () => {
    const dates = await masked(connection, { column: column('date'), mask }, ['1985-02-28']);
    const times = await masked(connection, { column: column('datetime'), mask }, [
      '1985-02-28 01:00:00',
      '1985-02-28 23:59:59',
    ]);
    expect(times).toEqual([`${String(dates[0])} 01:00:00`, `${String(dates[0])} 23:59:59`]);
  });

  it.each([
    ['date', ['0000-00-00', '9999-12-31', '9999-12-30', null]],
    ['datetime', ['0000-00-00 00:00:00', '9999-12-31 23:59:59', null]],
    ['timestamp', ['2038-01-19 03:14:07', '1970-01-01 00:00:01', '0000-00-00 00:00:00']],
  ])('leaves the marks at the ends of %s', async (type, values) => {
    expect(await masked(connection, { column: column(type), mask }, values)).toEqual(values);
  });

  it('gives a day to a date that had only a year', async () => {
    const [value] = await masked(connection, { column: column('date'), mask }, ['1985-00-00']);
    expect(Math.abs(day(String(value)) - day('1985-01-01')) / 86_400_000).toBeLessThanOrEqual(30);
  });

  function day(value: string): number {
    return Date.parse(value.slice(0, 10));
  }
});

describeOnMariaDb('constant, null and cases', () => {
  it('stores a constant with whatever stands in it', async () => {
    const value = 'O\'Brien \\ "x" 😀 ŵ';
    const values = await masked(connection, { column: column('varchar(60)'), mask: { kind: 'constant', value } }, [
      'Aled',
      null,
      '',
    ]);
    expect(values).toEqual([value, value, value]);
  });

  it.each<[string, Mask, RegExp]>([
    ['varchar(3)', { kind: 'constant', value: 'four' }, /has 4 characters/],
    ['int', { kind: 'constant', value: 'four' }, /is no number/],
    ['json', { kind: 'constant', value: 'four' }, /no JSON/],
    ['date', { kind: 'text' }, /only text/],
    ['int', { kind: 'fake', of: 'phone' }, /use digits/],
    ['varchar(60)', { kind: 'date-shift', maxDays: 3 }, /only dates/],
    ['varchar(60)', { kind: 'shuffle' }, /shuffle/],
    ["enum('a')", { kind: 'hash', length: 20 }, /text or bytes/],
  ])('refuses for %s the mask %j, and says why', (type, mask, why) => {
    const result = compileMask({ table: 'person', column: column(type), mask, domain: 'd' });
    expect(result).toEqual({ problem: expect.stringMatching(why) });
    expect(result).toEqual({ problem: expect.stringContaining(`person.value (${type})`) });
  });

  it('refuses NULL for a column that takes none', () => {
    const of = column('int', { nullable: false });
    expect(compileMask({ table: 't', column: of, mask: { kind: 'null' }, domain: 'd' })).toEqual({
      problem: 't.value (int): it takes no NULL; use constant',
    });
  });

  it('takes the first case that holds, and reads what conditions mention', async () => {
    const mask: Mask = {
      kind: 'cases',
      cases: [
        { when: 'id = 0 -- the first', mask: { kind: 'constant', value: 'first' } },
        { when: "`value` LIKE 'k%' OR id = 0", mask: { kind: 'keep', reason: 'a code' } },
        { when: 'ID = 2', mask: { kind: 'null' } },
      ],
      otherwise: { kind: 'fake', of: 'town' },
    };
    const trial = { column: column('varchar(60)'), mask };
    const values = await masked(connection, trial, ['a', 'keep', 'b', 'c']);
    expect(values.slice(0, 3)).toEqual(['first', 'keep', null]);
    expect(values[3]).toMatch(/^[A-Z]/);
    expect([...compiled(trial).reads].sort()).toEqual(['id', 'value']);
  });
});
