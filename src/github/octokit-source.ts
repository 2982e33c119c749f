import type { Probot, ProbotOctokit } from 'probot';

export type Octokit = ProbotOctokit;

/** GitHub as one installation of the app sees it. */
export interface OctokitSource {
  /** The same client each time for the same installation; it renews its token by itself. */
  forInstallation(installationId: number): Promise<Octokit>;
  /** Drops the client of an installation that is gone or was changed. */
  forget(installationId: number): void;
}

/** Clients of installations, made once each. */
export function createOctokitSource(probot: Pick<Probot, 'auth'>): OctokitSource {
  const clients = new Map<number, Promise<Octokit>>();

  async function create(installationId: number): Promise<Octokit> {
    const octokit = await probot.auth(installationId);
    renewRefusedTokens(octokit);
    return octokit;
  }

  return {
    async forInstallation(installationId) {
      const known = clients.get(installationId);
      if (known) {
        return await known;
      }
      const made = create(installationId);
      clients.set(installationId, made);
      made.catch(() => clients.delete(installationId));
      return await made;
    },
    forget(installationId) {
      clients.delete(installationId);
    },
  };
}

/**
 * A token is cached for 59 minutes, but GitHub may withdraw one earlier, and a clock that runs fast outlives it: one
 * refused as `401` is asked for anew, once, before the error counts.
 */
function renewRefusedTokens(octokit: Octokit): void {
  octokit.hook.wrap('request', async (request, options) => {
    try {
      return await request(options);
    } catch (error) {
      if (!(error instanceof Error && 'status' in error && error.status === 401)) {
        throw error;
      }
      await octokit.auth({ type: 'installation', refresh: true });
      return await request(options);
    }
  });
}
