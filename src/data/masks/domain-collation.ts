import type { Column } from '../schema/model.ts';

/** Every server has it, it knows all of Unicode, and takes neither case nor accents for a difference. */
const COMMON = 'utf8mb4_unicode_520_ci';

/**
 * By which collation the texts of a domain are compared when its columns do not agree on one; undefined when they do, or
 * when those that disagree compare bytes. To be given as `comparedAs` to the mask of each column of the domain.
 */
export function domainCollation(columns: readonly Column[]): string | undefined {
  const collations = new Set(
    columns
      .filter(({ kind }) => kind === 'text')
      .map(({ collation }) => collation)
      .filter((collation) => collation !== undefined && !collation.endsWith('_bin') && collation !== 'binary'),
  );
  return collations.size > 1 ? COMMON : undefined;
}
