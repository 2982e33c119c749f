import type { Account } from '../entities/account.ts';
import { covers, type Installation, type Permissions } from '../entities/installation.ts';
import { fullName, type Repository } from '../entities/repository.ts';
import { unprocessable } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { accountJson } from '../wire/account.ts';
import { installationJson } from '../wire/app.ts';
import { nodeId } from '../wire/instant.ts';
import type { World } from '../world.ts';

function shortRepository(repository: Repository): JsonObject {
  return {
    id: repository.id,
    node_id: nodeId('R', repository.id),
    name: repository.name,
    full_name: fullName(repository),
    private: repository.isPrivate,
  };
}

function repositoriesOf(world: World, installation: Installation): Repository[] {
  return [...world.store.repositories.values()].filter((repository) => covers(installation, repository));
}

/** Undefined repositories: all of the account. Throws a 422 when the app is installed there already. */
export function installApp(
  world: World,
  actor: Account,
  wanted: { account: Account; repositories?: readonly Repository[]; permissions?: Permissions },
): Installation {
  const { account, repositories } = wanted;
  if ([...world.store.installations.values()].some((other) => other.account === account)) {
    throw unprocessable(`${world.app.slug} is already installed on ${account.login}`);
  }
  const now = world.clock.now();
  const installation: Installation = {
    id: world.store.nextId(),
    account,
    permissions: wanted.permissions ?? world.app.permissions,
    repositories: repositories ? new Set(repositories) : undefined,
    createdAt: now,
    updatedAt: now,
    suspendedAt: undefined,
  };
  world.store.installations.set(installation.id, installation);
  emitInstallation(world, actor, { action: 'created', installation });
  return installation;
}

function emitInstallation(
  world: World,
  actor: Account,
  { action, installation }: { action: string; installation: Installation },
): void {
  const payload = {
    action,
    installation: installationJson(world, installation),
    repositories: repositoriesOf(world, installation).map(shortRepository),
    sender: accountJson(world, actor),
  };
  world.emit({ name: 'installation', sender: actor, payload });
}

export function uninstallApp(world: World, actor: Account, installation: Installation): void {
  emitInstallation(world, actor, { action: 'deleted', installation });
  world.store.installations.delete(installation.id);
  for (const [key, token] of world.store.tokens) {
    if (token.installation === installation) {
      world.store.tokens.delete(key);
    }
  }
}

/** Grants or withdraws repositories of an installation on selected repositories. */
export function changeInstalledRepositories(
  world: World,
  actor: Account,
  {
    installation,
    added = [],
    removed = [],
  }: { installation: Installation; added?: Repository[]; removed?: Repository[] },
): void {
  const selected = installation.repositories ?? new Set(repositoriesOf(world, installation));
  const kept = [...selected].filter((repository) => !removed.includes(repository));
  installation.repositories = new Set([...kept, ...added]);
  installation.updatedAt = world.clock.now();
  const changes = { added, removed };
  for (const [action, repositories] of Object.entries(changes).filter(([, list]) => list.length > 0)) {
    const payload = {
      action,
      installation: installationJson(world, installation),
      repository_selection: 'selected',
      repositories_added: action === 'added' ? repositories.map(shortRepository) : [],
      repositories_removed: action === 'removed' ? repositories.map(shortRepository) : [],
      requester: null,
      sender: accountJson(world, actor),
    };
    world.emit({ name: 'installation_repositories', sender: actor, payload });
  }
}
