import * as z from 'zod';
import { text } from '../../config/document/checked-text.ts';
import { columnMask, condition, reason } from './mask-schema.ts';
import type { RowRule, TableRules } from './rule-set.ts';

/** A table or a column. A name of MySQL has at most 64 characters ("Identifier Length Limits"). */
const name = text((given) =>
  given.length >= 1 && Array.from(given).length <= 64
    ? undefined
    : 'a name of a table or column has 1 to 64 characters',
);

const pattern = text((given) => {
  if (!/.\../s.test(given)) {
    return 'a pattern is a table, a dot and a column: `*.id`, `ref_data.*`';
  }
  return /^[*.]+$/.test(given) ? 'a pattern that every column matches would keep whatever comes' : undefined;
});

const databasePattern = text((given) => {
  if (given.length === 0) {
    return 'the name of a database is missing';
  }
  return /^\*+$/.test(given) ? 'a pattern that every database matches would keep whatever comes' : undefined;
});

const tableBlock = z.strictObject({
  truncate: z.literal(true).describe('All its rows go; its columns need no rules.').optional(),
  keepYears: z
    .strictObject({ column: name, years: z.int().min(1).max(200) })
    .describe('Rows younger than so many years stay, and those without a value.')
    .optional(),
  deleteWhere: condition.describe('SQL over the row: those for which it holds go.').optional(),
  orphans: z
    .union([z.literal('delete'), z.null()])
    .describe('What becomes of rows whose parent was deleted; without this, what the foreign key says.')
    .optional(),
  columns: z.record(name, columnMask).describe('What becomes of each column.').default({}),
});

const table = tableBlock.check(({ value, issues }) => {
  const further = [value.keepYears, value.deleteWhere, value.orphans].some((rule) => rule !== undefined);
  if (value.truncate && (further || Object.keys(value.columns).length > 0)) {
    issues.push({ code: 'custom', message: 'a table that is truncated needs no other rules', input: value });
  }
});

const smokeQuery = z
  .strictObject({
    name: z.string().min(1),
    sql: text((sql) =>
      /^\s*(select|with)\b/i.test(sql) && !sql.includes(';') ? undefined : 'is one SELECT, without `;`',
    ),
    atLeast: z.number().optional(),
    equals: z.union([z.string(), z.number()]).optional(),
  })
  .refine(({ atLeast, equals }) => (atLeast === undefined) !== (equals === undefined), {
    error: 'needs `atLeast` or `equals`, one of them',
  });

/** The whole file, as it may be written. Unknown keys are refused at every level. */
export const rulesSchema = z
  .strictObject({
    version: z.literal(1).describe('The version of this format.'),
    keep: z
      .array(z.strictObject({ columns: z.array(pattern).min(1), reason }))
      .describe('Columns that stay as they are, by pattern. A rule of the column itself comes first.')
      .default([]),
    otherDatabases: z
      .array(z.strictObject({ names: z.array(databasePattern).min(1), reason }))
      .describe('Databases of the server that a clone may have beside the one that is masked, unmasked, and why.')
      .default([]),
    tables: z.record(name, table).describe('What becomes of each table.').default({}),
    smoke: z.array(smokeQuery).describe('Questions about the result, with their answers.').default([]),
    allow: z
      .array(z.strictObject({ table: name, column: name, detector: z.string().min(1), reason }))
      .describe('Findings of the scan that are none, and why.')
      .default([]),
  })
  .meta({
    title: 'Mayfly masking rules',
    description: 'What becomes of every column of a database: `mayfly anonymise`.',
  });

type TableBlock = z.output<typeof tableBlock>;

export function tableRulesOf([tableName, block]: [string, TableBlock]): TableRules {
  return {
    table: tableName,
    rows: rowRulesOf(block),
    orphans: block.orphans === null ? 'null' : block.orphans,
    columns: Object.entries(block.columns)
      .map(([column, { mask, domain }]) => ({ column, mask, domain }))
      .toSorted((a, b) => (a.column < b.column ? -1 : 1)),
  };
}

function rowRulesOf({ truncate, keepYears, deleteWhere }: TableBlock): RowRule[] {
  return [
    ...(truncate ? [{ kind: 'truncate' } as const] : []),
    ...(keepYears ? [{ kind: 'keep-years', ...keepYears } as const] : []),
    ...(deleteWhere === undefined ? [] : [{ kind: 'delete-where', condition: deleteWhere } as const]),
  ];
}
