import { createHash } from 'node:crypto';
import type { Account } from './account.ts';

/** Path to content. A commit carries its whole tree: at the size of a simulation that is cheaper than git's objects. */
export type Tree = ReadonlyMap<string, string>;

export interface Commit {
  /** 40 hexadecimal digits. */
  readonly sha: string;
  readonly message: string;
  readonly author: Account;
  readonly date: Date;
  readonly parents: readonly string[];
  readonly tree: Tree;
}

function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

/** As git computes it, so that a client can compare. */
export function blobSha(content: string): string {
  return sha1(`blob ${Buffer.byteLength(content)}\0${content}`);
}

/** Of a folder: the same files below it, the same SHA, in whatever commit. */
export function folderSha(tree: Tree, folder: string): string {
  const below = [...tree].filter(([path]) => path.startsWith(`${folder}/`));
  return sha1(
    ['tree', ...below.map(([path, content]) => `${path.slice(folder.length)} ${blobSha(content)}`).sort()].join('\0'),
  );
}

export function treeSha(commit: Commit): string {
  return sha1(`tree ${commit.sha}`);
}

/** Depends on nothing but the arguments: the same story gives the same SHAs on every machine. */
export function commitSha(parts: readonly string[]): string {
  return sha1(parts.join('\0'));
}
