import type { Permission, Permissions } from '../reconcile/inbox/authorise.ts';
import { asking, isNotFound } from './errors.ts';
import type { Octokit, OctokitSource } from './octokit-source.ts';
import { ownerAndRepo } from './repository-name.ts';

/** Asks GitHub, now, whether somebody has a permission; a stranger has none. One call. */
export function createPermissions(octokits: Pick<OctokitSource, 'forInstallation'>): Permissions {
  return {
    async has({ installationId, ...person }) {
      return await hasPermission(await octokits.forInstallation(installationId), person);
    },
  };
}

export async function hasPermission(
  octokit: Octokit,
  person: { repository: string; login: string; needed: Permission | 'read' },
): Promise<boolean> {
  return await asking('reading a permission', async () => {
    try {
      const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({
        ...ownerAndRepo(person.repository),
        username: person.login,
      });
      return allows(data, person.needed);
    } catch (error) {
      if (isNotFound(error)) {
        return false;
      }
      throw error;
    }
  });
}

/**
 * `permission` knows four words only: maintainers read `write`, triagers `read`. A role that an organisation made
 * itself has a name of its own, and says by `user.permissions` what it allows.
 */
function allows(
  answer: {
    permission: string;
    role_name: string;
    user: { permissions?: { triage?: boolean; push?: boolean } } | null;
  },
  needed: Permission | 'read',
): boolean {
  if (needed === 'read') {
    return answer.permission !== 'none';
  }
  if (answer.permission === 'admin' || answer.permission === 'write') {
    return true;
  }
  return needed === 'triage' && (answer.role_name === 'triage' || answer.user?.permissions?.triage === true);
}
