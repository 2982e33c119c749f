import { TerminalError } from '../../domain/failure.ts';
import type { Elsewhere, Listing } from '../../domain/migrations/listing.ts';
import { MIGRATION_TOOLS } from '../../domain/migrations/tools.ts';
import { quoted } from '../../domain/quoted.ts';
import type { Clock } from '../clock.ts';
import type { Forge } from '../forge.ts';
import type { EnvironmentRecord } from '../store.ts';
import type { ChangelogReader, CommitPlace } from './changelog-reader.ts';
import type { MigrationsPlace } from './migrations-place.ts';

export interface ListingPorts {
  readonly clock: Clock;
  readonly forge: Pick<Forge, 'filesBelow' | 'lastCommitTouching' | 'mayRead'>;
  /** Missing where no changelog is read. */
  readonly changelogs?: ChangelogReader | undefined;
}

/**
 * Reads the migrations of an environment's commit. What somebody has to mend is said in the listing, and nothing hangs on
 * it; what passes by itself is thrown as `TransientError`. Undefined where it is in a changelog, and none is read.
 */
export async function listMigrations(
  record: EnvironmentRecord,
  place: MigrationsPlace,
  ports: ListingPorts,
): Promise<Listing | undefined> {
  const { path } = place;
  if (MIGRATION_TOOLS[place.tool].knownBy === 'changelog' && !ports.changelogs) {
    return undefined;
  }
  const readAt = ports.clock.now().toISOString();
  try {
    const commit = await commitOf(record, place, ports);
    if ('problem' in commit) {
      return { path, problem: commit.problem, readAt };
    }
    const { repository, sha } = commit;
    const elsewhere: Elsewhere | undefined = place.elsewhere ? { repository, sha } : undefined;
    return { path, ...(elsewhere && { elsewhere }), ...(await contentOf(commit, place, { ...ports, readAt })) };
  } catch (error) {
    if (error instanceof TerminalError) {
      return { path, problem: notCompared(error.message), readAt };
    }
    throw error;
  }
}

async function contentOf(
  commit: CommitPlace,
  place: MigrationsPlace,
  { forge, changelogs, readAt }: ListingPorts & { readAt: string },
) {
  if (!changelogs || MIGRATION_TOOLS[place.tool].knownBy === 'file names') {
    return { files: (await forge.filesBelow({ ...commit, path: place.path })) ?? null };
  }
  const read = await changelogs.read(commit, place);
  const remedy = 'Correct `database.migrations.path`, or say in `database.migrations.searchPath` where names begin.';
  return 'problem' in read ? { problem: `${notCompared(read.problem)} ${remedy}`, readAt } : read;
}

/**
 * Another repository's is read only for somebody who could read it there as well: the blueprint may name any repository that
 * the app can see, and what is read is shown on the pull request.
 */
async function commitOf(
  { identity, installationId, intent }: EnvironmentRecord,
  { elsewhere }: MigrationsPlace,
  { forge }: ListingPorts,
): Promise<CommitPlace | { readonly problem: string }> {
  const own = identity.pullRequest.repository;
  if (!elsewhere) {
    return { repository: own, installationId, sha: intent.headSha };
  }
  const { repository, ref } = elsewhere;
  const problem = (why: string) => ({ problem: notCompared(why) });
  if (ownerOf(repository) !== ownerOf(own)) {
    return problem(`${quoted(repository)} belongs to another owner than ${quoted(own)}`);
  }
  const at = { repository, installationId };
  const sha = await forge.lastCommitTouching({ ...at, branch: ref, paths: [] });
  if (sha === undefined) {
    return problem(
      `There is no ${quoted(ref)} in a repository ${quoted(repository)}, or Mayfly is not installed on it`,
    );
  }
  return (await forge.mayRead({ ...at, login: intent.owner }))
    ? { ...at, sha }
    : problem(
        `${quoted(intent.owner)}, who asked for the environment, may not read ${quoted(repository)}, or Mayfly is not installed on it`,
      );
}

function ownerOf(repository: string): string {
  return (repository.split('/')[0] ?? '').toLowerCase();
}

function notCompared(why: string): string {
  return `${why}, so migrations are not compared.`;
}
