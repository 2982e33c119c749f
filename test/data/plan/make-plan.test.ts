import { describe, expect, it } from '@jest/globals';
import { makePlan } from '../../../src/data/plan/make-plan.ts';
import type { Plan } from '../../../src/data/plan/plan.ts';
import type { Mask } from '../../../src/data/rules/rule-set.ts';
import type { Column, ForeignKey, Schema, Table } from '../../../src/data/schema/model.ts';
import { cover, DRAWN, HASH, type TestRules } from '../run/masked-database.ts';
import { standInMask } from '../run/stand-in-mask.ts';

function column(name: string, other: Partial<Column> = {}): Column {
  return {
    name,
    kind: 'text',
    columnType: 'varchar(64)',
    maxLength: 64,
    charset: 'utf8mb4',
    collation: 'utf8mb4_general_ci',
    nullable: true,
    isGenerated: false,
    isAutoIncrement: false,
    followsUpdates: false,
    ...other,
  };
}
const ID = column('id', { kind: 'integer', columnType: 'int', nullable: false });

function table(name: string, columns: readonly Column[], other: Partial<Table> = {}): Table {
  return {
    name,
    engine: 'InnoDB',
    columns: [ID, ...columns],
    primaryKey: ['id'],
    uniqueKeys: [],
    estimatedRows: 9,
    ...other,
  };
}

function foreignKey(child: string, parent: string, other: Partial<ForeignKey> = {}): ForeignKey {
  const [[tableName = '', name = ''], [referencedTable = '', referenced = '']] = [child.split('.'), parent.split('.')];
  return {
    name: `fk_${tableName}`,
    table: tableName,
    columns: [name],
    referencedTable,
    referencedColumns: [referenced],
    onDelete: 'RESTRICT',
    ...other,
  };
}

function plan(
  tables: readonly Table[],
  rules: Readonly<Record<string, TestRules>>,
  foreignKeys: readonly ForeignKey[] = [],
) {
  const schema: Schema = { database: 'db', tables, views: [], foreignKeys, triggers: [] };
  return makePlan({ schema, tables: cover(schema, rules), compile: standInMask, asOf: '2026-11-26' });
}

function planned(...input: Parameters<typeof plan>): Plan {
  const made = plan(...input);
  if ('problems' in made) {
    throw new Error(made.problems.join('\n'));
  }
  return made;
}

function problems(...input: Parameters<typeof plan>): readonly string[] {
  const made = plan(...input);
  return 'problems' in made ? made.problems : [];
}

const when = (condition: string): Mask => ({
  kind: 'cases',
  cases: [{ when: condition, mask: HASH }],
  otherwise: HASH,
});

describe('a plan', () => {
  it('leaves a table alone of which all is kept', () => {
    expect(planned([table('t', [column('a')])], {}).tables[0]).toMatchObject({ strategy: 'none', assignments: [] });
  });

  it('assigns a column after whoever reads it', () => {
    const made = planned([table('t', [column('a'), column('b')])], { t: { columns: { a: HASH, b: when('a = 1') } } });
    expect(made.tables[0]?.assignments.map((one) => one.column)).toEqual(['b', 'a']);
    expect(made.tables[0]?.strategy).toBe('update');
  });

  it('writes a table anew where two columns read each other', () => {
    const rules = { t: { columns: { a: when('b = 1'), b: when('a = 1') } } };
    expect(planned([table('t', [column('a'), column('b')])], rules).tables[0]?.strategy).toBe('rewrite');
  });

  it('holds columns that follow updates, and writes no generated one', () => {
    const columns = [column('a'), column('at', { followsUpdates: true }), column('g', { isGenerated: true })];
    expect(planned([table('t', columns)], { t: { columns: { a: HASH } } }).tables[0]).toMatchObject({
      held: ['at'],
      columns: ['id', 'a', 'at'],
    });
  });

  it('draws a map for a unique column where values could meet, and none for a hash', () => {
    const unique = table('t', [column('a'), column('b')], {
      uniqueKeys: [
        { name: 'a', columns: ['a'] },
        { name: 'b', columns: ['b'] },
      ],
    });
    const made = planned([unique], { t: { columns: { a: DRAWN, b: HASH } } });
    expect(made.maps.map(({ root }) => root.column)).toEqual(['a']);
    expect(planned([unique], { t: { columns: { b: HASH } } })).toMatchObject({
      maps: [],
      tables: [{ strategy: 'update' }],
    });
  });

  it('has one map for all unique columns of a domain, and lets the others look up what met there', () => {
    const isUnique = { uniqueKeys: [{ name: 'x', columns: ['x'] }] };
    const tables = [
      table('a', [column('x', { maxLength: 20 })], isUnique),
      table('b', [column('y')]),
      table('c', [column('x', { maxLength: 30 })], isUnique),
    ];
    const made = planned(tables, {
      a: { columns: { x: DRAWN } },
      b: { columns: { y: DRAWN } },
      c: { columns: { x: DRAWN } },
    });
    expect(made.maps.map(({ root, others }) => ({ root, others }))).toEqual([
      { root: { table: 'c', column: 'x' }, others: [{ table: 'a', column: 'x' }] },
    ]);
    const sqls = made.tables.map(({ assignments }) => assignments[0]?.sql ?? '');
    expect(sqls.map((sql) => sql.includes('`mayfly_work`.`map_1`'))).toEqual([true, true, true]);
    expect(sqls.map((sql) => sql.startsWith('COALESCE('))).toEqual([false, true, false]);
  });

  it('names both unique columns of one domain whose values one map cannot keep apart', () => {
    const unique = (name: string, collation: string) =>
      table(name, [column('x', { collation })], { uniqueKeys: [{ name: 'x', columns: ['x'] }] });
    const rules = { a: { columns: { x: DRAWN } }, b: { columns: { x: DRAWN } } };
    expect(problems([unique('a', 'utf8mb4_bin'), unique('b', 'utf8mb4_general_ci')], rules)).toEqual([
      expect.stringContaining('a.x (utf8mb4_bin) and b.x (utf8mb4_general_ci) are unique and of one domain'),
    ]);
  });

  it('follows foreign keys with what is deleted, to the last table', () => {
    const tables = [table('a', []), table('b', [column('a_id')]), table('c', [column('b_id')])];
    const keys = [
      foreignKey('b.a_id', 'a.id', { onDelete: 'CASCADE' }),
      foreignKey('c.b_id', 'b.id', { onDelete: 'SET NULL' }),
    ];
    const made = planned(tables, { a: { rows: [{ kind: 'truncate' }] } }, keys);
    expect(made.orphans.map((rule) => [rule.table, rule.action])).toEqual([
      ['b', 'delete'],
      ['c', 'null'],
    ]);
    expect(made.tables.map(({ losesRows }) => losesRows)).toEqual([true, true, false]);
  });

  it('can be stored', () => {
    const made = planned([table('t', [column('a')])], { t: { columns: { a: HASH } } });
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
  });

  it('names all that stands against it together', () => {
    const tables = [
      table('a', [column('x')]),
      table('b', [column('a_id', { nullable: false })]),
      table('bare', [column('x')], { primaryKey: undefined }),
      table('isam', [column('x')], { engine: 'MyISAM' }),
      table('u', [column('x')], { uniqueKeys: [{ name: 'x', columns: ['x'] }] }),
      table('v', [column('x')]),
    ];
    const said = problems(
      tables,
      {
        a: { rows: [{ kind: 'delete-where', condition: 'TRUE' }], columns: { x: HASH } },
        bare: { columns: { x: HASH } },
        isam: { columns: { x: HASH } },
        u: { columns: { x: { kind: 'constant', value: 'same' } } },
        v: { columns: { x: { kind: 'text' } } },
      },
      [foreignKey('b.a_id', 'a.id'), foreignKey('v.x', 'a.x')],
    );
    for (const part of [
      'give b a rule for orphans',
      'Table bare has no key',
      'Table isam is kept by MyISAM',
      'u.x is part of a unique key',
      'v.x and a.x are tied',
    ]) {
      expect(said.join('\n')).toContain(part);
    }
  });

  it('takes no rule for orphans that a column cannot keep', () => {
    const tables = [table('a', []), table('b', [column('a_id', { nullable: false })])];
    const rules: Record<string, TestRules> = { a: { rows: [{ kind: 'truncate' }] }, b: { orphans: 'null' } };
    expect(problems(tables, rules, [foreignKey('b.a_id', 'a.id')])).toEqual([
      'Rows of a go, and b.a_id takes no NULL: the rule for orphans of b has to be delete.',
    ]);
  });

  it('shuffles no foreign key whose parent changes', () => {
    const tables = [table('a', [column('x')]), table('b', [column('x')])];
    const shuffled = { b: { columns: { x: { kind: 'shuffle' } as Mask } } };
    const keys = [foreignKey('b.x', 'a.x')];
    expect(problems(tables, { ...shuffled, a: { columns: { x: HASH } } }, keys)[0]).toContain('b.x cannot be shuffled');
    expect(problems(tables, shuffled, keys)).toEqual([]);
  });
});
