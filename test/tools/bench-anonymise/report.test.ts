import { describe, expect, it } from '@jest/globals';
import { linesOf, reportOf } from '../../../tools/bench-anonymise/report.ts';

const memory = { peak: 120, byQuarter: [100, 110, 110, 110], liveByQuarter: [30.5, 31, 31, 31] };
const measured = {
  rows: 1000,
  bytes: 3 * 1024 * 1024,
  floor: [1, 9, 2].map((seconds) => ({ seconds, processorSeconds: seconds / 2 })),
  masked: [4, 40, 5].map((seconds) => ({ maskingSeconds: seconds, seconds: seconds + 1, processorSeconds: 3, memory })),
};

describe('what the bench reports', () => {
  it('compares the medians of both sides', () => {
    const { floor, anonymiser, ratio } = reportOf(measured);
    expect([floor.rowsPerSecond, anonymiser.rowsPerSecond, ratio]).toEqual([500, 200, 0.4]);
  });

  it('takes the middle of two runs', () => {
    expect(
      reportOf({ ...measured, floor: [1, 3].map((seconds) => ({ seconds, processorSeconds: undefined })) }).floor
        .rowsPerSecond,
    ).toBe(500);
  });

  it('says speed, ratio and memory in lines', () => {
    const lines = linesOf(reportOf(measured));
    expect(lines).toContain('anonymiser  200 rows/s (4, 40, 5 s), 0.4 of the floor');
    expect(lines).toContain('processor   0.5, 4.5, 1 s; 3, 3, 3 s with the proof');
    expect(lines).toContain('resident 100, 110, 110, 110, peak 120; live 30.5, 31, 31, 31');
  });
});
