import type { EnvironmentIdentity, EnvironmentOwner } from './environment.ts';

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
  /** On a secret with credentials of a database: the resource id of the cluster that took the password, and when it did. */
  appliedTo: 'AppliedTo',
  appliedAt: 'AppliedAt',
  /** On a source of clones, which is no environment's: the platform that it was made for. */
  sourceOf: 'SourceOf',
  /** On a service: what it was last told to run, so that a rollback is not taken for drift. */
  deployed: 'Deployed',
  /** Put on by people: with any value but `false`, the environment is not deleted for having expired or lost its record. */
  protect: 'Protect',
} as const;

/** The values that mark a resource as one of ours, under their keys' names. */
export const TAG_MARKS = { ephemeralEnv: 'true', managedBy: 'mayfly' } as const;

/** What a resource's tags say of it. */
export interface DecodedTags {
  readonly name: string;
  readonly environmentName: string;
  readonly repository: string;
  /** Null where there is none: an environment of Terraform's. */
  readonly pullRequest: number | null;
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

/**
 * Undefined when the tags do not say that the resource is an environment's, and of which. No pull request is a statement,
 * and one that is no number is none.
 */
export function decodeTags(tags: Readonly<Record<string, string>>): DecodedTags | undefined {
  const environmentName = tags[TAG_KEYS.environment];
  const repository = tags[TAG_KEYS.repository];
  const pullRequest = tags[TAG_KEYS.pullRequest];
  if (!isMarkedAsOurs(tags) || !environmentName || !repository || !isPullRequest(pullRequest)) {
    return undefined;
  }
  return {
    name: tags[TAG_KEYS.name] ?? '',
    environmentName,
    repository,
    pullRequest: pullRequest === undefined ? null : Number(pullRequest),
    branch: tags[TAG_KEYS.branch] ?? '',
    commit: tags[TAG_KEYS.commit] ?? '',
    expiresAt: parseTtl(tags[TAG_KEYS.ttl] ?? ''),
  };
}

/** The tags that together say whose a resource is. */
export function ownershipTags({ name, pullRequest }: EnvironmentOwner): Record<string, string> {
  const { repository, number } = pullRequest;
  return {
    [TAG_KEYS.environment]: name,
    [TAG_KEYS.ephemeralEnv]: TAG_MARKS.ephemeralEnv,
    [TAG_KEYS.repository]: repository,
    ...(number === null ? {} : { [TAG_KEYS.pullRequest]: String(number) }),
    [TAG_KEYS.managedBy]: TAG_MARKS.managedBy,
  };
}

/**
 * Whether a resource's tags prove that it was made for this environment. Nothing is changed or deleted without this
 * proof. Every one of the five must match exactly; a missing one proves nothing, but for the number of an environment
 * that has no pull request: there the tag must be missing. Of an environment that has to be over, the thing has to be.
 */
export function provesOwnership(tags: Readonly<Record<string, string>>, environment: EnvironmentOwner): boolean {
  const wanted = { [TAG_KEYS.pullRequest]: undefined, ...ownershipTags(environment) };
  return Object.entries(wanted).every(([key, value]) => tags[key] === value) && isOver(tags, environment.overSince);
}

function isOver(tags: Readonly<Record<string, string>>, since: Date | undefined): boolean {
  if (since === undefined) {
    return true;
  }
  const expiresAt = parseTtl(tags[TAG_KEYS.ttl] ?? '');
  return expiresAt !== undefined && expiresAt <= since && !isProtected(tags);
}

/** Whether somebody asked that it be kept. What they wrote matters only where it is `false`. */
export function isProtected(tags: Readonly<Record<string, string>>): boolean {
  const value = tags[TAG_KEYS.protect];
  return value !== undefined && value.trim().toLowerCase() !== 'false';
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

function isPullRequest(value: string | undefined): boolean {
  return value === undefined || /^[1-9]\d{0,9}$/.test(value);
}

function parseTtl(text: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(text)) {
    return undefined;
  }
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}
