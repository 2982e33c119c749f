import type { PullRequestRef } from '../domain/environment.ts';
import { TerminalError } from '../domain/failure.ts';
import type { Forge, PullRequestFacts } from '../reconcile/forge.ts';
import { isListed } from './bots.ts';
import { asking, isNotFound } from './errors.ts';
import { filesBelow, filesOf } from './folder.ts';
import { labelHistoryOf } from './label-history.ts';
import type { Octokit, OctokitSource } from './octokit-source.ts';
import { hasPermission } from './permission.ts';
import { type PullRequestData, snapshotOf } from './pull-request-snapshot.ts';
import { ownerAndRepo } from './repository-name.ts';

/** GitHub as the reconciler reads it. `allowedBots` are obeyed as people are. */
export function createForge(octokits: OctokitSource, { allowedBots }: { allowedBots: readonly string[] }): Forge {
  const pull = (ref: PullRequestRef) => ({ ...ownerAndRepo(ref.repository), pull_number: ref.number });

  return {
    async pullRequest(ref, installationId) {
      const octokit = await octokits.forInstallation(installationId);
      return await asking(
        'reading the pull request',
        async () => await unlessNotFound(async () => factsOf((await octokit.rest.pulls.get(pull(ref))).data)),
      );
    },
    async file({ repository, installationId, path, sha }) {
      const octokit = await octokits.forInstallation(installationId);
      return await asking(
        `reading ${path}`,
        async () => await unlessNotFound(async () => await readFile(octokit, { repository, path, sha })),
      );
    },
    async filesBelow({ repository, installationId, path, sha }) {
      const octokit = await octokits.forInstallation(installationId);
      return await asking(
        `listing ${path}`,
        async () => await unlessNotFound(async () => await filesBelow(octokit, { repository, path, sha })),
      );
    },
    async tree({ repository, installationId, sha }) {
      const octokit = await octokits.forInstallation(installationId);
      return await asking('listing all files', async () => await filesOf(octokit, { repository, sha }));
    },
    async changedPaths(ref, installationId) {
      const octokit = await octokits.forInstallation(installationId);
      return await asking('reading the changed paths', async () => {
        const files = await octokit.paginate(octokit.rest.pulls.listFiles, { ...pull(ref), per_page: 100 });
        // A renamed file leaves its old path changed as well.
        const paths = files.flatMap(({ filename, previous_filename: before }) =>
          before ? [filename, before] : [filename],
        );
        return [...new Set(paths)].sort();
      });
    },
    async lastCommitTouching({ repository, installationId, branch, paths }) {
      const octokit = await octokits.forInstallation(installationId);
      return await asking(
        `reading the history of ${branch}`,
        async () => await unlessNotFound(async () => await lastCommit(octokit, { repository, branch, paths })),
      );
    },
    async labelHistory({ repository, number }, installationId, label) {
      const octokit = await octokits.forInstallation(installationId);
      const events = await asking(
        "reading the label's history",
        async () => await unlessNotFound(async () => await eventsOf(octokit, { repository, number })),
      );
      return labelHistoryOf(events ?? [], label);
    },
    async botBehind({ repository, installationId, sha }) {
      const octokit = await octokits.forInstallation(installationId);
      return await asking('reading who wrote the commit', async () => {
        const { data } = await octokit.rest.repos.getCommit({ ...ownerAndRepo(repository), ref: sha });
        const author = data.author && 'login' in data.author ? data.author : undefined;
        return author?.type === 'Bot' && !isListed(author.login, allowedBots) ? author.login : undefined;
      });
    },
    async mayRead({ repository, installationId, login }) {
      const octokit = await octokits.forInstallation(installationId);
      return await hasPermission(octokit, { repository, login, needed: 'read' });
    },
    async removeLabel({ repository, number }, installationId, label) {
      const octokit = await octokits.forInstallation(installationId);
      await asking(
        'removing the label',
        async () =>
          await unlessNotFound(
            async () =>
              await octokit.rest.issues.removeLabel({ ...ownerAndRepo(repository), issue_number: number, name: label }),
          ),
      );
    },
  };
}

async function eventsOf(octokit: Octokit, { repository, number }: PullRequestRef) {
  const issue = { ...ownerAndRepo(repository), issue_number: number, per_page: 100 };
  return await octokit.paginate(octokit.rest.issues.listEvents, issue);
}

async function unlessNotFound<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (isNotFound(error)) {
      return undefined;
    }
    throw error;
  }
}

function factsOf(
  data: PullRequestData & {
    state: string;
    merged: boolean;
    closed_at: string | null;
    labels: readonly { name: string }[];
    base: { repo: { full_name: string } };
    head: { repo: { pushed_at: string | null } | null };
  },
): PullRequestFacts {
  const pushedAt = data.head.repo?.pushed_at;
  return {
    ...snapshotOf(data),
    repository: data.base.repo.full_name,
    open: data.state === 'open',
    merged: data.merged,
    ...(data.closed_at && { closedAt: new Date(data.closed_at) }),
    labels: data.labels.map(({ name }) => name).sort(),
    ...(pushedAt && { pushedAt: new Date(pushedAt) }),
  };
}

async function readFile(
  octokit: Octokit,
  { repository, path, sha }: { repository: string; path: string; sha: string },
): Promise<string | undefined> {
  const { data } = await octokit.rest.repos.getContent({ ...ownerAndRepo(repository), path, ref: sha });
  if (Array.isArray(data) || data.type !== 'file' || !('content' in data)) {
    return undefined;
  }
  // "If the requested file's size is between 1-100 MB ... the content field will be an empty string" (contents API).
  if (data.content === '' && data.size > 0) {
    throw new TerminalError('FileTooLarge', `${path} is larger than 1 MB, and GitHub does not show it`, {
      actor: 'author',
    });
  }
  return Buffer.from(data.content, 'base64').toString('utf8');
}

/** GitHub takes one path a call: the newest of their answers, by commit time, is the newest of all. */
async function lastCommit(
  octokit: Octokit,
  { repository, branch, paths }: { repository: string; branch: string; paths: readonly string[] },
): Promise<string | undefined> {
  const asked = paths.length === 0 ? [undefined] : [...new Set(paths)];
  const answers = await Promise.all(
    asked.map(
      async (path) =>
        await octokit.rest.repos.listCommits({
          ...ownerAndRepo(repository),
          sha: branch,
          per_page: 1,
          ...(path === undefined ? {} : { path }),
        }),
    ),
  );
  const commits = answers.flatMap(({ data }) => data);
  const when = (commit: (typeof commits)[number]): number => Date.parse(commit.commit.committer?.date ?? '') || 0;
  return commits.toSorted((a, b) => when(b) - when(a) || (a.sha < b.sha ? -1 : 1))[0]?.sha;
}
