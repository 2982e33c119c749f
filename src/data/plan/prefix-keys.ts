import type { MaskSql } from '../masks/mask-sql.ts';
import type { CoveredTable } from '../rules/covered.ts';
import { spoken } from '../rules/spoken-name.ts';
import { keysAtRisk } from './distinct-columns.ts';
import { placeKey } from './tied-columns.ts';

/**
 * Unique keys over the beginning of a masked column, where masked values may differ behind that only. Neither what a map
 * nor what a mask keeps apart helps there. Dealt anew, values begin as they did; and any number of NULLs is unique.
 */
export function prefixProblems(
  { table, columns: covered }: CoveredTable,
  columns: ReadonlyMap<string, { readonly mask: MaskSql }>,
): string[] {
  return (table.prefixes ?? []).flatMap(({ key, column, length }) => {
    const whole = table.uniqueKeys.find(({ name }) => name === key)?.columns ?? table.primaryKey;
    const planned = columns.get(placeKey(table.name, column));
    const isNull = covered.some((one) => one.column.name === column && one.mask.kind === 'null');
    const isSeen =
      planned === undefined || isNull || length >= (planned.mask.distinctWithin ?? Number.POSITIVE_INFINITY);
    return isSeen || !keysAtRisk(table, column).some((one) => one === whole)
      ? []
      : [
          `${spoken(table.name, column)}: the unique key ${spoken(key)} compares its first ${length} characters, and two masked values may differ behind them only: use a fake or a \`hash\` that is no longer, keep it, or make the key one of the whole column`,
        ];
  });
}
