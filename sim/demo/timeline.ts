import type { ResourceRecord } from '../../src/reconcile/store.ts';

const WIDTH = 48;

/** One row for each resource, a bar from asked to ready; `critical` ones are marked. */
export function timeline(
  rows: readonly ResourceRecord[],
  { from, to, critical }: { from: Date; to: Date; critical: readonly string[] },
): string {
  const total = Math.max(1, to.getTime() - from.getTime());
  const column = (at: Date): number =>
    Math.min(WIDTH, Math.max(0, Math.round(((at.getTime() - from.getTime()) / total) * WIDTH)));
  const label = Math.max(...rows.map(({ key }) => key.length), 8);
  const lines = rows
    .toSorted((a, b) => a.askedAt.getTime() - b.askedAt.getTime())
    .map(({ key, askedAt, readyAt }) => {
      const start = column(askedAt);
      const end = Math.max(column(readyAt ?? to), start + 1);
      const bar = `${' '.repeat(start)}${(critical.includes(key) ? '█' : '▒').repeat(end - start)}`.padEnd(WIDTH + 1);
      const took = readyAt ? `${Math.round((readyAt.getTime() - askedAt.getTime()) / 1000)} s` : 'not ready';
      return `${critical.includes(key) ? '*' : ' '} ${key.padEnd(label)} ${bar} ${took}`;
    });
  return [
    `  ${'resource'.padEnd(label)} 0 s${' '.repeat(WIDTH - 10)}${Math.round(total / 1000)} s (simulated)`,
    ...lines,
    '  * on the critical path',
  ].join('\n');
}
