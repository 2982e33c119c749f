import type { Mask } from '../rules/rule-set.ts';
import { draftCases } from './cases.ts';
import { draftConstant, draftNull } from './constant.ts';
import { draftDateShift } from './date-shift.ts';
import { draftDigits } from './digits.ts';
import { draftFake } from './fake.ts';
import { draftHash } from './hash.ts';
import type { CompiledMask, MaskPlace } from './mask-sql.ts';
import { quoteName } from './sql-text.ts';
import { type Drafted, problem, type Target } from './target.ts';
import { draftText } from './text.ts';

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
  const { hasAttempts, isInjective } = draft;
  return {
    sql: draft.sql(undefined),
    reads: [...new Set([place.column.name, ...(draft.reads ?? [])])],
    isInjective,
    attemptSql: hasAttempts && !isInjective ? (attempt) => draft.sql(attempt) : undefined,
  };
}

function draftMask(target: Target, mask: Mask): Drafted {
  switch (mask.kind) {
    case 'keep':
      return { sql: () => target.value, isInjective: true, hasAttempts: false };
    case 'null':
      return draftNull(target);
    case 'constant':
      return draftConstant(target, mask.value);
    case 'fake':
      return draftFake(target, mask.of);
    case 'hash':
      return draftHash(target, mask.length);
    case 'digits':
      return draftDigits(target);
    case 'date-shift':
      return draftDateShift(target, mask.maxDays);
    case 'text':
      return draftText(target);
    case 'cases':
      return draftCases(target, mask, draftMask);
    case 'shuffle':
      return problem(target, 'shuffle deals the values of all rows, and is none of the masks of one');
    case 'json':
    case 'xml':
      return problem(target, `${mask.kind} is not there yet`);
  }
}
