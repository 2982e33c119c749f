import { blobSha, type Commit, folderSha, type Tree, treeSha } from '../entities/commit.ts';
import { resolveRef } from '../entities/history.ts';
import type { Repository } from '../entities/repository.ts';
import { type Answer, type Call, found, ok, param, type Routes, repositoryOf } from '../http/call.ts';
import type { JsonObject } from '../json.ts';
import { repositoryUrl } from '../wire/repository.ts';
import type { World } from '../world.ts';

interface Folder {
  readonly sha: string;
  /** By path below it. */
  readonly tree: Tree;
}

/** By the SHA of a tree, of a folder or of a commit, or by a ref. */
function folderAt(repository: Repository, wanted: string): Folder | undefined {
  const commit = resolveRef(repository, wanted);
  if (commit) {
    return { sha: treeSha(commit), tree: commit.tree };
  }
  for (const one of repository.commits.values()) {
    const folder = treeSha(one) === wanted ? '' : foldersOf(one).find((path) => folderSha(one.tree, path) === wanted);
    if (folder !== undefined) {
      return { sha: wanted, tree: below(one.tree, folder) };
    }
  }
  return undefined;
}

function foldersOf({ tree }: Commit): string[] {
  const folders = [...tree.keys()].flatMap((path) => {
    const segments = path.split('/').slice(0, -1);
    return segments.map((_, index) => segments.slice(0, index + 1).join('/'));
  });
  return [...new Set(folders)];
}

function below(tree: Tree, folder: string): Tree {
  const start = folder === '' ? 0 : folder.length + 1;
  const inside = [...tree].filter(([path]) => folder === '' || path.startsWith(`${folder}/`));
  return new Map(inside.map(([path, content]) => [path.slice(start), content]));
}

function getTree(world: World, call: Call): Answer {
  const repository = repositoryOf(call);
  const { sha, tree } = found(folderAt(repository, param(call, 'tree_sha')));
  const isRecursive = call.query.has('recursive');
  const api = `${repositoryUrl(world, repository)}/git`;
  const folders = foldersOf({ tree } as Commit).map((path): JsonObject => {
    const folder = folderSha(tree, path);
    return { path, mode: '040000', type: 'tree', sha: folder, url: `${api}/trees/${folder}` };
  });
  const files = [...tree].map(([path, content]): JsonObject => {
    const blob = blobSha(content);
    return {
      path,
      mode: '100644',
      type: 'blob',
      sha: blob,
      size: Buffer.byteLength(content),
      url: `${api}/blobs/${blob}`,
    };
  });
  const entries = [...folders, ...files]
    .filter(({ path }) => isRecursive || !String(path).includes('/'))
    .toSorted((a, b) => (String(a['path']) < String(b['path']) ? -1 : 1));
  return ok({ sha, url: `${api}/trees/${sha}`, tree: entries, truncated: false });
}

export function createTreeRoutes(world: World): Routes {
  return { 'git/get-tree': (call) => getTree(world, call) };
}
