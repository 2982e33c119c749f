import { SaxesParser } from 'saxes';
import {
  type Attribute,
  type Changelog,
  type ChangelogEntry,
  contextOf,
  entryOf,
} from '../domain/migrations/changelog.ts';
import { Unreadable } from './unreadable.ts';

const ROOT = 'databaseChangeLog';
/** What groups includes and has no meaning of its own here. */
const GROUP = 'modifyChangeSets';

/**
 * A changelog in XML. Only the elements right below the root count, whatever their prefix; those inside a change set are
 * its changes. Entities that a document defines itself are not known, so none can grow: one that is used is an error.
 * Throws `Unreadable`.
 *
 * https://docs.liquibase.com/concepts/changelogs/xml-format.html
 */
export function xmlChangelog(text: string): Changelog {
  const parser = new SaxesParser();
  const open: string[] = [];
  const entries: ChangelogEntry[] = [];
  let root: Attribute | undefined;
  parser.on('error', () => {
    throw new Unreadable(`is no XML that can be read from line ${parser.line} on`);
  });
  parser.on('opentag', ({ name, attributes }) => {
    const [element, attribute] = [localName(name), attributeOf(attributes)];
    if (open.length === 0) {
      root = element === ROOT ? attribute : undefined;
    } else if (open.length === 1 || (open.length === 2 && open[1] === GROUP)) {
      const entry = entryOf(element, attribute);
      entries.push(...(entry ? [entry] : []));
    }
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  if (!root) {
    throw new Unreadable(`has no \`${ROOT}\``);
  }
  return { logicalFilePath: root('logicalFilePath') || null, context: contextOf(root), entries };
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function attributeOf(attributes: Readonly<Record<string, string>>): Attribute {
  return (name) => (Object.hasOwn(attributes, name) ? attributes[name] : undefined);
}
