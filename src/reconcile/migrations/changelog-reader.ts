import { type ChangelogRequest, type ChangeSet, changeSetsOf } from '../../domain/migrations/change-sets.ts';
import type { Changelog } from '../../domain/migrations/changelog.ts';
import { type ChangelogFormat, formatOf } from '../../domain/migrations/changelog-format.ts';
import { quoted } from '../../domain/quoted.ts';
import type { Forge, TreeFile } from '../forge.ts';

export type ReadFile = Changelog | { readonly unreadable: string };

export interface ChangelogPorts {
  readonly forge: Pick<Forge, 'tree' | 'file'>;
  /** Never throws. */
  parse(text: string, format: ChangelogFormat): ReadFile;
}

/** A commit of a repository. */
export interface CommitPlace {
  readonly repository: string;
  readonly installationId: number;
  readonly sha: string;
}

/** Reads changelogs with all that they include. */
export interface ChangelogReader {
  /**
   * The change sets at a commit, or a sentence without its full stop that says why nobody can tell. One listing of the
   * commit, and one request for each file that it did not read before, whatever commit that was of. Throws as the forge does.
   */
  read(
    place: CommitPlace,
    request: ChangelogRequest,
  ): Promise<{ readonly changeSets: readonly ChangeSet[] } | { readonly problem: string }>;
}

const MOST_FILES = 500;
/** GitHub shows no larger file with its listing (contents API). */
const MOST_BYTES = 1_000_000;
/** Of all files of a changelog: each is read while others wait. */
const MOST_BYTES_IN_ALL = 10_000_000;
/** What is remembered of files is less than the files. */
const MOST_REMEMBERED_BYTES = 32_000_000;
/** GitHub asks for requests one after the other, and allows a hundred at once ("Rate limits for the REST API"). */
const AT_ONCE = 5;

export function createChangelogReader({ forge, parse }: ChangelogPorts): ChangelogReader {
  const remembered = createMemory();

  async function readFile(place: CommitPlace, { path, sha, bytes }: TreeFile): Promise<ReadFile> {
    const format = formatOf(path);
    if (!format) {
      return { unreadable: 'is of a kind that only Liquibase reads' };
    }
    if (bytes > MOST_BYTES) {
      return { unreadable: 'is larger than 1 MB' };
    }
    // What is under a blob's SHA never changes.
    const key = `${format}:${sha}`;
    const known = remembered.get(key);
    if (known) {
      return known;
    }
    const text = await forge.file({ ...place, path });
    const read = text === undefined ? { unreadable: 'is not there' } : parse(text, format);
    remembered.put(key, read, bytes);
    return read;
  }

  return {
    async read(place, request) {
      const tree = await forge.tree(place);
      if (!tree) {
        return { problem: `${quoted(place.repository)} holds more files than GitHub lists` };
      }
      const files = new Map(tree.map((file) => [file.path, file]));
      if (!files.has(request.path)) {
        return { problem: `There is no changelog ${quoted(request.path)} at ${quoted(place.sha.slice(0, 7))}` };
      }
      const paths = [...files.keys()].sort();
      const read = new Map<string, ReadFile>();
      let bytes = 0;
      for (;;) {
        const reading = changeSetsOf(request, { paths, read: (path) => read.get(path) });
        if (!('missing' in reading)) {
          return reading;
        }
        const wanted = reading.missing.map((path) => files.get(path)).filter((file) => file !== undefined);
        bytes += wanted.reduce((sum, file) => sum + file.bytes, 0);
        if (read.size + wanted.length > MOST_FILES || bytes > MOST_BYTES_IN_ALL) {
          return { problem: `${quoted(request.path)} includes more than ${MOST_FILES} files, or 10 MB` };
        }
        await fewAtOnce(wanted, async (file) => void read.set(file.path, await readFile(place, file)));
      }
    },
  };
}

async function fewAtOnce<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) {
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
}

/** The least recently used goes first. */
function createMemory() {
  const files = new Map<string, { read: ReadFile; bytes: number }>();
  let held = 0;
  return {
    get(key: string): ReadFile | undefined {
      const found = files.get(key);
      if (found) {
        files.delete(key);
        files.set(key, found);
      }
      return found?.read;
    },
    put(key: string, read: ReadFile, bytes: number): void {
      held += bytes - (files.get(key)?.bytes ?? 0);
      files.delete(key);
      files.set(key, { read, bytes });
      for (const [oldest, { bytes: freed }] of files) {
        if (held <= MOST_REMEMBERED_BYTES) {
          return;
        }
        files.delete(oldest);
        held -= freed;
      }
    },
  };
}
