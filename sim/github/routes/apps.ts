import { randomBytes } from 'node:crypto';
import { takeManifestCode } from '../behaviour/registrations.ts';
import { covers, type Installation, type PermissionLevel, type Permissions } from '../entities/installation.ts';
import { fullName, type Repository } from '../entities/repository.ts';
import { GitHubError, unprocessable } from '../errors.ts';
import { type Call, created, found, list, numberParam, ok, param, type Routes } from '../http/call.ts';
import { listAt, objectAt } from '../json.ts';
import { appJson, installationJson } from '../wire/app.ts';
import { instant } from '../wire/instant.ts';
import { repositoryJson } from '../wire/repository.ts';
import type { World } from '../world.ts';

const tokenLifetimeMilliseconds = 60 * 60 * 1000;

function installationOf(world: World, call: Call): Installation {
  return found(world.store.installations.get(numberParam(call, 'installation_id')));
}

function isLevel(value: unknown): value is PermissionLevel {
  return value === 'read' || value === 'write' || value === 'admin';
}

/** What the token may do: what was asked for, which must be within what the installation grants. */
function permissionsOf(installation: Installation, call: Call): Permissions {
  const wanted = Object.entries(objectAt(call.body, 'permissions'));
  const levels: readonly PermissionLevel[] = ['read', 'write', 'admin'];
  const excessive = wanted.some(([name, level]) => {
    const granted = installation.permissions[name];
    return !granted || !isLevel(level) || levels.indexOf(level) > levels.indexOf(granted);
  });
  if (excessive) {
    throw unprocessable('The permissions requested are not granted to this installation.');
  }
  const requested = Object.fromEntries(wanted.filter((entry): entry is [string, PermissionLevel] => isLevel(entry[1])));
  return wanted.length > 0 ? requested : installation.permissions;
}

function repositoriesFor(world: World, installation: Installation, call: Call): Set<Repository> | undefined {
  const names = listAt(call.body, 'repositories');
  const ids = listAt(call.body, 'repository_ids');
  if (!names && !ids) {
    return undefined;
  }
  const all = [...world.store.repositories.values()].filter((repository) => covers(installation, repository));
  const picked = all.filter(({ name, id }) => names?.includes(name) || ids?.includes(id));
  if (picked.length < (names?.length ?? 0) + (ids?.length ?? 0)) {
    throw unprocessable(
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    );
  }
  return new Set(picked);
}

function createToken(world: World, call: Call, clientNow: () => Date) {
  const installation = installationOf(world, call);
  if (installation.suspendedAt) {
    throw new GitHubError(403, 'This installation has been suspended');
  }
  const token = `ghs_${randomBytes(18).toString('hex')}`;
  const expiresAt = new Date(clientNow().getTime() + tokenLifetimeMilliseconds);
  const permissions = permissionsOf(installation, call);
  const repositories = repositoriesFor(world, installation, call);
  world.store.tokens.set(token, { token, installation, permissions, repositories, expiresAt });
  return created({
    token,
    expires_at: instant(expiresAt),
    permissions,
    repository_selection: repositories ? 'selected' : installationJson(world, installation)['repository_selection'],
    ...(repositories && { repositories: [...repositories].map((repository) => repositoryJson(world, repository)) }),
  });
}

function listAccessible(world: World, call: Call) {
  const { caller } = call;
  if (caller.kind !== 'installation') {
    throw new GitHubError(
      403,
      'You must authenticate with an installation access token in order to list repositories for an installation.',
    );
  }
  const { installation, repositories } = caller.token;
  const accessible = [...world.store.repositories.values()]
    .filter((repository) => covers(installation, repository) && (repositories?.has(repository) ?? true))
    .toSorted((a, b) => fullName(a).localeCompare(fullName(b)))
    .map((repository) => repositoryJson(world, repository));
  return list(accessible, (page) => ({
    total_count: accessible.length,
    repository_selection: installation.repositories ? 'selected' : 'all',
    repositories: page,
  }));
}

export function createAppRoutes(world: World, clientNow: () => Date): Routes {
  return {
    'apps/create-from-manifest': (call) => {
      const { clientId, clientSecret, webhookSecret, privateKeyPem } = found(
        takeManifestCode(world, param(call, 'code'), clientNow()),
      );
      return created({
        ...appJson(world),
        client_id: clientId,
        client_secret: clientSecret,
        webhook_secret: webhookSecret,
        pem: privateKeyPem,
      });
    },
    'apps/get-authenticated': () => ok({ ...appJson(world), installations_count: world.store.installations.size }),
    'apps/list-installations': () =>
      list([...world.store.installations.values()].map((installation) => installationJson(world, installation))),
    'apps/get-installation': (call) => ok(installationJson(world, installationOf(world, call))),
    'apps/get-repo-installation': (call) => {
      const repository = found(world.store.repositories.get(`${param(call, 'owner')}/${param(call, 'repo')}`));
      return ok(installationJson(world, found(world.store.installationOn(repository))));
    },
    'apps/create-installation-access-token': (call) => createToken(world, call, clientNow),
    'apps/list-repos-accessible-to-installation': (call) => listAccessible(world, call),
  };
}
