import { beforeEach, describe, expect, it } from '@jest/globals';
import { createProgressLines, type Progress } from '../../src/cli/progress-lines.ts';

let lines: string[];
let seconds: number;
let tell: (progress: Progress) => void;

beforeEach(() => {
  lines = [];
  seconds = 0;
  tell = createProgressLines({ write: (line) => lines.push(line), now: () => new Date(seconds * 1000) });
});

function at(second: number, changes: Partial<Progress>): void {
  seconds = second;
  tell({
    step: 'masking',
    table: 'licence',
    rows: 0,
    aboutRows: 1_200_000,
    allRows: 0,
    allAboutRows: 9_000_000,
    ...changes,
  });
}

describe('progress', () => {
  it('is rows of about how many, how fast, and how long it will take', () => {
    at(0, {});
    at(60, { rows: 600_000, allRows: 600_000 });

    expect(lines).toEqual([
      'masking licence: 0 of about 1,200,000 rows',
      'masking licence: 600,000 of about 1,200,000 rows, 10,000 rows/s, about 14 min left',
    ]);
  });

  it('is one line in five seconds, and one for each table that comes', () => {
    at(0, {});
    at(1, { rows: 10, allRows: 10 });
    at(2, { table: 'person', rows: 10, allRows: 20 });
    at(3, { rows: 20, allRows: 30 });
    at(7, { rows: 30, allRows: 40 });

    expect(lines.map((line) => line.split(' of', 1)[0])).toEqual([
      'masking licence: 0',
      'masking person: 10',
      'masking licence: 30',
    ]);
  });

  it('takes what an earlier run did for no work of this one', () => {
    at(0, { allRows: 8_000_000 });
    at(10, { allRows: 8_010_000 });

    expect(lines.at(-1)).toContain('1,000 rows/s, about 17 min left');
  });

  it('makes no more of a guess than there is', () => {
    at(0, { table: undefined, step: 'looking for what leaked', rows: 12, aboutRows: 10 });
    at(10, { rows: 1_300_000, allRows: 10_000_000 });

    expect(lines).toEqual([
      'looking for what leaked: 12 of about 12 rows',
      'masking licence: 1,300,000 of about 1,300,000 rows, 1,000,000 rows/s, about 0 s left',
    ]);
  });
});
