import { describe, expect, it } from '@jest/globals';
import { signPassport } from '../../src/domain/passport.ts';
import { passportIn, passportLines } from '../../src/domain/passport-lines.ts';
import { goodPassport, passportKeys } from '../support/passports.ts';

const columns = Array.from({ length: 3000 }, (_, index) => ({
  table: `table ${index % 237} 🐝`,
  column: `Enw'r golofn ${index}`,
  mask: 'keep',
  reason: 'an id',
}));
const signed = signPassport(goodPassport('source', { columns }), passportKeys().privateKey);

describe('a passport in a log', () => {
  it('is found again byte for byte, between whatever else is written, in lines that no driver cuts', () => {
    const lines = passportLines(signed);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(8192);
    expect(passportIn(lines.flatMap((line) => ['masked 3 of 7', `${line}\n`]))).toEqual(signed);
  });

  it('is the last whole one', () => {
    const other = signPassport(goodPassport('other'), passportKeys().privateKey);
    expect(passportIn([...passportLines(other), ...passportLines(signed).slice(0, -1)])).toEqual(other);
    expect(passportIn([...passportLines(signed).slice(0, -1), ...passportLines(other)])).toEqual(other);
    expect(passportIn([...passportLines(other), ...passportLines(signed)])).toEqual(signed);
  });

  it('is none where a line lacks, or where something else stands in its place', () => {
    const lines = passportLines(signed);
    expect(passportIn(lines.toSpliced(3, 1))).toBeUndefined();
    expect(passportIn(['mayfly-passport 1/1 bm9uZQ=='])).toBeUndefined();
    expect(passportIn(['mayfly-passport 1/1 bnVsbA=='])).toBeUndefined();
    expect(passportIn([])).toBeUndefined();
  });
});
