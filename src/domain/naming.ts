import { shortDigest } from './digest.ts';
import { type EnvironmentIdentity, environmentId, type PullRequestRef } from './environment.ts';

/**
 * Names of standing environments and of hosts beside them. No environment is ever called one of these: an application
 * that derives its secrets and buckets from its environment's name would reach into the real one, as dvsa/vol-app would.
 * `mayfly` is where webhooks are taken: at `mayfly.<zone>`, which would go with an environment of that name.
 */
export const RESERVED_NAMES: ReadonlySet<string> = new Set(
  (
    'app apps api da default demo dev development int integration internal live local localhost main master mayfly ' +
    'pp pre prep preprod preview prod prodsupp production proving public qa reg shared stage staging test uat www'
  ).split(' '),
);

/**
 * What the database that clones are made of is called behind the platform's name, and the sources that are made beside it
 * (`nonprod-source`, `nonprod-source-20261120-3f9a`): an environment so called would have its clone named as one of them.
 * Whoever may change sources could then change it, and the policies forbid to tag what is called so as a clone.
 */
export const SOURCE_NAME = 'source';
/** All names that are a source's or begin like one. */
export const SOURCE_NAME_PATTERN = `^${SOURCE_NAME}(-|$)`;

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
  if (prefix === SOURCE_NAME) {
    return 'is what the databases are called that clones are made of';
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

/** Longest name of an environment. */
export const MAX_NAME_LENGTH = 30;
/** A DNS label without double hyphens, which RDS refuses, and with a letter first, which it wants. */
export const NAME_PATTERN = '^[a-z][a-z0-9]*(-[a-z0-9]+)*$';
/** What `environmentName` calls the environments of repositories without a prefix. */
export const PULL_REQUEST_NAME_PATTERN = '^pr-[0-9]+-[0-9a-f]{4}$';

/**
 * Why a name that somebody chose cannot be an environment's, as the end of a sentence that begins with the name;
 * undefined when it can. Names that a pull request's environment has, or may come to have, are no choice.
 */
export function chosenNameProblem(name: string, prefixes: EnvironmentPrefixes): string | undefined {
  if (!new RegExp(NAME_PATTERN).test(name)) {
    return 'is not a legal name: use lower case letters, digits and single hyphens, beginning with a letter';
  }
  if (name.length > MAX_NAME_LENGTH) {
    return `is ${name.length} characters long: a name has at most ${MAX_NAME_LENGTH}`;
  }
  if (RESERVED_NAMES.has(name)) {
    return 'is reserved: it is the name of a standing environment';
  }
  if (new RegExp(SOURCE_NAME_PATTERN).test(name)) {
    return 'is reserved: the databases that clones are made of are called so';
  }
  const [, prefix] = /^([a-z0-9]+)-\d+$/.exec(name) ?? [];
  const owner = Object.entries(prefixes).find(([, one]) => one === prefix)?.[0];
  if (owner !== undefined) {
    return `is reserved: it is what an environment of a pull request of ${owner} is called`;
  }
  return new RegExp(PULL_REQUEST_NAME_PATTERN).test(name)
    ? "is reserved: it is what a pull request's environment is called"
    : undefined;
}

/** The identity of a pull request's environment: the same for ever, whatever happens to its branch. */
export function identityOf(named: { pullRequest: PullRequestRef; prefixes: EnvironmentPrefixes }): EnvironmentIdentity {
  return { id: environmentId(named.pullRequest), pullRequest: named.pullRequest, name: environmentName(named) };
}
