import { describe, expect, it } from '@jest/globals';
import { parseRuleSet, type RuleProblem } from '../../../src/data/rules/parse.ts';
import type { Mask } from '../../../src/data/rules/rule-set.ts';
import { ruleSetOf } from '../../support/rule-sets.ts';

function problemsOf(text: string): readonly RuleProblem[] {
  const parsed = parseRuleSet(text);
  return parsed.ok ? [] : parsed.problems;
}

/** The mask of one column, and its domain. */
function rule(mask: string): { mask: Mask; domain: string | undefined } | undefined {
  const [found] = ruleSetOf(`tables: { person: { columns: { it: ${mask} } } }`).tables[0]?.columns ?? [];
  return found && { mask: found.mask, domain: found.domain };
}

function complaint(mask: string): string {
  return problemsOf(`version: 1\ntables: { person: { columns: { it: ${mask} } } }`)
    .map(({ message }) => message)
    .join('\n');
}

describe('a mask', () => {
  it.each<[string, Mask]>([
    ['{ keep: a code }', { kind: 'keep', reason: 'a code' }],
    ['null', { kind: 'null' }],
    ['{ constant: gone }', { kind: 'constant', value: 'gone' }],
    ['{ constant: 0 }', { kind: 'constant', value: 0 }],
    ['{ constant: false }', { kind: 'constant', value: false }],
    ['{ fake: family-name }', { kind: 'fake', of: 'family-name' }],
    ['hash', { kind: 'hash', length: undefined }],
    ['{ hash: 12 }', { kind: 'hash', length: 12 }],
    ['digits', { kind: 'digits' }],
    ['shuffle', { kind: 'shuffle' }],
    ['text', { kind: 'text' }],
    ['{ dateShift: 180 }', { kind: 'date-shift', maxDays: 180 }],
    [
      `{ json: { '$.email': { fake: email }, '$.people[*].name': text }, others: text }`,
      {
        kind: 'json',
        fields: [
          { path: '$.email', mask: { kind: 'fake', of: 'email' } },
          { path: '$.people[*].name', mask: { kind: 'text' } },
        ],
        others: 'text',
      },
    ],
    [
      `{ xml: { '/licence/@number': digits }, others: { keep: codes only } }`,
      {
        kind: 'xml',
        fields: [{ path: '/licence/@number', mask: { kind: 'digits' } }],
        others: { keep: 'codes only' },
      },
    ],
    [
      `{ cases: [{ when: "country = 'GB'", fake: vrm }, { when: old, mask: null }], otherwise: { hash: 8 } }`,
      {
        kind: 'cases',
        cases: [
          { when: "country = 'GB'", mask: { kind: 'fake', of: 'vrm' } },
          { when: 'old', mask: { kind: 'null' } },
        ],
        otherwise: { kind: 'hash', length: 8 },
      },
    ],
  ])('is read from %s', (written, mask) => {
    expect(rule(written)).toEqual({ mask, domain: undefined });
  });

  it('has a domain where one stands beside it', () => {
    expect(rule('{ fake: family-name, domain: surname }')?.domain).toBe('surname');
    expect(rule('{ mask: digits, domain: ni }')).toEqual({ mask: { kind: 'digits' }, domain: 'ni' });
  });

  it.each([
    ['digts', 'must be null or hash, digits, text, shuffle or a block of keys'],
    ['{ fake: surname }', 'family-name'],
    ['{ fakee: email }', 'did you mean `fake`?'],
    ['{}', 'needs one mask, and none is here'],
    ['{ fake: email, hash: 3 }', 'needs one mask, and these are here: fake, hash'],
    ["{ keep: '' }", 'a reason is said in words'],
    ['{ keep: "-" }', 'a reason is said in words'],
    ['{ hash: 0 }', 'must be at least 1'],
    ['{ dateShift: 0.5 }', 'whole number'],
    ["{ json: { '$.email': text } }", 'needs `others`'],
    ['{ json: { email: text }, others: text }', 'a path into JSON'],
    ["{ json: { '$.email': shuffle }, others: text }", 'must be'],
    ["{ xml: { 'a/b': text }, others: text }", 'a path into XML'],
    ['{ fake: email, others: text }', '`others` belongs to'],
    ['{ fake: email, with: id }', '`with` belongs to'],
    ["{ cases: [{ when: 'a = 1', fake: vrm }] }", 'needs `otherwise`'],
    ["{ cases: [{ when: 'a = 1; DROP TABLE b', fake: vrm }], otherwise: text }", 'without `;`'],
    ['{ keep: a code, domain: x }', '`domain` says nothing beside `keep`'],
  ])('is refused when it is %s', (written, words) => {
    expect(complaint(written)).toContain(words);
  });
});

describe('a rule file', () => {
  it('says what becomes of rows', () => {
    const { tables } = ruleSetOf(`tables:
  event: { keepYears: { column: at, years: 6 }, deleteWhere: "kind = 'x'", orphans: delete }
  note: { orphans: null }
  queue: { truncate: true }`);

    expect(tables).toEqual([
      {
        table: 'event',
        rows: [
          { kind: 'keep-years', column: 'at', years: 6 },
          { kind: 'delete-where', condition: "kind = 'x'" },
        ],
        orphans: 'delete',
        columns: [],
      },
      { table: 'note', rows: [], orphans: 'null', columns: [] },
      { table: 'queue', rows: [{ kind: 'truncate' }], orphans: undefined, columns: [] },
    ]);
  });

  it('has problems with a line each, in the order of the file', () => {
    const text = `version: 1
keep:
  - columns: ['*.*', id]
    reason: ''
tables:
  queue: { truncate: true, columns: { id: text } }
  person:
    colums: {}
smoke: [{ name: x, sql: 'DELETE FROM a' }]
`;
    expect(problemsOf(text).map(({ line }) => line)).toEqual([3, 3, 4, 6, 8, 9]);
    expect(problemsOf(text)[0]).toEqual({
      line: 3,
      column: 15,
      message: '`keep.0.columns.0`: a pattern that every column matches would keep whatever comes (found `*.*`)',
    });
  });

  it('takes no blank for a NULL', () => {
    expect(problemsOf('version: 1\ntables:\n  person:\n    columns:\n      name:\n      note: text\n')).toEqual([
      { line: 5, column: 12, message: 'nothing stands here: write `null` where that is meant' },
    ]);
  });

  it.each([
    ['no YAML', 'version: [1'],
    ['nothing', ''],
    ['a list', '[]'],
    ['a column twice', 'version: 1\ntables: { a: { columns: { b: text, b: digits } } }'],
    ['no version', 'tables: {}'],
    ['more than a MiB', `version: 1 # ${'x'.repeat(1024 * 1024)}`],
  ])('is refused when it is %s', (_, text) => {
    expect(parseRuleSet(text).ok).toBe(false);
  });

  it('may rule on 3,000 columns', () => {
    const columns = Array.from(
      { length: 3000 },
      (_, index) => `      column_${index}: { fake: family-name, domain: surname }`,
    );
    const text = `version: 1\ntables:\n  person:\n    columns:\n${columns.join('\n')}\n`;
    expect(ruleSetOf(text).tables[0]?.columns).toHaveLength(3000);
  });
});

describe('the digest of a rule set', () => {
  const digestOf = (text: string): string => {
    const parsed = parseRuleSet(`version: 1\n${text}`);
    return parsed.ok ? parsed.digest : '';
  };
  const first = digestOf('tables:\n  a: { columns: { x: text, y: digits } }\n  b: { truncate: true }\n');

  it('is a SHA-256 that layout and order leave as it is', () => {
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(digestOf('# the same\ntables: { b: { truncate: true }, a: { columns: { y: digits, x: text } } }')).toBe(
      first,
    );
  });

  it('changes with what it says', () => {
    expect(digestOf('tables: { b: { truncate: true }, a: { columns: { y: digits, x: digits } } }')).not.toBe(first);
  });
});
