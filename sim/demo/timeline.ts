import type { ResourceRecord } from '../../src/reconcile/store.ts';

/** Where nobody knows how wide it will be looked at. */
const DEFAULT_COLUMNS = 100;
const MAX_BAR = 60;
const MIN_BAR = 12;
const MIN_LABEL = 16;
/** The mark before a row, the gaps, and how long it took after it. */
const AROUND = 14;

export interface TimelineOptions {
  readonly from: Date;
  readonly to: Date;
  /** Keys of the rows on the critical path. */
  readonly critical: readonly string[];
  readonly simulated: boolean;
  /** Of the terminal. */
  readonly columns?: number | undefined;
}

/** One row for each resource, a bar from asked to ready; `critical` ones are marked. No line is wider than the terminal. */
export function timeline(
  rows: readonly ResourceRecord[],
  { from, to, critical, simulated, columns = DEFAULT_COLUMNS }: TimelineOptions,
): string {
  const { label, bar } = widths(Math.max(8, ...rows.map(({ key }) => key.length)), columns);
  const total = Math.max(1, to.getTime() - from.getTime());
  const column = (at: Date): number =>
    Math.min(bar, Math.max(0, Math.round(((at.getTime() - from.getTime()) / total) * bar)));
  const lines = rows
    .toSorted((a, b) => a.askedAt.getTime() - b.askedAt.getTime())
    .map(({ key, askedAt, readyAt }) => {
      const isCritical = critical.includes(key);
      const start = Math.min(column(askedAt), bar - 1);
      const end = Math.max(column(readyAt ?? to), start + 1);
      const drawn = `${' '.repeat(start)}${(isCritical ? '█' : '▒').repeat(end - start)}`.padEnd(bar);
      const took = readyAt ? `${Math.round((readyAt.getTime() - askedAt.getTime()) / 1000)} s` : 'not ready';
      return `${isCritical ? '*' : ' '} ${shortened(key, label).padEnd(label)} ${drawn} ${took.padStart(9)}`;
    });
  const end = `${Math.round(total / 1000)} s`;
  return [
    `  ${'resource'.padEnd(label)} 0 s${end.padStart(bar - 3)}`,
    ...lines,
    `  * on the critical path${simulated ? '; times are simulated' : ''}`,
  ].join('\n');
}

/** The bar gets what the names leave, and the names give way when that is not enough. */
function widths(longest: number, columns: number): { label: number; bar: number } {
  const label = Math.max(MIN_LABEL, Math.min(longest, columns - AROUND - MIN_BAR, Math.round(columns * 0.45)));
  return { label, bar: Math.max(MIN_BAR, Math.min(MAX_BAR, columns - AROUND - label)) };
}

/** Without its middle: names differ at their ends. */
function shortened(key: string, width: number): string {
  if (key.length <= width) {
    return key;
  }
  const head = Math.ceil((width - 1) / 3);
  return `${key.slice(0, head)}…${key.slice(key.length - (width - 1 - head))}`;
}
