import type { SqlRow } from '../mysql/session.ts';
import type { CoveredColumn, CoveredTable } from '../rules/covered.ts';
import type { FakeKind } from '../rules/rule-set.ts';
import { hasNameFields, namesInDocument } from './names-in-documents.ts';
import { wordsOf } from './words.ts';

/** Words of one name. One alone says nothing: Rose, Mark, May and Park are words of any text. */
export const LONGEST_NAME = 5;
const SHORTEST_NAME = 2;
/** Of characters; what is longer is no name. */
const LONGEST_TEXT = 120;

/** Names of people and firms in rows of an original table, as their words: those that stand in one column, and first and last ones of one row. */
export function namesIn({ columns }: CoveredTable, rows: readonly SqlRow[]): readonly (readonly string[])[] {
  const faked = (kind: FakeKind) =>
    columns.filter(({ mask }) => mask.kind === 'fake' && mask.of === kind).map(({ column }) => column.name);
  const whole = [...faked('full-name'), ...faked('company')];
  const given = faked('given-name');
  const family = faked('family-name');
  const texts = columns.filter(({ mask }) => mask.kind === 'text').map(({ column }) => column.name);
  return [
    ...rows.flatMap((row) => [
      ...whole.flatMap((column) => orders(wordsIn(row, column))),
      ...given.flatMap((first) => family.flatMap((last) => pairs(wordsIn(row, first), wordsIn(row, last)))),
    ]),
    ...texts.flatMap((column) => namesAmongTexts(rows, column)),
    ...columns.filter(hasNameFields).flatMap((column) => namesAmongDocuments(rows, column)),
  ].filter(isTelling);
}

function namesAmongDocuments(rows: readonly SqlRow[], column: CoveredColumn): (readonly string[])[] {
  return rows.flatMap(({ [column.column.name]: value }) => {
    const { whole, given, family } = namesInDocument(typeof value === 'string' ? value : '', column);
    return [
      ...whole.flatMap((text) => orders(text.length <= LONGEST_TEXT ? wordsOf(text) : [])),
      ...given.flatMap((first, at) => pairs(wordsOf(first), wordsOf(family[at] ?? ''))),
    ];
  });
}

function wordsIn(row: SqlRow, column: string): string[] {
  const value = row[column];
  return typeof value === 'string' && value.length <= LONGEST_TEXT ? wordsOf(value) : [];
}

/** `Morgan, Siân` is Siân Morgan. */
function orders(words: readonly string[]): (readonly string[])[] {
  const last = words.at(-1);
  return words.length > 1 && last !== undefined ? [words, [last, ...words.slice(0, -1)]] : [words];
}

function pairs(given: readonly string[], family: readonly string[]): (readonly string[])[] {
  if (given.length === 0 || family.length === 0) {
    return [];
  }
  const [first = ''] = given;
  return [
    [...given, ...family],
    [...family, ...given],
    [first, ...family],
    [...family, first],
  ];
}

/** A text of two or three words, each with a capital, is a name where nearly every row has another one. */
function namesAmongTexts(rows: readonly SqlRow[], column: string): (readonly string[])[] {
  const values = rows.map((row) => row[column]).filter((value) => typeof value === 'string' && value !== '');
  const different = new Set(values);
  if (different.size < 5 || different.size < values.length * 0.5) {
    return [];
  }
  return [...different]
    .map(String)
    .filter((value) => LOOKS_LIKE_NAME.test(value))
    .flatMap((value) => orders(wordsOf(value)));
}

const LOOKS_LIKE_NAME = /^\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+){1,2}$/u;

/** Two words at least, and not two initials; the first of letters, so that a reader need not ask for every number. */
function isTelling(words: readonly string[]): boolean {
  const said = words.filter((word) => word.length > 1 && /^\p{L}+$/u.test(word));
  const begins = /^\p{L}+$/u.test(words[0] ?? '');
  return begins && words.length <= LONGEST_NAME && said.length >= SHORTEST_NAME && said.join('').length >= 7;
}
