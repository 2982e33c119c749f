import type { SchemaChange } from '../../domain/schema-diff.ts';
import type { EnvironmentReport } from '../../reconcile/reporter.ts';
import { code, phrase } from './markdown.ts';

/** More lines than these are counted. */
const MOST_CHANGES = 40;

/** For the comment: what migrations differ in before they run. Nothing where they do not differ, or nobody knows. */
export function migrationLine({ migrations }: EnvironmentReport): string {
  const { preflight } = migrations ?? {};
  return preflight && preflight.relation !== 'same' ? `${preflight.isBehind ? '⚠️ ' : ''}${phrase(preflight.text)}` : '';
}

/** For the check run: what was found before migrations ran, and what they made of the schema. */
export function migrationSection({ migrations }: EnvironmentReport): string {
  const { preflight, difference } = migrations ?? {};
  return [
    preflight ? `${preflight.isBehind ? '⚠️ ' : ''}${phrase(preflight.text)}` : '',
    difference ? changes(difference) : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function changes({
  changes: seen,
  count,
}: {
  readonly changes: readonly SchemaChange[];
  readonly count: number;
}): string {
  if (count === 0) {
    return 'Schema after the migrations: no difference from the source.';
  }
  const shown = seen.slice(0, MOST_CHANGES);
  const more = count - shown.length;
  return [
    `Schema after the migrations: ${count} ${count === 1 ? 'difference' : 'differences'} from the source.`,
    [...shown.map(lineOf), ...(more > 0 ? [`- and ${more} more`] : [])].join('\n'),
  ].join('\n\n');
}

function lineOf({ what, table, name, was, is }: SchemaChange): string {
  const subject = code(name === null ? table : `${table}.${name}`);
  if (was === null) {
    return `- added ${what} ${subject}: ${code(is ?? '')}`;
  }
  return is === null
    ? `- removed ${what} ${subject}: ${code(was)}`
    : `- changed ${what} ${subject}: ${code(was)} to ${code(is)}`;
}
