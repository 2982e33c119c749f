import { quoted } from '../quoted.ts';
import type { Changelog, ChangelogEntry, ChangeSetEntry, IncludeAllEntry, IncludeEntry } from './changelog.ts';
import { type ChangelogLookup, createChangelogLookup } from './changelog-lookup.ts';
import { normalPath } from './changelog-path.ts';
import { isInContext } from './context-expression.ts';
import { isForOurDatabase } from './dbms-list.ts';

/** A change set of a changelog with all that it includes. */
export interface ChangeSet {
  /** `changesets/9.1.xml::1::octocat`, as Liquibase itself writes it. */
  readonly id: string;
  /** What it is known by as well where a file inherits its logical path: that is so since 4.31, and can be turned off. */
  readonly otherId?: string;
  /** It is not run: for another context or database, or ignored. */
  readonly idle?: true;
}

export interface ChangelogRequest {
  /** The root changelog, from the root of the repository. */
  readonly path: string;
  /** The folder from which names are counted; null where nobody says so: then each above the root changelog is tried. */
  readonly searchPath: string | null;
  /** Lower case; empty where all is run. */
  readonly contexts: readonly string[];
}

/** What is known of the repository so far. */
export interface ChangelogFiles {
  /** Of all files, sorted. */
  readonly paths: readonly string[];
  /** Undefined for one that was not read yet. */
  read(path: string): Changelog | { readonly unreadable: string } | undefined;
}

export type ChangelogReading =
  | { readonly changeSets: readonly ChangeSet[] }
  /** Files to be read first. Ask again with them. */
  | { readonly missing: readonly string[] }
  /** Why nobody can say which change sets there are: a sentence without its full stop. */
  | { readonly problem: string };

/** More would be kept with every commit. */
const MOST_CHANGE_SETS = 10_000;

/** What a walk through the files has come upon. */
interface Walk {
  readonly request: ChangelogRequest;
  readonly files: ChangelogFiles;
  readonly lookup: ChangelogLookup;
  readonly missing: Set<string>;
  /** By id in lower case. */
  readonly found: Map<string, ChangeSet>;
  readonly properties: Map<string, string>;
  readonly followed: Set<string>;
}

/** One file on the way. */
interface Place {
  readonly path: string;
  /** The logical path that a file with none of its own inherits. */
  readonly inherited: string | null;
  /** All of them must hold. */
  readonly contexts: readonly (string | null)[];
  readonly ignored: boolean;
  /** The files that it is included by, outermost first. */
  readonly within: readonly string[];
}

class Unfollowed extends Error {}

/**
 * The change sets of a root changelog in the order in which they are run. Pure. Rules of
 * https://github.com/liquibase/liquibase/blob/master/liquibase-standard/src/main/java/liquibase/changelog/DatabaseChangeLog.java
 * (`include`, `includeAll`) and https://docs.liquibase.com/change-types/includeall.html.
 */
export function changeSetsOf(request: ChangelogRequest, files: ChangelogFiles): ChangelogReading {
  const walk: Walk = {
    request,
    files,
    lookup: createChangelogLookup(files.paths, request),
    missing: new Set(),
    found: new Map(),
    properties: new Map(),
    followed: new Set(),
  };
  const { missing, found } = walk;
  try {
    follow(walk, { path: request.path, inherited: null, contexts: [], ignored: false, within: [] });
  } catch (error) {
    if (!(error instanceof Unfollowed)) {
      throw error;
    }
    // What was not read yet may hold what is missing here, such as a property.
    return missing.size > 0 ? { missing: [...missing] } : { problem: error.message };
  }
  return missing.size > 0 ? { missing: [...missing] } : { changeSets: [...found.values()] };
}

/** Each file once: where every file is included twice by the one before, thirty files are a billion. */
function follow(walk: Walk, place: Place): void {
  walk.followed.add(place.path);
  const changelog = walk.files.read(place.path);
  if (changelog === undefined) {
    walk.missing.add(place.path);
    return;
  }
  if ('unreadable' in changelog) {
    throw new Unfollowed(`${quoted(place.path)} ${changelog.unreadable}`);
  }
  const contexts = [...place.contexts, changelog.context];
  const inherited = changelog.logicalFilePath ?? place.inherited;
  for (const entry of changelog.entries) {
    if (entry.kind === 'change-set') {
      add(walk, entry, { ...place, contexts, own: changelog.logicalFilePath });
    } else {
      pass(walk, entry, { ...place, contexts, inherited });
    }
  }
}

function add(walk: Walk, entry: ChangeSetEntry, place: Place & { own: string | null }): void {
  const { request, found } = walk;
  const tail = `::${expanded(walk, entry.id)}::${expanded(walk, entry.author)}`;
  const own = entry.logicalFilePath ?? place.own;
  const id = (own === null ? walk.lookup.nameOf(place.path) : normalPath(expanded(walk, own))) + tail;
  const otherId = own === null && place.inherited !== null ? normalPath(place.inherited) + tail : undefined;
  const isRun =
    !entry.ignored &&
    !place.ignored &&
    isForOurDatabase(entry.dbms) &&
    [...place.contexts, entry.context].every((context) => isInContext(context, request.contexts));
  const key = id.toLowerCase();
  if (!found.has(key)) {
    found.set(key, { id, ...(otherId !== undefined && { otherId }), ...(isRun ? {} : { idle: true }) });
  }
  if (found.size > MOST_CHANGE_SETS) {
    throw new Unfollowed(`${quoted(request.path)} holds more than ${MOST_CHANGE_SETS} change sets`);
  }
}

function pass(walk: Walk, entry: Exclude<ChangelogEntry, ChangeSetEntry>, place: Place): void {
  switch (entry.kind) {
    case 'include':
      return include(walk, entry, place);
    case 'include-all':
      return includeAll(walk, entry, place);
    case 'property':
      // What is global is said once: the first one counts.
      return void (walk.properties.has(entry.name) || walk.properties.set(entry.name, expanded(walk, entry.value)));
    case 'opaque':
      throw new Unfollowed(`${quoted(place.path)} has ${entry.what}`);
  }
}

function include(walk: Walk, entry: IncludeEntry, place: Place): void {
  const file = expanded(walk, entry.file);
  const path = walk.lookup.file(file, { from: place.path, relative: entry.relative });
  if (path !== undefined) {
    return into(walk, path, { ...place, ...within(place, entry), inherited: entry.logicalFilePath ?? place.inherited });
  }
  if (entry.required) {
    throw new Unfollowed(`${quoted(place.path)} includes ${quoted(file)}, which is not there`);
  }
}

function includeAll(walk: Walk, entry: IncludeAllEntry, place: Place): void {
  const folder = expanded(walk, entry.path);
  const paths = walk.lookup.filesBelow(folder, { from: place.path, relative: entry.relative }, entry);
  if (paths.length === 0 && entry.required) {
    throw new Unfollowed(`${quoted(place.path)} includes all of ${quoted(folder)}, where nothing is`);
  }
  for (const path of paths) {
    into(walk, path, { ...place, ...within(place, entry) });
  }
}

function within(place: Place, { context, ignored }: Pick<IncludeEntry, 'context' | 'ignored'>) {
  return {
    contexts: [...place.contexts, context],
    ignored: place.ignored || ignored,
    within: [...place.within, place.path],
  };
}

function into(walk: Walk, path: string, place: Place): void {
  if (place.within.includes(path)) {
    throw new Unfollowed(`${quoted(path)} includes itself`);
  }
  if (!walk.followed.has(path)) {
    follow(walk, { ...place, path });
  }
}

/** What nothing defines stays as it stands, which no path does. */
function expanded({ properties }: Walk, text: string): string {
  return text.replaceAll(/\$\{([^${}]{1,200})\}/g, (whole, name: string) => properties.get(name.trim()) ?? whole);
}
