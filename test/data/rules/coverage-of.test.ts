import { describe, expect, it } from '@jest/globals';
import { cover } from '../../../src/data/rules/cover.ts';
import { coverageOf } from '../../../src/data/rules/coverage-of.ts';
import { ruleSetOf } from '../../support/rule-sets.ts';
import { columnOf, schemaOf, tableOf } from '../../support/schemas.ts';

describe('what a passport says of columns', () => {
  it('is all of them, with what was done and why nothing was', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => columnOf(name));
    const person = tableOf('person', [...names, columnOf('initials', { isGenerated: true })]);
    const rules = ruleSetOf(`
keep: [{ columns: ['*.id'], reason: numbers }]
tables:
  queue: { truncate: true }
  person:
    columns:
      a: { fake: family-name }
      b: { json: { '$.email': { fake: email } }, others: text }
      c: { xml: { '/a/@b': { hash: 4 } }, others: { keep: codes only } }
      d: { cases: [{ when: "e = 'GB'", fake: vrm }], otherwise: { constant: none } }
      e: null
      f: { mask: digits, domain: ni }
`);
    const coverage = cover(rules, schemaOf([person, tableOf('queue', [])]));

    expect(
      coverage.ok &&
        coverageOf(coverage.tables).map(({ table, column, mask, reason }) => [`${table}.${column}`, mask, reason]),
    ).toEqual([
      ['person.id', 'keep', 'numbers'],
      ['person.a', 'fake family-name', null],
      ['person.b', 'json $.email → fake email; others text', null],
      ['person.c', 'xml /a/@b → hash 4; others kept: codes only', null],
      ['person.d', `when e = 'GB': fake vrm; otherwise constant "none"`, null],
      ['person.e', 'null', null],
      ['person.f', 'digits', null],
      ['person.initials', 'generated', null],
      ['queue.id', 'truncated', null],
    ]);
  });
});
