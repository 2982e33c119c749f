import { commitsBetween, resolveRef } from '../entities/history.ts';
import { fullName, type Repository, roleNames, roleOf } from '../entities/repository.ts';
import { GitHubError } from '../errors.ts';
import { type Answer, type Call, found, list, ok, param, type Routes, repositoryOf } from '../http/call.ts';
import type { JsonObject } from '../json.ts';
import { accountJson } from '../wire/account.ts';
import { commitJson } from '../wire/commit.ts';
import { simplePullRequestJson } from '../wire/pull-request.ts';
import { fullRepositoryJson, repositoryUrl } from '../wire/repository.ts';
import type { World } from '../world.ts';

/** The old four-step permission beside the role: maintain counts as write, triage as read. */
const permissionOfRole = { read: 'read', triage: 'read', write: 'write', maintain: 'write', admin: 'admin' } as const;

function roleFlags(repository: Repository, login: string): JsonObject {
  const role = roleOf(repository, login);
  const rank = role ? roleNames.indexOf(role) : -1;
  const flagOf = { read: 'pull', triage: 'triage', write: 'push', maintain: 'maintain', admin: 'admin' };
  return Object.fromEntries(roleNames.map((name, index) => [flagOf[name], index <= rank]));
}

function collaboratorPermission(world: World, call: Call): Answer {
  const repository = repositoryOf(call);
  const login = param(call, 'username');
  const account = world.store.accounts.get(login);
  if (!account || account.type === 'Organization') {
    throw new GitHubError(404, `${login} is not a user`);
  }
  const role = roleOf(repository, login);
  return ok({
    permission: role ? permissionOfRole[role] : 'none',
    role_name: role ?? 'none',
    user: { ...accountJson(world, account), role_name: role ?? 'none', permissions: roleFlags(repository, login) },
  });
}

function branchJson(world: World, repository: Repository, name: string): Answer {
  const commit = found(resolveRef(repository, found(repository.branches.get(name))));
  const self = `${repositoryUrl(world, repository)}/branches/${encodeURIComponent(name)}`;
  const page = `${world.url}/${fullName(repository)}/tree/${encodeURIComponent(name)}`;
  return ok({
    name,
    commit: commitJson(world, repository, commit),
    _links: { self, html: page },
    protected: false,
    protection: { enabled: false, required_status_checks: { enforcement_level: 'off', contexts: [], checks: [] } },
    protection_url: `${self}/protection`,
  });
}

function listBranches(world: World, repository: Repository): Answer {
  const names = [...repository.branches.keys()].toSorted();
  const branch = (name: string): JsonObject => {
    const sha = repository.branches.get(name) ?? '';
    return { name, commit: { sha, url: `${repositoryUrl(world, repository)}/commits/${sha}` }, protected: false };
  };
  return list(names.map(branch));
}

/** Pull requests whose branch holds the commit, open or not. */
function pullRequestsOf(world: World, repository: Repository, sha: string): Answer {
  const holding = [...repository.pullRequests.values()].filter(
    ({ base, head, merge }) =>
      merge?.sha === sha || commitsBetween(repository, base.sha, head.sha).some((commit) => commit.sha === sha),
  );
  return list(holding.map((pullRequest) => simplePullRequestJson(world, repository, pullRequest)));
}

export function createRepositoryRoutes(world: World): Routes {
  return {
    'repos/get': (call) => {
      const repository = repositoryOf(call);
      const { caller } = call;
      const permissions = caller.kind === 'user' ? { permissions: roleFlags(repository, caller.account.login) } : {};
      return ok({ ...fullRepositoryJson(world, repository), ...permissions });
    },
    'repos/get-collaborator-permission-level': (call) => collaboratorPermission(world, call),
    'repos/get-branch': (call) => branchJson(world, repositoryOf(call), param(call, 'branch')),
    'repos/list-branches': (call) => listBranches(world, repositoryOf(call)),
    'repos/list-pull-requests-associated-with-commit': (call) =>
      pullRequestsOf(world, repositoryOf(call), found(resolveRef(repositoryOf(call), param(call, 'commit_sha'))).sha),
  };
}
