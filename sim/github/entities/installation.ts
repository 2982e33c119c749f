import type { Account } from './account.ts';
import type { Repository } from './repository.ts';

export type PermissionLevel = 'read' | 'write' | 'admin';

export interface Permissions {
  readonly [name: string]: PermissionLevel;
}

export interface Installation {
  readonly id: number;
  readonly account: Account;
  readonly permissions: Permissions;
  /** Undefined: all repositories of the account, also those to come. */
  repositories: Set<Repository> | undefined;
  readonly createdAt: Date;
  updatedAt: Date;
  suspendedAt: Date | undefined;
}

export interface InstallationToken {
  readonly token: string;
  readonly installation: Installation;
  readonly permissions: Permissions;
  /** Undefined: every repository of the installation. */
  readonly repositories: ReadonlySet<Repository> | undefined;
  readonly expiresAt: Date;
}

export function covers(installation: Installation, repository: Repository): boolean {
  return installation.repositories
    ? installation.repositories.has(repository)
    : installation.account === repository.owner;
}
