import { digestSql, numberSql } from './digest.ts';
import { FILLER_LENGTH, FILLERS } from './filler.ts';
import { quoteText } from './sql-text.ts';
import { type Drafted, problem, type Target } from './target.ts';

/** What begins alike may have the filler of one another; the weights of more characters cost more than all else here. */
const LOOKED_AT = 16;

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
  // Bytes are no fewer than characters, and known without counting.
  const any = maxLength <= FILLER_LENGTH ? short : `IF(LENGTH(${value})<=${FILLER_LENGTH},${short},${long})`;
  return { sql: () => `IF(LENGTH(${value})=0,'',${any})`, isInjective: false, hasAttempts: false };
}
