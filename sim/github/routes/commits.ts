import type { Commit } from '../entities/commit.ts';
import { ancestry, changedFiles, changesBetween, commitsBetween, mergeBase, resolveRef } from '../entities/history.ts';
import { fullName, type Repository } from '../entities/repository.ts';
import { GitHubError } from '../errors.ts';
import { type Answer, type Call, found, list, ok, param, type Routes, repositoryOf } from '../http/call.ts';
import { changedFileJson, commitJson, commitWithFilesJson } from '../wire/commit.ts';
import { repositoryUrl } from '../wire/repository.ts';
import type { World } from '../world.ts';

function commitAt(repository: Repository, ref: string): Commit {
  const commit = resolveRef(repository, ref);
  if (!commit) {
    throw new GitHubError(422, `No commit found for SHA: ${ref}`);
  }
  return commit;
}

function touches(repository: Repository, commit: Commit, path: string): boolean {
  const folder = path.endsWith('/') ? path : `${path}/`;
  return changedFiles(repository, commit).some((file) => file.path === path || file.path.startsWith(folder));
}

function isWithin(commit: Commit, { since, until }: { since: string | null; until: string | null }): boolean {
  return (since === null || commit.date >= new Date(since)) && (until === null || commit.date <= new Date(until));
}

function listCommits(world: World, call: Call): Answer {
  const repository = repositoryOf(call);
  const path = call.query.get('path');
  const author = call.query.get('author');
  const range = { since: call.query.get('since'), until: call.query.get('until') };
  const tip = found(resolveRef(repository, call.query.get('sha') ?? repository.defaultBranch));
  const commits = ancestry(repository, tip.sha).filter(
    (commit) =>
      isWithin(commit, range) &&
      (author === null || commit.author.login === author) &&
      (path === null || path === '' || touches(repository, commit, path.replace(/^\//, ''))),
  );
  return list(commits.map((commit) => commitJson(world, repository, commit)));
}

function comparisonStatus(ahead: number, behind: number): string {
  if (ahead > 0) {
    return behind > 0 ? 'diverged' : 'ahead';
  }
  return behind > 0 ? 'behind' : 'identical';
}

/** `base...head`; either side may be `owner:branch`, which a fork network resolves to the same commits. */
function sides(world: World, repository: Repository, basehead: string): { base: Commit; head: Commit } {
  const resolve = (side: string): Commit => {
    const [owner, branch] = side.includes(':') ? side.split(':', 2) : [undefined, side];
    const from = owner ? world.store.repositories.get(`${owner}/${repository.name}`) : repository;
    return found(from && resolveRef(from, branch ?? ''));
  };
  const [base = '', head = ''] = basehead.split('...');
  return { base: resolve(base), head: resolve(head) };
}

function compare(world: World, call: Call): Answer {
  const repository = repositoryOf(call);
  const { base, head } = sides(world, repository, param(call, 'basehead'));
  const ahead = commitsBetween(repository, base.sha, head.sha);
  const behind = commitsBetween(repository, head.sha, base.sha);
  const page = `${world.url}/${fullName(repository)}/compare/${base.sha}...${head.sha}`;
  const shown = paged(ahead, call.query);
  return ok({
    url: `${repositoryUrl(world, repository)}/compare/${base.sha}...${head.sha}`,
    html_url: page,
    permalink_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    base_commit: commitJson(world, repository, base),
    merge_base_commit: commitJson(world, repository, found(mergeBase(repository, base.sha, head.sha))),
    status: comparisonStatus(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: shown.map((commit) => commitJson(world, repository, commit)),
    files: changesBetween(repository, base.sha, head.sha)
      .slice(0, 300)
      .map((file) => changedFileJson(world, { repository, sha: head.sha, file })),
  });
}

/** Comparisons page their commits, 250 when nothing is asked for. */
function paged(commits: readonly Commit[], query: URLSearchParams): readonly Commit[] {
  const perPage = Math.min(Number(query.get('per_page') ?? 250), 250);
  const page = Number(query.get('page') ?? 1);
  return commits.slice((page - 1) * perPage, page * perPage);
}

export function createCommitRoutes(world: World): Routes {
  return {
    'repos/get-commit': (call) => {
      const repository = repositoryOf(call);
      const commit = commitAt(repository, param(call, 'ref'));
      if (call.accept.includes('.sha')) {
        return {
          status: 200,
          body: commit.sha,
          headers: { 'content-type': 'application/vnd.github.sha; charset=utf-8' },
        };
      }
      return ok(commitWithFilesJson(world, repository, commit));
    },
    'repos/list-commits': (call) => listCommits(world, call),
    'repos/compare-commits-with-basehead': (call) => compare(world, call),
  };
}
