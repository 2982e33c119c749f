import { describe, expect, it } from '@jest/globals';
import { skipLines } from './skips-reporter.ts';

const skipped = { status: 'pending', title: 'moto is not installed' };
const passed = { status: 'passed', title: 'a rule holds' };

describe('the report of skipped tests', () => {
  it('is a line for each reason, with the files that it was met in', () => {
    const files = [[skipped, skipped, passed], [passed], [skipped], [{ ...skipped, title: 'no Postgres' }]];
    expect(skipLines(files.map((testResults) => ({ testResults })))).toEqual([
      'Skipped in 2 files: moto is not installed',
      'Skipped in 1 file: no Postgres',
    ]);
  });

  it('is nothing when nothing was', () => {
    expect(skipLines([{ testResults: [passed] }])).toEqual([]);
  });
});
