/** A change set as a file of a changelog has it. */
export interface ChangeSetEntry {
  readonly kind: 'change-set';
  readonly id: string;
  readonly author: string;
  readonly logicalFilePath: string | null;
  readonly context: string | null;
  readonly dbms: string | null;
  readonly ignored: boolean;
}

/** Another file that stands in this place. */
export interface IncludeEntry {
  readonly kind: 'include';
  readonly file: string;
  /** To the file that says so; else to the search path. */
  readonly relative: boolean;
  readonly required: boolean;
  readonly logicalFilePath: string | null;
  readonly context: string | null;
  readonly ignored: boolean;
}

/** All files below a folder, in the order of their paths. */
export interface IncludeAllEntry {
  readonly kind: 'include-all';
  readonly path: string;
  readonly relative: boolean;
  readonly required: boolean;
  readonly context: string | null;
  readonly ignored: boolean;
  /** 1 is the folder itself. */
  readonly minDepth: number;
  readonly maxDepth: number;
  readonly endsWith: string;
}

/** What `${name}` stands for from here on, unless something before it said so. */
export interface PropertyEntry {
  readonly kind: 'property';
  readonly name: string;
  readonly value: string;
}

/** What only Liquibase itself can follow: a phrase that says what it is. */
export interface OpaqueEntry {
  readonly kind: 'opaque';
  readonly what: string;
}

export type ChangelogEntry = ChangeSetEntry | IncludeEntry | IncludeAllEntry | PropertyEntry | OpaqueEntry;

/** What stands in one file of a changelog, in its order, as far as it says which change sets there are. */
export interface Changelog {
  readonly logicalFilePath: string | null;
  readonly context: string | null;
  readonly entries: readonly ChangelogEntry[];
}

/** An attribute of an element, or a key of a map; undefined where it has none. */
export type Attribute = (name: string) => string | undefined;

/**
 * An element below `databaseChangeLog`; undefined for one that leads to no change set, such as preconditions. Names and
 * defaults: https://github.com/liquibase/liquibase/blob/master/liquibase-standard/src/main/java/liquibase/changelog/DatabaseChangeLog.java
 * (`handleChildNode`).
 */
export function entryOf(element: string, attribute: Attribute): ChangelogEntry | undefined {
  switch (element) {
    case 'changeSet':
      return changeSetOf(attribute);
    case 'include':
      return includeOf(attribute);
    case 'includeAll':
      return includeAllOf(attribute);
    case 'property':
      return propertyOf(attribute);
    default:
      return undefined;
  }
}

/** `contextFilter` is the newer name of `context`. */
export function contextOf(attribute: Attribute): string | null {
  return attribute('contextFilter')?.trim() || attribute('context')?.trim() || null;
}

function changeSetOf(attribute: Attribute): ChangelogEntry {
  const [id, author] = [attribute('id'), attribute('author')];
  if (id === undefined || author === undefined) {
    return { kind: 'opaque', what: 'a change set without an id or an author' };
  }
  return {
    kind: 'change-set',
    id,
    author,
    logicalFilePath: attribute('logicalFilePath')?.trim() || null,
    context: contextOf(attribute),
    dbms: attribute('dbms')?.trim() || null,
    ignored: attribute('ignore') === 'true',
  };
}

function includeOf(attribute: Attribute): ChangelogEntry {
  const file = attribute('file');
  return file === undefined
    ? { kind: 'opaque', what: 'an `include` without a file' }
    : {
        kind: 'include',
        file,
        relative: attribute('relativeToChangelogFile') === 'true',
        required: attribute('errorIfMissing') !== 'false',
        logicalFilePath: attribute('logicalFilePath')?.trim() || null,
        context: contextOf(attribute),
        ignored: attribute('ignore') === 'true',
      };
}

/** A filter is a class of Java's. So is a comparator, which changes the order alone. */
function includeAllOf(attribute: Attribute): ChangelogEntry {
  const [path, filter] = [attribute('path'), attribute('filter') ?? attribute('resourceFilter')];
  if (path === undefined || filter !== undefined) {
    return { kind: 'opaque', what: `an \`includeAll\` with${path === undefined ? 'out a path' : ' a filter'}` };
  }
  return {
    kind: 'include-all',
    path,
    relative: attribute('relativeToChangelogFile') === 'true',
    required: attribute('errorIfMissingOrEmpty') !== 'false',
    context: contextOf(attribute),
    ignored: attribute('ignore') === 'true',
    minDepth: depthOf(attribute('minDepth')) ?? 1,
    maxDepth: depthOf(attribute('maxDepth')) ?? Number.MAX_SAFE_INTEGER,
    endsWith: attribute('endsWithFilter')?.trim() ?? '',
  };
}

/** One that holds only for some contexts, databases or files is left out: a path that needs it is not followed. */
function propertyOf(attribute: Attribute): ChangelogEntry | undefined {
  const [name, value] = [attribute('name'), attribute('value')];
  const isBound = ['context', 'contextFilter', 'dbms', 'labels'].some((key) => attribute(key) !== undefined);
  return name === undefined || value === undefined || isBound || attribute('global') === 'false'
    ? undefined
    : { kind: 'property', name, value };
}

function depthOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
