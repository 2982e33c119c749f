import type { Mask, MaskedField } from '../rules/rule-set.ts';
import { type DraftMask, fieldTarget } from './field.ts';
import { expandJsonPath, type JsonPaths } from './json-path.ts';
import { quotePattern, quoteReplacement, quoteText } from './sql-text.ts';
import { type Draft, type Drafted, problem, type Target } from './target.ts';

/** Is no member of anything: nothing is replaced there. */
const NOWHERE = `'$."mayfly: nowhere"'`;
const FILLER = '"Lorem ipsum"';
/** Both escaped, as documents have them. */
const [BACKSLASH, QUOTE] = [quotePattern(String.raw`\\`), quotePattern(String.raw`\"`)];
/** A document may grow as its fields are masked; where that could matter, one that no longer fits is emptied. */
const MAY_BE_SHORT = 65_535;

/**
 * Fields of a JSON document, each by its path. What a mask gives is put back as a text; null and truth values stay. Null
 * or, in a column that takes no NULL, `{}` replaces what is no JSON, what has longer arrays under `[*]` than are
 * followed, and what no longer fits.
 *
 * With `others: text` every text but the keys is replaced first, so that whatever no path reaches says nothing.
 */
export function draftJson(target: Target, mask: Extract<Mask, { kind: 'json' }>, draftMask: DraftMask): Drafted {
  const { column, value } = target;
  if (column.kind !== 'text' && column.kind !== 'json') {
    return problem(target, 'it holds no documents; use another mask than json');
  }
  const document = `CONVERT(${value} USING utf8mb4)`;
  const replacements: string[] = [];
  const tooLong: string[] = [];
  const reads: string[] = [];
  for (const field of mask.fields) {
    const found = expandJsonPath(field.path);
    if (found === undefined) {
      return problem(target, `${field.path} is no path; write $.member, [0] or, twice at most, [*]`);
    }
    const drafts = found.paths.map((path) => draftField(target, { document, field, path, draftMask }));
    for (const draft of drafts) {
      if ('problem' in draft) {
        return draft;
      }
      replacements.push(draft.sql(undefined));
      reads.push(...(draft.reads ?? []));
    }
    tooLong.push(...beyondReach(document, found));
  }
  const base = mask.others === 'text' ? withoutTexts(document) : document;
  const whole = replacements.length > 0 ? `JSON_REPLACE(${[base, ...replacements].join(',')})` : base;
  const sql = closed(target, { document, whole, tooLong });
  return { sql: () => sql, isInjective: false, hasAttempts: false, reads };
}

/** Two arguments of JSON_REPLACE: where, and what. */
function draftField(
  target: Target,
  of: { document: string; field: MaskedField; path: string; draftMask: DraftMask },
): Drafted {
  const { document, field, draftMask } = of;
  const path = quoteText(of.path);
  const found = `JSON_EXTRACT(${document},${path})`;
  if (field.mask.kind === 'keep') {
    return { sql: () => `${path},${found}`, isInjective: false, hasAttempts: false };
  }
  const draft = draftMask(fieldTarget(target, field, `JSON_UNQUOTE(${found})`), field.mask);
  if ('problem' in draft) {
    return draft;
  }
  const where = `IF(JSON_TYPE(${found}) IN ('NULL','BOOLEAN'),${NOWHERE},${path})`;
  return { ...draft, sql: (attempt: Parameters<Draft['sql']>[0]) => `${where},${draft.sql(attempt)}` };
}

/** Conditions, one of which holds where an array of the document has more elements than `paths` name. */
export function beyondReach(document: string, { arrays, reach }: JsonPaths): readonly string[] {
  return arrays.map((array) => `COALESCE(JSON_LENGTH(${document},${quoteText(array)}),0)>${reach}`);
}

/**
 * Every text that is no key. In a valid document a backslash stands within texts only, and no other quotation mark than
 * their own is left once escaped ones, and before them escaped backslashes, are something else; control characters are in
 * none, so those can stand for both, mark where texts begin and end, and tell keys from values. Keys stay as they are.
 */
function withoutTexts(document: string): string {
  const plain = `REPLACE(REPLACE(${document},${BACKSLASH},${quotePattern('\u0003')}),${QUOTE},${quotePattern('\u0004')})`;
  const marked = `REGEXP_REPLACE(${plain},${quotePattern('"([^"]*+)"')},${quoteReplacement('\u0001\\1\u0002')})`;
  const keys = String.raw`\x01([^\x01\x02]*+)\x02(\s*+:)`;
  const keyed = `REGEXP_REPLACE(${marked},${quotePattern(keys)},${quoteReplacement('"\\1"\\2')})`;
  const empty = `REPLACE(${keyed},${quotePattern('\u0001\u0002')},'""')`;
  const filled = `REGEXP_REPLACE(${empty},${quotePattern(String.raw`\x01[^\x01\x02]++\x02`)},'${FILLER}')`;
  return `REPLACE(REPLACE(${filled},${quotePattern('\u0004')},${QUOTE}),${quotePattern('\u0003')},${BACKSLASH})`;
}

function closed(target: Target, of: { document: string; whole: string; tooLong: readonly string[] }): string {
  const { value, column } = target;
  const nothing = column.nullable ? 'NULL' : `'{}'`;
  const isFit = [`JSON_VALID(${of.document})`, ...of.tooLong.map((sql) => `NOT ${sql}`)].join(' AND ');
  const room = column.kind === 'text' ? (column.maxLength ?? 0) : Number.POSITIVE_INFINITY;
  const fitting = room <= MAY_BE_SHORT ? `IF(LENGTH(${of.whole})<=${room},${of.whole},${nothing})` : of.whole;
  const empty = column.kind === 'text' ? `WHEN ${value}='' THEN '' ` : '';
  return `CASE ${empty}WHEN ${isFit} THEN COALESCE(${fitting},${nothing}) ELSE ${nothing} END`;
}
