import type { Mask } from '../rules/rule-set.ts';
import { mentions } from '../schema/mentions.ts';
import { type Draft, type Drafted, problem, type Target } from './target.ts';

/**
 * The first case whose condition holds. Conditions stand as they were written; each ends with its line, so that a comment
 * at its end hides nothing. They are free SQL, so every column is read whose name stands in one as a word.
 */
export function draftCases(
  target: Target,
  { cases, otherwise }: Extract<Mask, { kind: 'cases' }>,
  draftMask: (target: Target, mask: Mask) => Drafted,
): Drafted {
  const { columnsOfTable } = target.place;
  if (columnsOfTable === undefined) {
    return problem(target, 'nobody said which columns the table has, so what the conditions read is not known');
  }
  const drafts: Draft[] = [];
  for (const mask of [...cases.map((each) => each.mask), otherwise]) {
    const draft = draftMask(target, mask);
    if ('problem' in draft) {
      return draft;
    }
    drafts.push(draft);
  }
  const conditions = cases.map(({ when }) => when);
  return {
    sql(attempt) {
      const branches = conditions.map((when, nth) => `WHEN (${when}\n) THEN ${drafts[nth]?.sql(attempt)}`);
      return `CASE ${branches.join(' ')} ELSE ${drafts.at(-1)?.sql(attempt)} END`;
    },
    // What one case makes of a value may be what another one makes of another.
    isInjective: conditions.length === 0 && drafts[0]?.isInjective === true,
    hasAttempts: drafts.some(({ hasAttempts }) => hasAttempts),
    reads: [
      ...columnsOfTable
        .map(({ name }) => name)
        .filter((name) => conditions.some((condition) => mentions(condition, name))),
      ...drafts.flatMap(({ reads }) => reads ?? []),
    ],
  };
}
