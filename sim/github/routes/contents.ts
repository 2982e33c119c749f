import { pushFiles } from '../behaviour/pushes.ts';
import { blobSha, type Commit, folderSha, type Tree } from '../entities/commit.ts';
import { resolveRef } from '../entities/history.ts';
import { fullName, type Repository } from '../entities/repository.ts';
import { GitHubError } from '../errors.ts';
import { type Answer, type Call, found, ok, param, type Routes, repositoryOf, sceneOf } from '../http/call.ts';
import { type JsonObject, textAt } from '../json.ts';
import { commitJson } from '../wire/commit.ts';
import { repositoryUrl } from '../wire/repository.ts';
import type { World } from '../world.ts';

interface Place {
  readonly repository: Repository;
  readonly ref: string;
  readonly path: string;
}

function entryJson(
  world: World,
  { repository, ref, path }: Place,
  entry: { type: 'file' | 'dir'; sha: string; size: number },
): JsonObject {
  const api = repositoryUrl(world, repository);
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  const self = `${api}/contents/${encoded}?ref=${encodeURIComponent(ref)}`;
  const kind = entry.type === 'file' ? 'blob' : 'tree';
  const page = `${world.url}/${fullName(repository)}/${kind}/${encodeURIComponent(ref)}/${encoded}`;
  const git = `${api}/git/${kind}s/${entry.sha}`;
  return {
    name: path.split('/').at(-1) ?? path,
    path,
    sha: entry.sha,
    size: entry.size,
    type: entry.type,
    url: self,
    html_url: page,
    git_url: git,
    download_url:
      entry.type === 'file' ? `${world.url}/${fullName(repository)}/raw/${encodeURIComponent(ref)}/${encoded}` : null,
    _links: { self, git, html: page },
  };
}

function fileJson(world: World, place: Place, content: string): JsonObject {
  const base64 = Buffer.from(content)
    .toString('base64')
    .replaceAll(/(.{60})/g, '$1\n');
  const entry = { type: 'file' as const, sha: blobSha(content), size: Buffer.byteLength(content) };
  return { ...entryJson(world, place, entry), content: `${base64}\n`, encoding: 'base64' };
}

function directoryJson(world: World, place: Place, tree: Tree): JsonObject[] {
  const folder = place.path === '' ? '' : `${place.path}/`;
  const children = new Map<string, JsonObject>();
  for (const [path, content] of tree) {
    const name = path.startsWith(folder) ? path.slice(folder.length).split('/')[0] : undefined;
    if (name !== undefined && !children.has(name)) {
      const isFile = path === folder + name;
      const entry = isFile
        ? { type: 'file' as const, sha: blobSha(content), size: Buffer.byteLength(content) }
        : { type: 'dir' as const, sha: folderSha(tree, folder + name), size: 0 };
      children.set(name, entryJson(world, { ...place, path: folder + name }, entry));
    }
  }
  // GitHub lists no more of them, and says nothing of the rest (contents API, "upper limit of 1,000 files for a directory").
  return [...children.values()].slice(0, 1000);
}

function commitAt(repository: Repository, ref: string): Commit {
  const commit = resolveRef(repository, ref);
  if (!commit) {
    throw new GitHubError(404, `No commit found for the ref ${ref}`);
  }
  return commit;
}

function getContent(world: World, call: Call): Answer {
  const repository = repositoryOf(call);
  const ref = call.query.get('ref') ?? repository.defaultBranch;
  const place = { repository, ref, path: param(call, 'path').replaceAll(/^\/|\/$/g, '') };
  const { tree } = commitAt(repository, ref);
  const content = tree.get(place.path);
  if (content !== undefined && /application\/vnd\.github(\.v3)?\.raw/.test(call.accept)) {
    return {
      status: 200,
      body: content,
      headers: { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' },
    };
  }
  if (content !== undefined) {
    return ok(fileJson(world, place, content));
  }
  const children = directoryJson(world, place, tree);
  return ok(found(children.length > 0 ? children : undefined));
}

/** Making a file needs no SHA; changing one needs the SHA it replaces, so that nobody overwrites what they never saw. */
function putContent(world: World, call: Call): Answer {
  const scene = sceneOf(call);
  const { repository } = scene;
  const ref = textAt(call.body, 'branch') ?? repository.defaultBranch;
  const path = param(call, 'path');
  const before = commitAt(repository, ref).tree.get(path);
  const sha = textAt(call.body, 'sha');
  if (before !== undefined && sha === undefined) {
    throw new GitHubError(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
  }
  if (before !== undefined && sha !== blobSha(before)) {
    throw new GitHubError(409, `${path} does not match ${sha ?? ''}`);
  }
  const content = Buffer.from(textAt(call.body, 'content') ?? '', 'base64').toString('utf8');
  const message = textAt(call.body, 'message') ?? '';
  const commit = pushFiles(world, scene, { ref, message, files: { [path]: content } });
  const body = {
    content: fileJson(world, { repository, ref, path }, content),
    commit: fileCommitJson(world, repository, commit),
  };
  return { status: before === undefined ? 201 : 200, body };
}

function fileCommitJson(world: World, repository: Repository, commit: Commit): JsonObject {
  const { commit: inner, ...outer } = commitJson(world, repository, commit);
  return { ...outer, ...(typeof inner === 'object' ? inner : {}) };
}

export function createContentRoutes(world: World): Routes {
  return {
    'repos/get-content': (call) => getContent(world, call),
    'repos/create-or-update-file-contents': (call) => putContent(world, call),
  };
}
