import type { Probot } from 'probot';
import { isAllowedBot, type Permission } from '../reconcile/inbox/authorise.ts';
import type { Roster } from '../reconcile/roster.ts';
import { asking } from './errors.ts';
import type { Octokit, OctokitSource } from './octokit-source.ts';
import { hasPermission } from './permission.ts';
import { ownerAndRepo } from './repository-name.ts';
import { createUnchangedLists } from './unchanged-lists.ts';

/** As many as GitHub puts on a page. */
const PER_PAGE = 100;

/** GitHub as a whole, as far as the app may see it. */
export function createRoster({
  probot,
  octokits,
  labelPermission,
  allowedBots,
  ownLogin,
}: {
  /** Acts as the app itself. */
  probot: Pick<Probot, 'auth'>;
  octokits: OctokitSource;
  labelPermission: Permission;
  allowedBots: readonly string[];
  ownLogin: string;
}): Roster {
  const lists = createUnchangedLists<number>();

  return {
    async installations() {
      const octokit = await probot.auth();
      return await asking('listing the installations', async () => {
        const all = await octokit.paginate(octokit.rest.apps.listInstallations, { per_page: PER_PAGE });
        return all.filter(({ suspended_at: suspendedAt }) => !suspendedAt).map(({ id }) => id);
      });
    },
    async repositories(installationId) {
      const octokit = await octokits.forInstallation(installationId);
      return await asking('listing the repositories of an installation', async () => {
        const all = await octokit.paginate(octokit.rest.apps.listReposAccessibleToInstallation, { per_page: PER_PAGE });
        return all.filter(({ archived }) => !archived).map(({ full_name: fullName }) => fullName);
      });
    },
    async labelled({ repository, installationId, label }) {
      const octokit = await octokits.forInstallation(installationId);
      return await asking(
        `listing the labelled pull requests of ${repository}`,
        async () =>
          await lists.read(`${installationId} ${repository} ${label}`, {
            firstPage: async (headers) => await labelledPage(octokit, { repository, label, page: 1, headers }),
            page: async (page) => await labelledPage(octokit, { repository, label, page, headers: {} }),
          }),
      );
    },
    async mayLabel({ person: { login, isBot }, pullRequest: { repository }, installationId }) {
      if (isBot) {
        return isAllowedBot(login, { allowedBots, ownLogin });
      }
      const octokit = await octokits.forInstallation(installationId);
      return await hasPermission(octokit, { repository, login, needed: labelPermission });
    },
  };
}

/**
 * Pull requests are issues to GitHub, and as issues they can be listed by label: a page of what is labelled, where the
 * list of pull requests would be all that is open. It is no search, so the search limit does not count.
 */
async function labelledPage(
  octokit: Octokit,
  {
    repository,
    label,
    page,
    headers,
  }: { repository: string; label: string; page: number; headers: Record<string, string> },
): Promise<{ items: number[]; etag: string | undefined; isLast: boolean }> {
  const { data, headers: answered } = await octokit.rest.issues.listForRepo({
    ...ownerAndRepo(repository),
    labels: label,
    state: 'open',
    per_page: PER_PAGE,
    page,
    headers,
  });
  return {
    items: data.filter(({ pull_request: pull }) => pull).map(({ number }) => number),
    etag: answered.etag,
    isLast: !answered.link?.includes('rel="next"'),
  };
}
