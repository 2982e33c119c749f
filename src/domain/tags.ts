import type { EnvironmentIdentity } from './environment.ts';

/**
 * Every tag key Mayfly writes, and no other file spells one. Together the first nine are enough to find, judge and
 * delete an environment whose record is lost.
 */
export const TAG_KEYS = {
  name: 'Name',
  environment: 'Environment',
  /** When the environment expires: RFC 3339, UTC, whole seconds. */
  ttl: 'TTL',
  branch: 'Branch',
  ephemeralEnv: 'EphemeralEnv',
  repository: 'Repository',
  pullRequest: 'PullRequest',
  commit: 'Commit',
  managedBy: 'ManagedBy',
  /** Digest of what a task definition or a secret was made of, so that an unchanged one is not made again. */
  contentHash: 'ContentHash',
  /** On a database's credentials: the resource id of the cluster that took the password, and when it did. */
  appliedTo: 'AppliedTo',
  appliedAt: 'AppliedAt',
  /** On a service: what it was last told to run, so that a rollback is not taken for drift. */
  deployed: 'Deployed',
} as const;

/** The values that mark a resource as one of ours, under their keys' names. */
export const TAG_MARKS = { ephemeralEnv: 'true', managedBy: 'mayfly' } as const;

/** What a resource's tags say of it. */
export interface DecodedTags {
  readonly name: string;
  readonly environmentName: string;
  readonly repository: string;
  readonly pullRequest: number;
  readonly branch: string;
  readonly commit: string;
  /** Undefined when the tag is missing or unreadable: somebody has to look, and nothing may be concluded from it. */
  readonly expiresAt: Date | undefined;
}

/** Longest value of a tag (Tag, in the API references). */
const MAX_VALUE_LENGTH = 256;

/** The tags of one resource. `name` is its physical name; `branch` is sanitised here. */
export function encodeTags(tagged: {
  environment: EnvironmentIdentity;
  name: string;
  branch: string;
  commit: string;
  expiresAt: Date;
}): Record<string, string> {
  const { environment, name, branch, commit, expiresAt } = tagged;
  return {
    [TAG_KEYS.name]: name,
    [TAG_KEYS.environment]: environment.name,
    [TAG_KEYS.ttl]: formatTtl(expiresAt),
    [TAG_KEYS.branch]: sanitiseTagValue(branch),
    [TAG_KEYS.ephemeralEnv]: TAG_MARKS.ephemeralEnv,
    [TAG_KEYS.repository]: environment.pullRequest.repository,
    [TAG_KEYS.pullRequest]: String(environment.pullRequest.number),
    [TAG_KEYS.commit]: commit,
    [TAG_KEYS.managedBy]: TAG_MARKS.managedBy,
  };
}

/** Undefined when the tags do not say that Mayfly made the resource, for which environment and for which pull request. */
export function decodeTags(tags: Readonly<Record<string, string>>): DecodedTags | undefined {
  const environmentName = tags[TAG_KEYS.environment];
  const repository = tags[TAG_KEYS.repository];
  const pullRequest = tags[TAG_KEYS.pullRequest];
  if (!isMarkedAsOurs(tags) || !environmentName || !repository || !pullRequest || !/^[1-9]\d{0,9}$/.test(pullRequest)) {
    return undefined;
  }
  return {
    name: tags[TAG_KEYS.name] ?? '',
    environmentName,
    repository,
    pullRequest: Number(pullRequest),
    branch: tags[TAG_KEYS.branch] ?? '',
    commit: tags[TAG_KEYS.commit] ?? '',
    expiresAt: parseTtl(tags[TAG_KEYS.ttl] ?? ''),
  };
}

/**
 * Whether a resource's tags prove that Mayfly made it for this environment. Nothing is changed or deleted without this
 * proof. Every one of the five must match exactly; a missing one proves nothing.
 */
export function provesOwnership(tags: Readonly<Record<string, string>>, environment: EnvironmentIdentity): boolean {
  return (
    isMarkedAsOurs(tags) &&
    tags[TAG_KEYS.environment] === environment.name &&
    tags[TAG_KEYS.repository] === environment.pullRequest.repository &&
    tags[TAG_KEYS.pullRequest] === String(environment.pullRequest.number)
  );
}

/** `2026-11-29T22:40:00Z`: RFC 3339, UTC, whole seconds, rounded down. */
export function formatTtl(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}Z`;
}

/**
 * What every AWS service takes as a tag value: ASCII letters, digits, space and `_ . : / = + - @`, at most 256 of them,
 * and no reserved `aws:` or `rds:` in front (Tag, in the API references). Other letters lose their accents; the rest
 * becomes `-`.
 */
export function sanitiseTagValue(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^A-Za-z0-9 _.:/=+\-@]+/g, '-')
    .trim()
    .replace(/^(aws|rds):/i, '$1-')
    .slice(0, MAX_VALUE_LENGTH)
    .trimEnd();
}

function isMarkedAsOurs(tags: Readonly<Record<string, string>>): boolean {
  return tags[TAG_KEYS.ephemeralEnv] === TAG_MARKS.ephemeralEnv && tags[TAG_KEYS.managedBy] === TAG_MARKS.managedBy;
}

function parseTtl(text: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(text)) {
    return undefined;
  }
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}
