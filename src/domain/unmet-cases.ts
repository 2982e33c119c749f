import type { CountedCases, Passport } from './passport.ts';

/**
 * What a person should look at again in a mask with cases, a sentence each: a case that no value met, and one whose cases
 * leave nothing over. It may be meant so, and is no reason against a source.
 */
export function unmetCases({ cases = [] }: Pick<Passport, 'cases'>): string[] {
  return cases.flatMap(unmetIn);
}

function unmetIn({ table, column, cases }: CountedCases): string[] {
  const all = cases.reduce((sum, { values }) => sum + values, 0);
  const unmet = all === 0 ? [] : cases.filter(({ values }) => values === 0);
  return unmet.map(
    ({ when, mask }) =>
      `${table}.${column}: of ${all} values ${
        when === null
          ? `each met a case, and none was left for what is otherwise (${mask})`
          : `none met the case ${JSON.stringify(when)} (${mask})`
      }`,
  );
}
