import { describe, expect, it } from '@jest/globals';
import { readPassport, signPassport } from '../../src/domain/passport.ts';
import { isPassportLine, passportIn, passportLines } from '../../src/domain/passport-lines.ts';
import { historiesOf, readShape, type SourceShape, signShape } from '../../src/domain/source-shape.ts';
import { isShapeLine, shapeIn, shapeLines } from '../../src/domain/source-shape-lines.ts';
import { goodPassport, passportKeys } from '../support/passports.ts';

const keys = passportKeys();
const shape: SourceShape = {
  version: 1,
  source: 'nonprod-source-1',
  database: 'vol',
  schema: {
    tables: Array.from({ length: 240 }, (_, nth) => ({
      name: `table_${nth}`,
      columns: Array.from({ length: 13 }, (__, place) => ({
        name: `enw'r golofn ${place}`,
        type: 'varchar(35) not null',
      })),
      indexes: [{ name: 'PRIMARY', over: 'unique (id)' }],
    })),
  },
  histories: [
    { table: 'doctrine_migration_versions', rows: [{ version: 'App\\Migrations\\Version20260101000000' }] },
    { table: 'flyway_schema_history', rows: [{ version: '1.0', type: 'SQL', success: 1 }] },
    { table: 'of_a_tool_that_is_not_known_here', rows: [{ id: 1 }] },
  ],
};

describe('the shape of a source', () => {
  it('is found again in a log, beside a passport, in lines that no driver cuts', () => {
    const signed = signShape(shape, keys.privateKey);
    const passport = signPassport(goodPassport('nonprod-source-1'), keys.privateKey);
    const lines = ['masked 3 of 7', ...shapeLines(signed), ...passportLines(passport), '237 tables'];
    expect(shapeIn(lines.map((line) => `${line}\n`))).toEqual(signed);
    expect(passportIn(lines)).toEqual(passport);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(8192);
    expect(lines.filter((line) => !isShapeLine(line) && !isPassportLine(line))).toEqual([
      'masked 3 of 7',
      '237 tables',
    ]);
  });

  it('is none where a line lacks, or where something else stands in its place', () => {
    const lines = shapeLines(signShape(shape, keys.privateKey));
    expect(shapeIn(lines.toSpliced(0, 1))).toBeUndefined();
    expect(shapeIn(['mayfly-shape 1/1 bm9uZQ=='])).toBeUndefined();
    expect(shapeIn([])).toBeUndefined();
  });

  it('is believed when the key of passports signed it, and is never taken for one', () => {
    const signed = signShape(shape, keys.privateKey);
    expect(readShape(signed, keys.publicKey)).toEqual(shape);
    expect(readShape(signed, passportKeys().publicKey)).toBeUndefined();
    expect(readShape({ ...signed, text: signed.text.replace('vol', 'lov') }, keys.publicKey)).toBeUndefined();
    expect(readPassport(signed, keys.publicKey)).toBeUndefined();
    expect(readShape(signPassport(goodPassport('nonprod-source-1'), keys.privateKey), keys.publicKey)).toBeUndefined();
  });

  it('says what the tools that are known here have run', () => {
    expect(historiesOf(shape)).toEqual([
      { table: 'doctrine_migration_versions', history: { ids: ['20260101000000'], floor: null } },
      { table: 'flyway_schema_history', history: { ids: ['1'], floor: null } },
    ]);
  });
});
