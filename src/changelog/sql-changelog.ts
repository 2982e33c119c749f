import { type Attribute, type Changelog, type ChangelogEntry, entryOf } from '../domain/migrations/changelog.ts';

/** No line that says something of a change set is longer; what matches them takes its time on what is. */
const MOST_CHARACTERS = 1000;

const HEADER = /^\s*--\s*liquibase\s*formatted/i;
const CHANGE_SET = /^\s*--\s*changeset\s+("[^"]+"|[^:"][^:]*):("[^"]+"|\S+)(.*)$/i;
const PROPERTY = /^\s*--\s*property\s(.*)$/i;
const INCLUDE = /^\s*--\s*include(?:All)?\s+(?:file|path):/i;
const IGNORE = /^\s*--\s*ignoreLines:(\w+)/i;

/**
 * A changelog in SQL. A file without Liquibase's header is one change set, which Liquibase calls `raw` by `includeAll`.
 *
 * https://docs.liquibase.com/concepts/changelogs/sql-format.html, and for what it takes of a line
 * https://github.com/liquibase/liquibase/blob/master/liquibase-standard/src/main/java/liquibase/parser/AbstractFormattedChangeLogParser.java
 * and .../parser/core/sql/SqlChangeLogParser.java.
 */
export function sqlChangelog(text: string): Changelog {
  const lines = text.split(/\r\n?|\n/);
  const header = lines.find((line) => line.trim() !== '') ?? '';
  if (!HEADER.test(header.slice(0, MOST_CHARACTERS))) {
    const raw: Record<string, string> = { id: 'raw', author: 'includeAll' };
    return { logicalFilePath: null, context: null, entries: entriesOf('changeSet', (name) => raw[name]) };
  }
  return {
    logicalFilePath: wordOf(header, 'logicalFilePath') || null,
    context: null,
    entries: [...readLines(lines)].filter((line) => line.length <= MOST_CHARACTERS).flatMap(entriesIn),
  };
}

/** Without those that the file has Liquibase pass over. */
function* readLines(lines: readonly string[]): Generator<string> {
  let passed = 0;
  for (const line of lines) {
    const ignored = line.length <= MOST_CHARACTERS ? IGNORE.exec(line)?.[1] : undefined;
    if (ignored === 'end') {
      passed = 0;
    } else if (passed > 0) {
      passed -= 1;
    } else if (ignored === undefined) {
      yield line;
    } else {
      passed = ignored === 'start' ? Number.POSITIVE_INFINITY : Number(ignored) || 0;
    }
  }
}

function entriesIn(line: string): ChangelogEntry[] {
  if (INCLUDE.test(line)) {
    return [{ kind: 'opaque', what: 'an `include` in SQL' }];
  }
  const property = PROPERTY.exec(line)?.[1];
  if (property !== undefined) {
    return entriesOf('property', (name) => wordOf(property, name));
  }
  const [, author, id, rest = ''] = CHANGE_SET.exec(line) ?? [];
  if (author === undefined || id === undefined) {
    return [];
  }
  const known: Readonly<Record<string, string>> = { id: unquoted(id), author: unquoted(author) };
  return entriesOf('changeSet', (name) => (Object.hasOwn(known, name) ? known[name] : wordOf(rest, name)));
}

function entriesOf(element: string, attribute: Attribute): ChangelogEntry[] {
  const entry = entryOf(element, attribute);
  return entry ? [entry] : [];
}

/** `name:word` or `name:"some words"`. */
function wordOf(line: string, name: string): string | undefined {
  const word = new RegExp(`(?:^|\\s)${name}:\\s*("[^"]*"|\\S+)`, 'i').exec(line)?.[1];
  return word === undefined ? undefined : unquoted(word);
}

function unquoted(word: string): string {
  return word.replace(/^"(.*)"$/, '$1');
}
