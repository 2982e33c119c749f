import { quoteName } from '../mysql/quote-name.ts';
import type { Mask } from '../rules/rule-set.ts';
import { draftCases } from './cases.ts';
import { draftConstant, draftNull } from './constant.ts';
import { draftDateShift } from './date-shift.ts';
import { draftDigits } from './digits.ts';
import { draftFake } from './fake.ts';
import { draftHash } from './hash.ts';
import { draftJson } from './json.ts';
import type { CompiledMask, MaskPlace } from './mask-sql.ts';
import { type Drafted, problem, type Target } from './target.ts';
import { draftText } from './text.ts';
import { draftXml } from './xml.ts';

/**
 * The mask of a column as SQL, or why it cannot be. `shuffle` is a problem here: it is no expression over one row.
 * Statements want `@mayfly_key` set in their session; without it a mask gives NULL, never the original.
 */
export function compileMask(place: MaskPlace): CompiledMask {
  const target: Target = {
    value: quoteName(place.column.name),
    label: `${place.table}.${place.column.name}`,
    column: place.column,
    place,
  };
  const draft = draftMask(target, place.mask);
  if ('problem' in draft) {
    return draft;
  }
  const { hasAttempts, isInjective, distinctWithin, mostValues } = draft;
  return {
    sql: draft.sql(undefined),
    reads: [...new Set([place.column.name, ...(draft.reads ?? [])])],
    isInjective,
    attemptSql: hasAttempts && !isInjective ? (attempt) => draft.sql(attempt) : undefined,
    distinctWithin,
    mostValues,
  };
}

type Drafting = { readonly [K in Mask['kind']]: (target: Target, mask: Extract<Mask, { kind: K }>) => Drafted };

const DRAFTS: Drafting = {
  keep: ({ value }) => ({ sql: () => value, isInjective: true, hasAttempts: false }),
  null: draftNull,
  constant: (target, { value }) => draftConstant(target, value),
  fake: (target, { of }) => draftFake(target, of),
  hash: (target, { length }) => draftHash(target, length),
  digits: draftDigits,
  'date-shift': draftDateShift,
  text: draftText,
  cases: (target, mask) => draftCases(target, mask, draftMask),
  shuffle: (target) => problem(target, 'shuffle deals the values of all rows, and is none of the masks of one'),
  json: (target, mask) => draftJson(target, mask, draftMask),
  xml: (target, mask) => draftXml(target, mask, draftMask),
};

function draftMask(target: Target, mask: Mask): Drafted {
  const draft = DRAFTS[mask.kind] as (target: Target, mask: Mask) => Drafted;
  return draft(target, mask);
}
