import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cover } from '../../../src/data/rules/cover.ts';
import type { Mask, RuleSet } from '../../../src/data/rules/rule-set.ts';
import type { ForeignKey, Schema, Table } from '../../../src/data/schema/model.ts';
import { columnOf, integerColumn, keyOf, tableOf } from '../../support/schemas.ts';

/** Whatever a table or column may be called that a sentence repeats as it stands. */
const name = fc.stringMatching(/^[a-z][a-z0-9_$ñ蜉🦋]{0,9}$/u);
const column = fc.record({ name, isNumber: fc.boolean(), isGenerated: fc.boolean() });
const columns = fc.uniqueArray(column, { selector: (each) => each.name.toLowerCase(), maxLength: 6 });
const tables = fc.uniqueArray(fc.record({ name, columns }), {
  selector: (each) => each.name,
  minLength: 1,
  maxLength: 6,
});

interface Covered {
  readonly schema: Schema;
  readonly ruleSet: RuleSet;
}

const MASKS: readonly Mask[] = [
  { kind: 'keep', reason: 'a code' },
  { kind: 'text' },
  { kind: 'fake', of: 'company' },
  { kind: 'hash', length: 10 },
];
const DIGITS: Mask = { kind: 'digits' };

/** A schema, each table of which may refer to the one before, and rules for each column that needs one. */
const covered: fc.Arbitrary<Covered> = fc
  .tuple(tables, fc.array(fc.nat({ max: MASKS.length - 1 }), { minLength: 36, maxLength: 36 }), fc.nat())
  .map(([drawn, picks, seed]) => {
    const made = drawn.map((table, index) => {
      const own = table.columns
        .filter((each) => each.name !== 'id' && each.name !== 'parent')
        .map((each) => (each.isNumber ? integerColumn : columnOf)(each.name, { isGenerated: each.isGenerated }));
      return tableOf(table.name, index > 0 && (seed + index) % 2 === 0 ? [...own, integerColumn('parent')] : own);
    });
    const foreignKeys = made.flatMap((table, index): ForeignKey[] => {
      const parent = made[index - 1];
      const refers = parent !== undefined && table.columns.some((each) => each.name === 'parent');
      return refers ? [keyOf(`${table.name}.parent`, `${parent.name}.id`)] : [];
    });
    let next = 0;
    const maskOf = (each: Table['columns'][number]): Mask => {
      next += 1;
      return each.kind === 'integer' ? DIGITS : (MASKS[picks[next % picks.length] ?? 0] ?? DIGITS);
    };
    const rules = made.map((table) => ({
      table: table.name,
      rows: [],
      orphans: undefined,
      columns: table.columns
        .filter((each) => !each.isGenerated)
        .map((each) => ({ column: each.name, mask: maskOf(each), domain: undefined })),
    }));
    return {
      schema: { database: 'shop', tables: made, views: [], foreignKeys, triggers: [] },
      ruleSet: { version: 1, tables: rules, keep: [], otherDatabases: [], smoke: [], allow: [] },
    };
  });

function problemsOf({ ruleSet, schema }: Covered): readonly string[] {
  const coverage = cover(ruleSet, schema);
  return coverage.ok ? [] : coverage.problems;
}

function without(ruleSet: RuleSet, table: string, gone: string): RuleSet {
  const tables_ = ruleSet.tables.map((rules) =>
    rules.table === table ? { ...rules, columns: rules.columns.filter((rule) => rule.column !== gone) } : rules,
  );
  return { ...ruleSet, tables: tables_ };
}

describe('whatever the schema', () => {
  it('complete rules cover it, each column once and in order', () => {
    fc.assert(
      fc.property(covered, ({ ruleSet, schema }) => {
        const coverage = cover(ruleSet, schema);
        expect(
          coverage.ok ? coverage.tables.map((each) => each.columns.map((one) => one.column)) : coverage.problems,
        ).toEqual(schema.tables.map((table) => table.columns.filter((each) => !each.isGenerated)));
      }),
    );
  });

  it('a column whose rule is taken away is named, unless it follows what it refers to', () => {
    fc.assert(
      fc.property(covered, ({ ruleSet, schema }) => {
        for (const { table, columns: rules } of ruleSet.tables) {
          for (const { column: gone } of rules) {
            const problems = problemsOf({ ruleSet: without(ruleSet, table, gone), schema });
            expect(problems).toEqual(
              gone === 'parent' ? [] : [`\`${table}.${gone}\` has no rule: mask it, or say \`keep\` and why`],
            );
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('a column that comes is named, wherever it comes', () => {
    fc.assert(
      fc.property(covered, fc.nat(), fc.nat(), ({ ruleSet, schema }, which, where) => {
        const index = which % schema.tables.length;
        const grown = schema.tables.map((table, at) => {
          const place = where % (table.columns.length + 1);
          return at === index ? { ...table, columns: table.columns.toSpliced(place, 0, columnOf('Zz_new')) } : table;
        });
        expect(problemsOf({ ruleSet, schema: { ...schema, tables: grown } })).toEqual([
          `\`${schema.tables[index]?.name}.Zz_new\` has no rule: mask it, or say \`keep\` and why`,
        ]);
      }),
    );
  });

  it('all columns of a table that comes are named, and of one that goes, the table is', () => {
    fc.assert(
      fc.property(covered, ({ ruleSet, schema }) => {
        const tables_ = [...schema.tables, tableOf('Zz_new', [columnOf('a')])];
        expect(problemsOf({ ruleSet, schema: { ...schema, tables: tables_ } })).toHaveLength(2);
        const last = schema.tables.at(-1)?.name ?? '';
        const foreignKeys = schema.foreignKeys.filter((key) => key.table !== last);
        const problems = problemsOf({
          ruleSet,
          schema: { ...schema, foreignKeys, tables: schema.tables.slice(0, -1) },
        });
        expect(problems).toEqual([expect.stringContaining(`there is no table \`${last}\``)]);
      }),
    );
  });
});
