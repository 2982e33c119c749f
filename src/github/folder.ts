import { TerminalError } from '../domain/failure.ts';
import type { TreeFile } from '../reconcile/forge.ts';
import type { Octokit } from './octokit-source.ts';
import { ownerAndRepo } from './repository-name.ts';

/** "This API has an upper limit of 1,000 files for a directory" (contents API), and does not say when it is passed. */
const MOST_LISTED = 1000;

interface Place {
  readonly repository: string;
  readonly path: string;
  readonly sha: string;
}

/**
 * Paths of all files below a folder, from the folder on; undefined where the path is none. What one listing does not show, such
 * as folders by year, the tree does (Git trees API), which goes by a SHA that only the folder above tells.
 */
export async function filesBelow(octokit: Octokit, place: Place): Promise<string[] | undefined> {
  const entries = await entriesOf(octokit, place);
  if (!entries) {
    return undefined;
  }
  if (entries.length < MOST_LISTED && entries.every(({ type }) => type !== 'dir')) {
    return entries
      .filter(({ type }) => type === 'file')
      .map(({ name }) => name)
      .sort();
  }
  return await treeBelow(octokit, place);
}

/** Regular files. What a link leads to does not stand under the SHA of the link. */
const FILE_MODES: readonly string[] = ['100644', '100755'];

/** All files of a commit; undefined where the tree has more than GitHub lists. */
export async function filesOf(
  octokit: Octokit,
  { repository, sha }: Omit<Place, 'path'>,
): Promise<TreeFile[] | undefined> {
  const { data } = await octokit.rest.git.getTree({ ...ownerAndRepo(repository), tree_sha: sha, recursive: '1' });
  return data.truncated
    ? undefined
    : data.tree.flatMap(({ mode, path, sha: blob, size }) =>
        FILE_MODES.includes(mode) ? [{ path, sha: blob, bytes: size ?? 0 }] : [],
      );
}

async function treeBelow(octokit: Octokit, place: Place): Promise<string[] | undefined> {
  const { path, repository } = place;
  const folder = await treeOf(octokit, place);
  if (folder === undefined) {
    return undefined;
  }
  const { data } = await octokit.rest.git.getTree({ ...ownerAndRepo(repository), tree_sha: folder, recursive: '1' });
  if (data.truncated) {
    throw new TerminalError('FolderTooLarge', `${path} holds more files than GitHub lists`, { actor: 'author' });
  }
  return data.tree.flatMap((entry) => (entry.type === 'blob' ? [entry.path] : [])).sort();
}

/** The SHA of the folder's own tree. A commit's SHA stands for the tree of its root. */
async function treeOf(octokit: Octokit, { repository, path, sha }: Place): Promise<string | undefined> {
  const cut = path.lastIndexOf('/');
  if (path === '') {
    return sha;
  }
  if (cut < 0) {
    const { data } = await octokit.rest.git.getTree({ ...ownerAndRepo(repository), tree_sha: sha });
    return data.tree.find((entry) => entry.path === path)?.sha;
  }
  const siblings = await entriesOf(octokit, { repository, path: path.slice(0, cut), sha });
  return siblings?.find((entry) => entry.path === path)?.sha;
}

async function entriesOf(octokit: Octokit, { repository, path, sha }: Place) {
  const { data } = await octokit.rest.repos.getContent({ ...ownerAndRepo(repository), path, ref: sha });
  return Array.isArray(data) ? data : undefined;
}
