import type { Probot } from 'probot';
import { asking } from './errors.ts';
import type { AppIdentity } from './publish/publishing.ts';

/** Asks GitHub who the app is. One call, as the app; to be made once, when the process starts. */
export async function readAppIdentity(probot: Pick<Probot, 'auth'>): Promise<AppIdentity> {
  const octokit = await probot.auth();
  return await asking('asking who the app is', async () => {
    const { data } = await octokit.rest.apps.getAuthenticated();
    if (!data) {
      throw new Error('GitHub does not know the app');
    }
    return { appId: data.id, ownLogin: `${data.slug ?? data.name}[bot]` };
  });
}
