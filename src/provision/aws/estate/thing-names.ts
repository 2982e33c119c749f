import type { ResourceKind } from '../../../domain/resource.ts';

/** Kinds that are called `<platform>-<environment>…` in a space that all platforms of the account share. */
const SHARED_SPACES: readonly ResourceKind[] = [
  'clone-cluster',
  'clone-instance',
  'service',
  'target-group',
  'task-definition',
];

/** What stands behind a name that was cut to its limit, and the number of a cluster's first instance behind that. */
const CUT_OFF = /-[0-9a-f]{8}(-1)?$/;

/**
 * Whether a thing can be this platform's by its name. That it begins with the platform's is not enough: next to `mayfly`
 * there may be a platform `mayfly-dev`, which tags as this one does.
 */
export function isOfPlatform(
  { kind, name }: { kind: ResourceKind; name: string },
  of: { platform: string; environment: string },
): boolean {
  return !SHARED_SPACES.includes(kind) || isNamedFor(name, of);
}

/** Exported for tests. */
export function isNamedFor(name: string, of: { platform: string; environment: string }): boolean {
  const own = `${of.platform}-${of.environment}`.toLowerCase();
  const given = name.toLowerCase();
  if (given === own || given.startsWith(`${own}-`)) {
    return true;
  }
  const kept = given.replace(CUT_OFF, '');
  return kept !== given && kept.length > of.platform.length && own.startsWith(kept);
}
