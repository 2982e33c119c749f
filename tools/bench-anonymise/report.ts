import type { Masked } from './masked.ts';
import { SETTINGS } from './stage.ts';
import type { BenchTable } from './tables.ts';

/** Of the server's processors, over all of a run; undefined where the system does not tell. */
interface OnServer {
  readonly processorSeconds: number | undefined;
}

export interface FloorRun extends OnServer {
  readonly seconds: number;
}

export type MaskedRun = Masked & OnServer;

/** What was measured for one number of rows, of each run in their order. */
export interface Measured {
  readonly rows: number;
  readonly bytes: number;
  readonly floor: readonly FloorRun[];
  readonly masked: readonly MaskedRun[];
}

export const MEASURED = [
  'floor: one bare UPDATE a table, of the same columns, with values of the same length and variety (REVERSE, a day more)',
  'anonymiser: the function of `mayfly anonymise`, in a process of its own; rows/s and ratio are of masking, from reading',
  'the schema to the last chunk, fingerprints among it; withProof has the scan, the checks and the passport besides',
  'both: a fresh copy of the same rows, all pages written and all old versions purged, then read through once; the same',
  'server, as many connections, a commit that waits for the disk; triggers and foreign keys on neither side',
  'processor: what the server used of it; of the anonymiser up to its end, with the proof. live: heap and buffers of',
  'the process that masks after a full collection, resident: what the system counts, with what V8 has not given back',
] as const;

export function reportOf({ rows, bytes, floor, masked }: Measured) {
  const floorSeconds = median(floor.map(({ seconds }) => seconds));
  const maskedSeconds = median(masked.map(({ maskingSeconds }) => maskingSeconds));
  return {
    rows,
    mebibytes: Math.round(bytes / 1024 / 1024),
    floor: {
      rowsPerSecond: Math.round(rows / floorSeconds),
      seconds: floor.map(({ seconds }) => rounded(seconds)),
      processorSeconds: floor.map(processor),
    },
    anonymiser: {
      rowsPerSecond: Math.round(rows / maskedSeconds),
      seconds: masked.map(({ maskingSeconds }) => rounded(maskingSeconds)),
      withProofSeconds: masked.map(({ seconds }) => rounded(seconds)),
      processorSeconds: masked.map(processor),
      memoryMebibytes: masked.map(({ memory }) => memory),
    },
    /** Of the floor's speed. */
    ratio: rounded(floorSeconds / maskedSeconds),
  };
}

export type Report = ReturnType<typeof reportOf>;

export function settingsOf(of: { workers: number; version: string; tables: readonly BenchTable[] }) {
  const { workers, version } = of;
  const tables = of.tables.map(({ name, share, floor }) => ({ name, share, columns: Object.keys(floor) }));
  return { server: version, settings: SETTINGS, workers, tables, measured: MEASURED };
}

export function linesOf({ rows, mebibytes, floor, anonymiser, ratio }: Report): string {
  const memory = anonymiser.memoryMebibytes.map(
    ({ peak, byQuarter, liveByQuarter }) =>
      `resident ${byQuarter.join(', ')}, peak ${peak}; live ${liveByQuarter.join(', ')}`,
  );
  return [
    `${rows} rows, ${mebibytes} MiB`,
    `  floor       ${floor.rowsPerSecond} rows/s (${floor.seconds.join(', ')} s)`,
    `  anonymiser  ${anonymiser.rowsPerSecond} rows/s (${anonymiser.seconds.join(', ')} s), ${ratio} of the floor; ${anonymiser.withProofSeconds.join(', ')} s with the proof`,
    `  processor   ${floor.processorSeconds.join(', ')} s; ${anonymiser.processorSeconds.join(', ')} s with the proof`,
    `  memory      ${memory.join('; ')} MiB by quarters`,
  ].join('\n');
}

function processor({ processorSeconds }: OnServer): number | undefined {
  return processorSeconds === undefined ? undefined : rounded(processorSeconds);
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

function rounded(number: number): number {
  return Math.round(number * 1000) / 1000;
}
