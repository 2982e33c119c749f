/**
 * The tags that mark a resource as Mayfly's, spelled here once more on purpose: a judge that took them from the product
 * would agree with a product that spelled them wrong.
 */
export type Tags = Readonly<Record<string, string>>;

export function isOurs(tags: Tags): boolean {
  return tags['ManagedBy'] === 'mayfly' && tags['EphemeralEnv'] === 'true';
}

/** What has to stand on a resource for it to be found, judged and deleted with Mayfly's own memory gone. */
const NEEDED = ['Name', 'Environment', 'TTL', 'Branch', 'EphemeralEnv', 'Repository', 'PullRequest', 'Commit'] as const;

/** Keys that are missing from a resource of ours; `TTL` also when it is no instant in RFC 3339. */
export function missingTags(tags: Tags): readonly string[] {
  return NEEDED.filter(
    (key) => !tags[key] || (key === 'TTL' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(tags[key] ?? '')),
  );
}

/** The tags in a request, in whichever of AWS's three shapes; none when it carries none. */
export function tagsIn(input: Readonly<Record<string, unknown>>): Tags {
  const given = input['Tags'] ?? input['tags'];
  if (Array.isArray(given)) {
    return Object.fromEntries(given.map(pairOf));
  }
  return isRecord(given) ? Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)])) : {};
}

function pairOf(tag: unknown): [string, string] {
  const { Key, Value, key, value } = isRecord(tag) ? tag : {};
  return [String(Key ?? key), String(Value ?? value)];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
