import { digestSql, numberSql } from './digest.ts';
import { FILLER_LENGTH, FILLERS } from './filler.ts';
import { quoteText } from './sql-text.ts';
import { type Drafted, problem, type Target } from './target.ts';

/** As much of a value as tells it from others; hashing megabytes would gain nothing. */
const LOOKED_AT = 64;

/** Filler words, as many characters as before, ending in a full stop: a trailing space would not stay in a CHAR. */
export function draftText(target: Target): Drafted {
  const { kind, maxLength = Number.POSITIVE_INFINITY } = target.column;
  if (kind !== 'text' && kind !== 'binary') {
    return problem(target, 'only text can become filler; use digits, constant or null');
  }
  const { value } = target;
  const beginning = {
    ...target,
    value: `LEFT(${value},${LOOKED_AT})`,
    column: { ...target.column, maxLength: LOOKED_AT },
  };
  const digest = digestSql(maxLength > LOOKED_AT ? beginning : target, undefined);
  const filler = `ELT(1+${numberSql(digest, FILLERS.length)},${FILLERS.map((text) => quoteText(text.slice(0, maxLength))).join(',')})`;
  const length = `CHAR_LENGTH(${value})`;
  const short = `CONCAT(LEFT(${filler},${length}-1),'.')`;
  const long = `CONCAT(LEFT(REPEAT(${filler},1+${length} DIV ${FILLER_LENGTH}),${length}-1),'.')`;
  const any = maxLength <= FILLER_LENGTH ? short : `IF(${length}<=${FILLER_LENGTH},${short},${long})`;
  return { sql: () => `IF(${length}=0,'',${any})`, isInjective: false, hasAttempts: false };
}
