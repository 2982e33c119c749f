import { shortDigest } from './digest.ts';
import { type EnvironmentIdentity, environmentId, type PullRequestRef } from './environment.ts';

/**
 * Names of standing environments and of hosts beside them. No environment is ever called one of these: an application
 * that derives its secrets and buckets from its environment's name would reach into the real one, as dvsa/vol-app would.
 */
export const RESERVED_NAMES: ReadonlySet<string> = new Set(
  (
    'app apps api da default demo dev development int integration internal live local localhost main master ' +
    'pp pre prep preprod preview prod prodsupp production proving public qa reg shared stage staging test uat www'
  ).split(' '),
);

const MAX_PREFIX_LENGTH = 8;

/** Prefixes by `owner/name`, as the platform document lists them. No two repositories share one. */
export type EnvironmentPrefixes = Readonly<Record<string, string>>;

/** Why a repository's prefix cannot be used; undefined when it can. */
export function prefixProblem(prefix: string): string | undefined {
  if (!/^[a-z][a-z0-9]*$/.test(prefix)) {
    return 'must be lower case letters and digits, beginning with a letter';
  }
  if (prefix.length > MAX_PREFIX_LENGTH) {
    return `must be at most ${MAX_PREFIX_LENGTH} characters long`;
  }
  return RESERVED_NAMES.has(prefix) ? 'is the name of a standing environment' : undefined;
}

/**
 * `vol-1721` for a repository with the prefix `vol`; `pr-1721-3f9c`, with a digest of the repository, for one without.
 * A prefix has no hyphen, so no two pull requests of listed repositories share a name. The number is a positive integer.
 */
export function environmentName({
  pullRequest,
  prefixes,
}: {
  pullRequest: PullRequestRef;
  prefixes: EnvironmentPrefixes;
}): string {
  const { repository, number } = pullRequest;
  const prefix = Object.hasOwn(prefixes, repository) ? prefixes[repository] : undefined;
  return prefix === undefined ? `pr-${number}-${shortDigest(repository.toLowerCase(), 4)}` : `${prefix}-${number}`;
}

/** The identity of a pull request's environment: the same for ever, whatever happens to its branch. */
export function identityOf(named: { pullRequest: PullRequestRef; prefixes: EnvironmentPrefixes }): EnvironmentIdentity {
  return { id: environmentId(named.pullRequest), pullRequest: named.pullRequest, name: environmentName(named) };
}
