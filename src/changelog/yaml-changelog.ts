import { parse } from 'yaml';
import {
  type Attribute,
  type Changelog,
  type ChangelogEntry,
  contextOf,
  entryOf,
} from '../domain/migrations/changelog.ts';
import { Unreadable } from './unreadable.ts';

const ROOT = 'databaseChangeLog';
/** Reading more takes a second and longer, in which nothing else is done. */
const MOST_CHARACTERS = 200_000;
/** What groups includes and has no meaning of its own here. */
const GROUP = 'modifyChangeSets';

/**
 * A changelog in YAML, and so in JSON. Every scalar is taken as it is written: an id `1.0` is not `1`. Aliases are few, and
 * what they repeat is read once. Throws `Unreadable`.
 *
 * https://docs.liquibase.com/concepts/changelogs/yaml-format.html
 */
export function yamlChangelog(text: string): Changelog {
  const list = childOf(parsed(text), ROOT);
  if (!Array.isArray(list)) {
    throw new Unreadable(`has no list \`${ROOT}\``);
  }
  const items: readonly unknown[] = list;
  // What XML has as attributes of the root are items of the list here.
  const ofRoot: Attribute = (name) => items.map((item) => attributeOf(item)(name)).find((value) => value !== undefined);
  return {
    logicalFilePath: ofRoot('logicalFilePath') || null,
    context: contextOf(ofRoot),
    entries: items.flatMap(entriesOf),
  };
}

function parsed(text: string): unknown {
  if (text.length > MOST_CHARACTERS) {
    throw new Unreadable('is larger than 200 kB, which is too large for YAML');
  }
  try {
    return parse(text, { schema: 'failsafe', maxAliasCount: 100, logLevel: 'error', uniqueKeys: false });
  } catch {
    throw new Unreadable('is no YAML that can be read');
  }
}

function entriesOf(item: unknown): ChangelogEntry[] {
  if (typeof item !== 'object' || item === null) {
    return [];
  }
  return Object.entries(item).flatMap(([element, value]: [string, unknown]) => {
    if (element === GROUP && typeof value === 'object' && value !== null) {
      return (Array.isArray(value) ? value : [value]).flatMap(plainEntries);
    }
    const entry = entryOf(element, attributeOf(value));
    return entry ? [entry] : [];
  });
}

/** Of a group: one in another is none of Liquibase's. */
function plainEntries(item: unknown): ChangelogEntry[] {
  return entriesOf(typeof item === 'object' && item !== null ? { ...item, [GROUP]: undefined } : item);
}

function attributeOf(value: unknown): Attribute {
  return (name) => {
    const child = childOf(value, name);
    return typeof child === 'string' ? child : undefined;
  };
}

function childOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
