import { describe, expect, it } from '@jest/globals';
import { parseRuleSet } from '../../../src/data/rules/parse.ts';
import { parseOptions } from '../../../tools/bench-anonymise/options.ts';
import { rulesOf, TABLES } from '../../../tools/bench-anonymise/tables.ts';

describe('the bench of the anonymiser', () => {
  it('measures one number of rows after another', () => {
    expect(parseOptions(['--json', '--rows', '1000000', '--rows', '10000000']).rows).toEqual([1_000_000, 10_000_000]);
  });

  it('refuses rows that are no whole number', () => {
    expect(() => parseOptions(['--rows', '1e6.5'])).toThrow('--rows takes a whole number from 1000 to 100000000');
  });

  it('measures the tables that are named, and knows no others', () => {
    expect(parseOptions(['--table', 'address']).tables.map(({ name }) => name)).toEqual(['address']);
    expect(parseOptions([]).tables).toEqual(TABLES);
    expect(() => parseOptions(['--table', 'user'])).toThrow('--table takes person, address, event_history');
  });

  it('has both sides write the same columns', () => {
    const parsed = parseRuleSet(rulesOf(TABLES));
    const masked = parsed.ok ? parsed.ruleSet.tables : [];
    expect(new Map(masked.map(({ table, columns }) => [table, new Set(columns.map(({ column }) => column))]))).toEqual(
      new Map(TABLES.map(({ name, floor }) => [name, new Set(Object.keys(floor))])),
    );
  });
});
