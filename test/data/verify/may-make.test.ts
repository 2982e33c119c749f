import { describe, expect, it } from '@jest/globals';
import { FILLERS } from '../../../src/data/masks/filler.ts';
import type { Mask } from '../../../src/data/rules/rule-set.ts';
import type { Column } from '../../../src/data/schema/model.ts';
import { mayMake } from '../../../src/data/verify/may-make.ts';

const TEXT: Column = {
  name: 'c',
  kind: 'text',
  columnType: 'varchar(60)',
  maxLength: 60,
  charset: 'utf8mb4',
  collation: 'utf8mb4_bin',
  nullable: true,
  isGenerated: false,
  isAutoIncrement: false,
  followsUpdates: false,
};
const NUMBER: Column = { ...TEXT, kind: 'integer', columnType: 'bigint(20)', maxLength: undefined };
const DIGITS: Mask = { kind: 'digits' };
const KEEP: Mask = { kind: 'keep', reason: 'a code' };
const filler = (length: number) => `${(FILLERS[5] ?? '').repeat(3).slice(0, length - 1)}.`;

describe('whether a mask may make a value of another one', () => {
  it.each<{ reason: string; mask: Mask; value: string; column?: Column; rows?: number; may: boolean }>([
    { reason: 'nothing is what null makes', mask: { kind: 'null' }, value: 'Ann', may: false },
    {
      reason: 'a name that is none of the fakes',
      mask: { kind: 'fake', of: 'full-name' },
      value: 'Sian Parry',
      may: false,
    },
    { reason: 'somebody is called as a fake is', mask: { kind: 'fake', of: 'given-name' }, value: 'emma', may: true },
    { reason: 'a town that is one of the fakes', mask: { kind: 'fake', of: 'town' }, value: 'Heronport', may: true },
    {
      reason: 'an address at a domain of fakes',
      mask: { kind: 'fake', of: 'email' },
      value: 'a@example.com',
      may: true,
    },
    { reason: 'an address elsewhere', mask: { kind: 'fake', of: 'email' }, value: 'a@firm.wales', may: false },
    { reason: 'as short as a hash that is asked for', mask: { kind: 'hash', length: 8 }, value: 'deadbeef', may: true },
    { reason: 'no hexadecimal digits', mask: { kind: 'hash', length: 8 }, value: 'dead-beef', may: false },
    {
      reason: 'a long hash is not drawn twice',
      mask: { kind: 'hash', length: 64 },
      value: 'ab'.repeat(16),
      may: false,
    },
    { reason: 'a short filler', mask: { kind: 'text' }, value: filler(20), may: true },
    { reason: 'a filler that begins anew', mask: { kind: 'text' }, value: filler(900), may: true },
    { reason: 'words that say something', mask: { kind: 'text' }, value: 'Rang about the van.', may: false },
    { reason: 'a number among many', mask: DIGITS, value: '01614960001', rows: 100_000, may: false },
    { reason: 'too many rows for six digits', mask: DIGITS, value: '123456', rows: 100_000, may: true },
    { reason: 'six digits of a few rows', mask: DIGITS, value: '123456', rows: 1000, may: false },
    { reason: 'digits among letters move together', mask: DIGITS, value: 'AB123456C', rows: 10, may: true },
    { reason: 'a sign is no digit of a text', mask: DIGITS, value: '-12345678', rows: 10, may: true },
    { reason: 'a number may have a sign', mask: DIGITS, value: '-12345678', column: NUMBER, rows: 10, may: false },
    {
      reason: 'a date is moved onto another',
      mask: { kind: 'date-shift', maxDays: 9 },
      value: '1950-01-01',
      may: true,
    },
    {
      reason: 'a case that keeps',
      mask: { kind: 'cases', cases: [{ when: 'TRUE', mask: { kind: 'null' } }], otherwise: KEEP },
      value: 'Ann',
      may: true,
    },
    {
      reason: 'no case makes it',
      mask: { kind: 'cases', cases: [{ when: 'TRUE', mask: { kind: 'null' } }], otherwise: { kind: 'text' } },
      value: 'Rang about it',
      may: false,
    },
  ])('$reason: $may', ({ mask, value, column = TEXT, rows = 1000, may }) => {
    expect(mayMake(value, { column, mask }, rows)).toBe(may);
  });
});
