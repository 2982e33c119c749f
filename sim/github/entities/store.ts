import type { Account } from './account.ts';
import { covers, type Installation, type InstallationToken } from './installation.ts';
import type { ManifestCode } from './manifest-code.ts';
import { fullName, type Repository } from './repository.ts';

/** Everything this GitHub knows. Entities are live: changing one changes the world, without a webhook. */
export interface Store {
  /** By login. */
  readonly accounts: Map<string, Account>;
  /** People only, each with a `token` to act with. */
  readonly users: readonly Account[];
  /** By full name, `owner/name`. */
  readonly repositories: Map<string, Repository>;
  readonly installations: Map<number, Installation>;
  readonly tokens: Map<string, InstallationToken>;
  /** Of apps that were registered from a manifest, and whose secrets nobody has fetched yet; by code. */
  readonly manifestCodes: Map<string, ManifestCode>;
  /** The next number of the one sequence all ids come from. */
  nextId(): number;
  installationOn(repository: Repository): Installation | undefined;
  /** Throws RangeError when there is no such account. */
  account(login: string): Account;
  /** `owner/name`. Throws RangeError when there is no such repository. */
  repository(name: string): Repository;
  addRepository(repository: Repository): void;
}

export function createStore(): Store {
  const accounts = new Map<string, Account>();
  const repositories = new Map<string, Repository>();
  const installations = new Map<number, Installation>();
  let lastId = 73_000_000;
  return {
    accounts,
    repositories,
    installations,
    tokens: new Map(),
    manifestCodes: new Map(),
    get users() {
      return [...accounts.values()].filter((account) => account.type === 'User');
    },
    nextId() {
      lastId += 1;
      return lastId;
    },
    installationOn: (repository) =>
      [...installations.values()].find((installation) => covers(installation, repository)),
    account(login) {
      const account = accounts.get(login);
      if (!account) {
        throw new RangeError(`there is no account ${login}`);
      }
      return account;
    },
    repository(name) {
      const repository = repositories.get(name);
      if (!repository) {
        throw new RangeError(`there is no repository ${name}`);
      }
      return repository;
    },
    addRepository(repository) {
      repositories.set(fullName(repository), repository);
    },
  };
}
