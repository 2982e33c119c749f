import type { ColumnRule, Mask, RuleSet } from '../../../src/data/rules/rule-set.ts';
import type { GeneratedSchema } from './generated-schema.ts';

/** One domain for the key and all that refers to it, and one for each pair of columns. */
export function rulesFor({ names, columns, keyMask }: GeneratedSchema): RuleSet {
  const keep: Mask = { kind: 'keep', reason: 'a number' };
  const rule = (column: string, mask: Mask, domain?: string): ColumnRule => ({ column, mask, domain });
  const own = columns.map(({ mask, isOfKey }, n) =>
    isOfKey ? rule(`c${n}`, keyMask, 'the key') : rule(`c${n}`, mask, `domain ${n}`),
  );
  const table = (name: string, keys: readonly string[], numbers: readonly string[]) => ({
    table: name,
    rows: [],
    orphans: undefined,
    columns: [
      ...numbers.map((column) => rule(column, keep)),
      ...keys.map((column) => rule(column, keyMask, 'the key')),
      ...own,
    ],
  });
  return {
    version: 1,
    keep: [],
    otherDatabases: [],
    tables: [table(names[0], ['code', 'boss'], ['id', 'part', 'boss_part']), table(names[1], ['of'], ['id', 'part'])],
    smoke: [],
    allow: [],
  };
}
