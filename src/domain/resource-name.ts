import { shortDigest } from './digest.ts';
import type { EnvironmentIdentity } from './environment.ts';
import type { ResourceKind } from './resource.ts';
import { slugOf, withDigest } from './slug.ts';

export interface NamedResource {
  /** The platform's name: words of letters and digits, each beginning with a letter, joined by hyphens. */
  readonly platform: string;
  readonly environment: Pick<EnvironmentIdentity, 'name'>;
  readonly kind: ResourceKind;
  /** The service, task or other part of the environment it belongs to; none for what there is only one of. */
  readonly service?: string;
}

/**
 * The physical name of a resource: a pure function, legal at the limits of its service's API, so that a retried
 * create meets its own first attempt. Two resources of one kind never share a name, whatever their services are called.
 *
 * Kinds without a name of their own in AWS (rules, certificates, records, what only looks) get the same readable form
 * for their `Name` tag.
 */
export function resourceName(named: NamedResource): string {
  const { platform, environment, kind, service } = named;
  const path = [platform, environment.name, ...segment(service)];
  if (kind === 'log-group') {
    return ['/mayfly', ...path].join('/');
  }
  if (kind === 'secret') {
    return path.join('/');
  }
  if (kind === 'database-credentials') {
    return [...path, 'database'].join('/');
  }
  if (kind === 'database-user') {
    return [...path, 'database-user'].join('/');
  }
  if (kind === 'parameters') {
    return `/${path.join('/')}/`;
  }
  return hyphenatedName(named, { suffix: kind === 'clone-instance' ? '-1' : '' });
}

/**
 * 32 hexadecimal digits: the same request within an hour gets the same certificate (RequestCertificate, ACM API
 * reference, where a token is `\w{1,32}`).
 */
export function certificateToken(requested: {
  platform: string;
  environment: Pick<EnvironmentIdentity, 'name'>;
  names: readonly string[];
}): string {
  return shortDigest([requested.platform, requested.environment.name, ...requested.names].join('\n'), 32);
}

/** Longest names, hyphen and suffix included. What is not listed is not a name in AWS; 255 is the longest tag-safe text. */
const MAX_LENGTHS: Partial<Record<ResourceKind, number>> = {
  'target-group': 32,
  'clone-cluster': 63,
  'clone-instance': 63,
};
const MAX_LENGTH = 255;

function hyphenatedName(
  { platform, environment, kind, service }: NamedResource,
  { suffix }: { suffix: string },
): string {
  const maxLength = (MAX_LENGTHS[kind] ?? MAX_LENGTH) - suffix.length;
  const whole = [platform, environment.name, service].filter((part) => part !== undefined).join('/');
  const parts = [platform, environment.name, ...(service === undefined ? [] : [slugOf(service, MAX_LENGTH)])];
  const name = parts.join('-');
  const readable = name.length <= maxLength && (service === undefined || isUnambiguous(service));
  return `${readable ? name : withDigest(name, { of: whole, maxLength })}${suffix}`;
}

/**
 * Whether the service can stand behind an environment's name without being taken for its end: `pr-12` with the service
 * `cafe` would read as the environment `pr-12-cafe`. Nor may two services that differ only in what a slug drops meet.
 */
function isUnambiguous(service: string): boolean {
  return slugOf(service, MAX_LENGTH) === service && !/^([0-9a-f]{4}(-|$)|\d)/.test(service);
}

function segment(service: string | undefined): string[] {
  if (service === undefined) {
    return [];
  }
  const slug = slugOf(service, MAX_LENGTH);
  return [slug === service ? slug : withDigest(slug, { of: service, maxLength: MAX_LENGTH })];
}
