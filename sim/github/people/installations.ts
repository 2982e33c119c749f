import { changeInstalledRepositories, installApp, uninstallApp } from '../behaviour/installations.ts';
import type { Installation, Permissions } from '../entities/installation.ts';
import type { World } from '../world.ts';

/** What an owner does with the app. */
export function createInstallations(world: World) {
  const { store } = world;
  return {
    /** On all repositories of the account, or on those named. */
    installApp: (at: {
      actor: string;
      account: string;
      repositories?: readonly string[];
      permissions?: Permissions;
    }): Installation =>
      installApp(world, store.account(at.actor), {
        account: store.account(at.account),
        ...(at.repositories && { repositories: at.repositories.map((name) => store.repository(name)) }),
        ...(at.permissions && { permissions: at.permissions }),
      }),
    uninstallApp: (at: { actor: string; installation: Installation }): void =>
      uninstallApp(world, store.account(at.actor), at.installation),
    changeInstalledRepositories: (at: {
      actor: string;
      installation: Installation;
      added?: readonly string[];
      removed?: readonly string[];
    }): void =>
      changeInstalledRepositories(world, store.account(at.actor), {
        installation: at.installation,
        added: (at.added ?? []).map((name) => store.repository(name)),
        removed: (at.removed ?? []).map((name) => store.repository(name)),
      }),
  };
}
