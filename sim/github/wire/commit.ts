import { type Commit, treeSha } from '../entities/commit.ts';
import type { ChangedFile } from '../entities/diff.ts';
import { changedFiles } from '../entities/history.ts';
import { fullName, type Repository } from '../entities/repository.ts';
import type { JsonObject } from '../json.ts';
import type { World } from '../world.ts';
import { accountJson, gitPerson } from './account.ts';
import { instant, nodeId } from './instant.ts';
import { repositoryUrl } from './repository.ts';

/** GitHub lists at most 300 files with one commit, and 3000 with paging. */
const filesPerCommit = 300;

const unsigned = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };

export function commitJson(world: World, repository: Repository, commit: Commit): JsonObject {
  const self = repositoryUrl(world, repository);
  const page = `${world.url}/${fullName(repository)}`;
  const person = { ...gitPerson(commit.author), date: instant(commit.date) };
  return {
    sha: commit.sha,
    node_id: nodeId('C', Number.parseInt(commit.sha.slice(0, 8), 16)),
    commit: {
      author: person,
      committer: person,
      message: commit.message,
      tree: { sha: treeSha(commit), url: `${self}/git/trees/${treeSha(commit)}` },
      url: `${self}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: unsigned,
    },
    url: `${self}/commits/${commit.sha}`,
    html_url: `${page}/commit/${commit.sha}`,
    comments_url: `${self}/commits/${commit.sha}/comments`,
    author: accountJson(world, commit.author),
    committer: accountJson(world, commit.author),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${self}/commits/${sha}`,
      html_url: `${page}/commit/${sha}`,
    })),
  };
}

export function commitWithFilesJson(world: World, repository: Repository, commit: Commit): JsonObject {
  const files = changedFiles(repository, commit);
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  return {
    ...commitJson(world, repository, commit),
    stats: { total: additions + deletions, additions, deletions },
    files: files.slice(0, filesPerCommit).map((file) => changedFileJson(world, { repository, sha: commit.sha, file })),
  };
}

export function changedFileJson(
  world: World,
  { repository, sha, file }: { repository: Repository; sha: string; file: ChangedFile },
): JsonObject {
  const path = encodeURI(file.path).replaceAll('#', '%23').replaceAll('?', '%3F');
  const page = `${world.url}/${fullName(repository)}`;
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${page}/blob/${sha}/${path}`,
    raw_url: `${page}/raw/${sha}/${path}`,
    contents_url: `${repositoryUrl(world, repository)}/contents/${path}?ref=${sha}`,
    patch: file.patch,
  };
}

/** The form that stands inside workflow runs and check suites. */
export function simpleCommitJson(commit: Commit): JsonObject {
  return {
    id: commit.sha,
    tree_id: treeSha(commit),
    message: commit.message,
    timestamp: instant(commit.date),
    author: gitPerson(commit.author),
    committer: gitPerson(commit.author),
  };
}

/** The form that stands in a push. */
export function pushedCommitJson(world: World, repository: Repository, commit: Commit): JsonObject {
  const files = changedFiles(repository, commit);
  const person = { ...gitPerson(commit.author), username: commit.author.login };
  const paths = (status: ChangedFile['status']): string[] =>
    files.filter((file) => file.status === status).map((file) => file.path);
  return {
    ...simpleCommitJson(commit),
    distinct: true,
    url: `${world.url}/${fullName(repository)}/commit/${commit.sha}`,
    author: person,
    committer: person,
    added: paths('added'),
    removed: paths('removed'),
    modified: paths('modified'),
  };
}
