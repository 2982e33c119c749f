import type { CoveredColumn } from '../../domain/passport.ts';
import type { CoveredTable } from './covered.ts';
import { describeMask } from './describe-mask.ts';

/** Every column of every table, and what was done with it, for a passport; generated ones and those of truncated tables too. */
export function coverageOf(tables: readonly CoveredTable[]): CoveredColumn[] {
  return tables.flatMap(({ table, rows, columns }) => {
    const masks = new Map(columns.map(({ column, mask }) => [column.name, mask]));
    const unruled = rows.some(({ kind }) => kind === 'truncate') ? 'truncated' : 'generated';
    return table.columns.map(({ name }) => {
      const mask = masks.get(name);
      const words = mask ? describeMask(mask) : unruled;
      return { table: table.name, column: name, mask: words, reason: mask?.kind === 'keep' ? mask.reason : null };
    });
  });
}
