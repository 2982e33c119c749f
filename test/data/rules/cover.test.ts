import { describe, expect, it } from '@jest/globals';
import { cover } from '../../../src/data/rules/cover.ts';
import type { CoveredTable } from '../../../src/data/rules/covered.ts';
import type { Schema, Table } from '../../../src/data/schema/model.ts';
import { ruleSetOf } from '../../support/rule-sets.ts';
import { columnOf, integerColumn, keyOf, schemaOf, tableOf } from '../../support/schemas.ts';

const KEEP_IDS = "keep: [{ columns: ['*.id'], reason: numbers of the application }]\n";

function problemsOf(rules: string, schema: Schema): readonly string[] {
  const coverage = cover(ruleSetOf(KEEP_IDS + rules), schema);
  return coverage.ok ? [] : coverage.problems;
}

function tablesOf(rules: string, schema: Schema): readonly CoveredTable[] {
  const coverage = cover(ruleSetOf(KEEP_IDS + rules), schema);
  if (!coverage.ok) {
    throw new Error(coverage.problems.join('\n'));
  }
  return coverage.tables;
}

/** `title: fake given-name (fake given-name)`, of all columns of a table. */
function rulesOf(tables: readonly CoveredTable[], name: string): string[] {
  const covered = tables.find(({ table }) => table.name === name);
  return covered?.columns.map(({ column, mask, domain }) => `${column.name}: ${mask.kind} (${domain})`) ?? [];
}

const person = tableOf('person', [columnOf('name'), columnOf('title')]);

function dateColumn(name: string) {
  return columnOf(name, { kind: 'date', columnType: 'date', maxLength: undefined });
}

/** A person with these columns and the rules of one of them. */
function masked(rule: string, table: Table): readonly string[] {
  return problemsOf(`tables: { person: { columns: { it: ${rule} } } }`, schemaOf([table]));
}

describe('every column', () => {
  it('is covered in the order of the table, in whatever case its rule names it', () => {
    const tables = tablesOf(
      'tables: { person: { columns: { TITLE: text, name: { fake: full-name } } } }',
      schemaOf([person]),
    );

    expect(rulesOf(tables, 'person')).toEqual(['id: keep (keep)', 'name: fake (fake full-name)', 'title: text (text)']);
  });

  it('is named when it has no rule, and all of them at once', () => {
    const schema = schemaOf([person, tableOf('order', [columnOf('note')])]);

    expect(problemsOf('tables: { person: { columns: { name: text } } }', schema)).toEqual([
      '`person.title` has no rule: mask it, or say `keep` and why',
      '`order.note` has no rule: mask it, or say `keep` and why',
    ]);
  });

  it('has its own rule before a pattern', () => {
    const tables = tablesOf(
      'tables: { person: { columns: { name: text } } }',
      schemaOf([tableOf('person', [columnOf('name')])]),
    );
    expect(rulesOf(tables, 'person')).toEqual(['id: keep (keep)', 'name: text (text)']);
  });

  it('needs none when the table is truncated, or when it is generated', () => {
    const search = tableOf('search', [columnOf('initials', { isGenerated: true })]);
    const tables = tablesOf('tables: { person: { truncate: true } }', schemaOf([person, search]));

    expect(rulesOf(tables, 'person')).toEqual([]);
    expect(rulesOf(tables, 'search')).toEqual(['id: keep (keep)']);
  });
});

describe('a rule', () => {
  const whole = 'name: text, title: text';

  it.each([
    ['a table that is not there', `{ persn: { truncate: true } }`, 'there is no table `persn`: did you mean `person`?'],
    ['a table in other case', `{ Person: { truncate: true } }`, 'there is no table `Person`: did you mean `person`?'],
    [
      'a column that is not there',
      `{ person: { columns: { nmae: text } } }`,
      'there is no column `person.nmae`: did you mean `name`?',
    ],
    ['a view', `{ people: { columns: {} } }`, '`people` is a view: it has no rows of its own, and takes no rule'],
    [
      'one column twice',
      `{ person: { columns: { ${whole}, NAME: digits } } }`,
      '`person.name` has two rules: case does not tell columns apart',
    ],
    [
      'a date that is not there',
      `{ person: { keepYears: { column: born, years: 3 }, columns: { ${whole} } } }`,
      'there is no column `person.born`',
    ],
    [
      'a date that is none',
      `{ person: { keepYears: { column: name, years: 3 }, columns: { ${whole} } } }`,
      '`person.name` is `varchar(100)`, and `keepYears` needs a date to count from',
    ],
    [
      'orphans of nobody',
      `{ person: { orphans: delete, columns: { ${whole} } } }`,
      '`person` has no foreign key: `orphans` says nothing there',
    ],
  ])('for %s is named', (_, tables, problem) => {
    expect(problemsOf(`tables: ${tables}`, schemaOf([person], { views: ['people'] }))).toContain(problem);
  });

  it('for a generated column is one too many', () => {
    const table = tableOf('person', [columnOf('initials', { isGenerated: true })]);

    expect(problemsOf('tables: { person: { columns: { initials: text } } }', schemaOf([table]))).toEqual([
      '`person.initials` is generated from other columns and follows them: it takes no rule',
    ]);
  });

  it('by pattern has to match something', () => {
    const rules = ruleSetOf(
      "keep: [{ columns: ['*.id', '*.name', 'persn.title', '*.versoin'], reason: codes }]\ntables: { person: { columns: { title: text } } }",
    );
    const coverage = cover(rules, schemaOf([person]));

    expect(coverage).toEqual({
      ok: false,
      problems: [
        'the pattern `persn.title` keeps nothing: no column matches it: did you mean `person.title`?',
        'the pattern `*.versoin` keeps nothing: no column matches it',
      ],
    });
  });

  it('that allows a finding has to name a column', () => {
    const allow = 'allow: [{ table: person, column: titel, detector: email, reason: made up }]';

    expect(problemsOf(`tables: { person: { columns: { ${whole} } } }\n${allow}`, schemaOf([person]))).toEqual([
      'there is no column `person.titel`: did you mean `title`?',
    ]);
  });

  it('may allow a finding in a text of the schema, which is of no column', () => {
    const allow = 'allow: [{ table: everybody, column: (view), detector: email, reason: the address of the office }]';

    expect(problemsOf(`tables: { person: { columns: { ${whole} } } }\n${allow}`, schemaOf([person]))).toEqual([]);
  });
});

describe('a mask has to suit its column', () => {
  it.each([
    ['{ dateShift: 3 }', columnOf('it'), '`person.it` takes no `date shift 3 days`: it is `varchar(100)`'],
    ['{ fake: email }', integerColumn('it'), '`person.it` takes no `fake email`: it is `int(11)`'],
    [
      "{ json: { '$.a': text }, others: text }",
      integerColumn('it'),
      '`person.it` takes no `json $.a → text; others text`: it is `int(11)`',
    ],
    ['null', columnOf('it', { nullable: false }), '`person.it` takes no NULL'],
    [
      '{ hash: 12 }',
      columnOf('it', { maxLength: 8, columnType: 'char(8)' }),
      '`person.it` is `char(8)`, and the mask would be 12 long',
    ],
    [
      '{ constant: nobody }',
      columnOf('it', { maxLength: 3, columnType: 'char(3)' }),
      '`person.it` is `char(3)`, and the mask would be 6 long',
    ],
    ['{ constant: none }', integerColumn('it'), '`person.it` takes no constant that is no number: it is `int(11)`'],
    [
      '{ constant: c }',
      columnOf('it', { kind: 'enum', columnType: "enum('a','b')", maxLength: undefined }),
      "`person.it` takes no constant that is not one of `enum('a','b')`",
    ],
    [
      '{ cases: [{ when: id = 1, dateShift: 3 }], otherwise: text }',
      columnOf('it'),
      '`person.it` takes no `date shift 3 days`: it is `varchar(100)`',
    ],
  ])('%s', (rule, column, problem) => {
    expect(masked(rule, tableOf('person', [column]))).toEqual([problem]);
  });

  it('and one of bytes takes two digits of a hash for each', () => {
    const uuid = columnOf('it', { kind: 'binary', columnType: 'binary(16)', maxLength: 16 });

    expect(masked('{ hash: 32 }', tableOf('person', [uuid]))).toEqual([]);
    expect(masked('{ hash: 33 }', tableOf('person', [uuid]))).toEqual([
      '`person.it` is `binary(16)`, and the mask would be 17 long',
    ]);
  });

  it('and a unique one takes no constant', () => {
    const table = tableOf('person', [columnOf('it')], { uniqueKeys: [{ name: 'it', columns: ['it'] }] });

    expect(masked('{ constant: gone }', table)).toEqual(['`person.it` is unique, and takes no constant']);
  });
});

describe('a table', () => {
  const keyless = tableOf('person', [columnOf('it')], { primaryKey: undefined });
  const aria = tableOf('person', [columnOf('it')], { engine: 'MyISAM' });

  it('without a primary key is kept or truncated', () => {
    expect(masked('{ keep: a code }', keyless)).toEqual([]);
    expect(problemsOf('tables: { person: { truncate: true } }', schemaOf([keyless, tableOf('other', [])]))).toEqual([]);
    expect(masked('text', keyless)).toEqual([
      '`person.it` is masked, but the table has no primary key: what was interrupted could not be resumed. ' +
        'Keep it, truncate it, or give it a key',
    ]);
    expect(
      problemsOf(
        'tables: { person: { deleteWhere: id = 1, columns: { it: { keep: a code } } } }',
        schemaOf([keyless]),
      )[0],
    ).toMatch(/^rows of `person` are deleted, but the table has no primary key/);
  });

  it('of another engine is kept or truncated', () => {
    expect(masked('{ keep: a code }', aria)).toEqual([]);
    expect(masked('text', aria)).toEqual([
      '`person.it` is masked, but the table is of the engine `MyISAM`, which has no transactions: use InnoDB, or truncate it',
    ]);
  });

  it('is not left without its parents', () => {
    const schema = schemaOf([person, tableOf('licence', [integerColumn('person_id')])], {
      foreignKeys: [keyOf('licence.person_id', 'person.id')],
    });
    const licence = (more: string): string =>
      `tables: { person: { truncate: true }, licence: { ${more} columns: { person_id: { keep: a number } } } }`;

    expect(problemsOf(licence(''), schema)).toEqual([
      '`licence.person_id` refers to `person`, which is truncated (foreign key `fk_licence_person_id`): ' +
        'say `orphans: delete` or `orphans: null`, or truncate both',
    ]);
    expect(problemsOf(licence('orphans: delete,'), schema)).toEqual([]);
    expect(problemsOf(licence('orphans: null,'), schema)).toEqual([]);
  });
});

describe('columns that foreign keys tie together', () => {
  const operator = tableOf('operator', [columnOf('code', { nullable: false })]);
  const licence = tableOf('licence', [columnOf('operator_code'), columnOf('first_code')]);
  const visit = tableOf('visit', [columnOf('licence_code')]);
  const schema = schemaOf([operator, licence, visit], {
    foreignKeys: [
      keyOf('licence.operator_code', 'operator.code'),
      keyOf('licence.first_code', 'operator.code'),
      keyOf('visit.licence_code', 'licence.operator_code'),
    ],
  });
  const tied = (code: string, others = ''): string => `tables: { operator: { columns: { code: ${code} } }${others} }`;

  it('follow the mask and the domain of the one that is referred to, through others', () => {
    const tables = tablesOf(tied('{ fake: company, domain: firm }'), schema);

    expect(rulesOf(tables, 'licence')).toEqual([
      'id: keep (keep)',
      'operator_code: fake (firm)',
      'first_code: fake (firm)',
    ]);
    expect(rulesOf(tables, 'visit')).toEqual(['id: keep (keep)', 'licence_code: fake (firm)']);
  });

  it('take the domain of the one that is referred to when they have rules of their own', () => {
    const tables = tablesOf(
      tied('{ hash: 8, domain: firm }', ', visit: { columns: { licence_code: { hash: 8 } } }'),
      schema,
    );

    expect(rulesOf(tables, 'visit')).toEqual(['id: keep (keep)', 'licence_code: hash (firm)']);
  });

  it('need one mask', () => {
    expect(problemsOf(tied('{ fake: company }', ', licence: { columns: { first_code: digits } }'), schema)).toEqual([
      '`licence.first_code` is to be `digits`, and `operator.code`, to which the foreign key `fk_licence_first_code` ties it, ' +
        '`fake company`: what is tied together needs one mask and one domain',
    ]);
  });

  it('take no shift with a column that the other table does not have', () => {
    const days = schemaOf([tableOf('day', [dateColumn('at')]), tableOf('visit', [dateColumn('on_day')])], {
      foreignKeys: [keyOf('visit.on_day', 'day.at')],
    });

    expect(problemsOf('tables: { day: { columns: { at: { dateShift: 9 } } } }', days)).toEqual([]);
    expect(problemsOf('tables: { day: { columns: { at: { dateShift: 9, with: id } } } }', days)).toEqual([
      '`day.at` is tied to others by a foreign key, which `date shift 9 days with id` would break',
    ]);
  });

  it('need one domain', () => {
    const visits = ', visit: { columns: { licence_code: { fake: company, domain: firm } } }';

    expect(problemsOf(tied('{ fake: company }', visits), schema)).toEqual([
      '`visit.licence_code` is to be `fake company` of domain `firm`, and `operator.code`, to which a chain of foreign keys ' +
        'ties it, `fake company`: what is tied together needs one mask and one domain',
    ]);
  });

  it('may all be kept, each for its own reason, and must each say so', () => {
    const kept = ', licence: { columns: { first_code: { keep: b code }, operator_code: { keep: c code } } }';

    expect(problemsOf(tied('{ keep: a code }', kept), schema)).toEqual([
      '`visit.licence_code` has no rule: mask it, or say `keep` and why',
    ]);
    const tables = tablesOf(
      tied('{ keep: a code }', `${kept}, visit: { columns: { licence_code: { keep: d code } } }`),
      schema,
    );
    expect(tables[1]?.columns.map(({ mask }) => (mask.kind === 'keep' ? mask.reason : mask.kind))).toEqual([
      'numbers of the application',
      'c code',
      'b code',
    ]);
  });

  it('may be NULL where nothing refers to them', () => {
    const nulls = ', licence: { columns: { first_code: null } }';

    expect(problemsOf(tied('{ fake: company }', nulls), schema)).toEqual([]);
    expect(
      problemsOf(tied('{ fake: company }', ', licence: { columns: { operator_code: null } }'), schema),
    ).toHaveLength(1);
  });

  it('may all be NULL', () => {
    const nullable = schemaOf([tableOf('operator', [columnOf('code')]), licence, visit], {
      foreignKeys: schema.foreignKeys,
    });

    expect(rulesOf(tablesOf(tied('null'), nullable), 'visit')).toEqual([
      'id: keep (keep)',
      'licence_code: null (null)',
    ]);
    expect(problemsOf(tied('null', ', visit: { columns: { licence_code: digits } }'), nullable)).toHaveLength(1);
  });

  it('are not kept here and masked there', () => {
    expect(
      problemsOf(tied('{ fake: company }', ', licence: { columns: { first_code: { keep: a code } } }'), schema),
    ).toEqual([
      '`licence.first_code` is to be kept, and `operator.code`, to which the foreign key `fk_licence_first_code` ties it, ' +
        '`fake company`: what is tied together needs one mask and one domain',
    ]);
  });

  it('may refer to their own table', () => {
    const tree = schemaOf([tableOf('node', [columnOf('code'), columnOf('parent_code')])], {
      foreignKeys: [keyOf('node.parent_code', 'node.code')],
    });

    expect(rulesOf(tablesOf('tables: { node: { columns: { code: digits } } }', tree), 'node')).toEqual([
      'id: keep (keep)',
      'code: digits (digits)',
      'parent_code: digits (digits)',
    ]);
  });

  it('take no mask that would break the key', () => {
    expect(problemsOf(tied('shuffle'), schema)).toEqual([
      '`operator.code` is tied to others by a foreign key, which `shuffle` would break',
    ]);
  });

  it('are not tied by a table that is truncated', () => {
    const others = ', licence: { truncate: true }, visit: { orphans: delete, columns: { licence_code: digits } }';

    expect(problemsOf(tied('{ fake: company }', others), schema)).toEqual([]);
  });

  it('are not generated', () => {
    const generated = tableOf('licence', [columnOf('operator_code', { isGenerated: true })]);
    const withGenerated = schemaOf([operator, generated], {
      foreignKeys: [keyOf('licence.operator_code', 'operator.code')],
    });

    expect(problemsOf(tied('{ fake: company }'), withGenerated)).toEqual([
      '`licence.operator_code` is generated, and the foreign key `fk_licence_operator_code` ties it to a column that is masked: keep that one',
    ]);
  });
});
