import type { Changelog } from '../domain/migrations/changelog.ts';
import type { ChangelogFormat } from '../domain/migrations/changelog-format.ts';
import { sqlChangelog } from './sql-changelog.ts';
import { Unreadable } from './unreadable.ts';
import { xmlChangelog } from './xml-changelog.ts';
import { yamlChangelog } from './yaml-changelog.ts';

const PARSERS: Readonly<Record<ChangelogFormat, (text: string) => Changelog>> = {
  xml: xmlChangelog,
  yaml: yamlChangelog,
  sql: sqlChangelog,
};

/** Anything at all may be passed: what cannot be read is answered with what is said of the file, and nothing is thrown. */
export function parseChangelog(text: string, format: ChangelogFormat): Changelog | { readonly unreadable: string } {
  try {
    return PARSERS[format](text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { unreadable: error instanceof Unreadable ? error.message : 'is none that Mayfly can read' };
  }
}
