import { quoteName } from '../mysql/quote-name.ts';
import type { Mask } from '../rules/rule-set.ts';
import type { Column, ColumnKind } from '../schema/model.ts';
import { digestSql, numberSql } from './digest.ts';
import { type Drafted, problem, type Target } from './target.ts';

const DAY = 86_400_000;
const COMPANIONS: ReadonlySet<ColumnKind | undefined> = new Set(['integer', 'text', 'binary']);

/**
 * The day moved by 1 to `maxDays` days either way, by the digest of the day: equal days of one domain move equally, and
 * what happened on one day stays in its order. Days within `maxDays` of the ends of what the type takes stay, for such
 * are marks (`9999-12-31`) and nobody's; so does `0000-00-00`. A day without a month or a day of the month counts from
 * the first of its year.
 *
 * With a column named, the digest is of that one's value: dates of a row, or of a person in many tables, keep their
 * distances. Where it is NULL, the day decides.
 *
 * TIMESTAMP: in the session's time zone, which has to be one without summer time, or an hour in spring is none.
 */
export function draftDateShift(
  target: Target,
  { maxDays, with: beside }: Extract<Mask, { kind: 'date-shift' }>,
): Drafted {
  const { column, value } = target;
  if (column.kind !== 'date' && column.kind !== 'datetime') {
    return problem(target, 'only dates and times of days can be shifted; use constant or null');
  }
  const companion = target.place.columnsOfTable?.find(({ name }) => name.toLowerCase() === beside?.toLowerCase());
  if (beside !== undefined && !COMPANIONS.has(companion?.kind)) {
    return problem(
      target,
      companion === undefined
        ? `there is no column ${beside} beside it, with which it could be shifted`
        : `it can be shifted with whole numbers, text or bytes, and ${beside} is ${companion.columnType}`,
    );
  }
  const isTimestamp = /^timestamp/i.test(column.columnType);
  const [first, last] = isTimestamp ? ['1970-01-02', '2038-01-18'] : ['0001-01-01', '9999-12-30'];
  return {
    sql(attempt) {
      const day = column.columnType === 'date' ? target : { ...target, value: `DATE(${value})` };
      // From -maxDays to maxDays without 0: the factor adds one to all numbers from maxDays on.
      const own = digestSql(day, attempt);
      const digest =
        companion === undefined ? own : `COALESCE(${digestSql(valueOf(companion, target), attempt)},${own})`;
      const number = numberSql(digest, 2 * maxDays);
      const shift = `INTERVAL CAST(${number}*${maxDays + 1} DIV ${maxDays} AS SIGNED)-${maxDays} DAY`;
      const whole = `IF(MONTH(${value})=0 OR DAY(${value})=0,MAKEDATE(YEAR(${value}),1),${value})`;
      return `IF(${value} BETWEEN '${plusDays(first, maxDays)}' AND '${plusDays(last, -maxDays)}',${whole}+${shift},${value})`;
    },
    isInjective: false,
    hasAttempts: true,
    reads: companion === undefined ? [] : [companion.name],
  };
}

function valueOf(column: Column, { place, label }: Target): Target {
  return { value: quoteName(column.name), label, column, place: { ...place, comparedAs: undefined } };
}

function plusDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}
