/** An image as a blueprint names it. */
export type ImageName =
  /** In the registry the blueprint speaks of. `tag` is a template, or null: then the blueprint's tag templates give it. */
  | { readonly origin: 'registry'; readonly name: string; readonly tag: string | null }
  /** Anywhere else: taken as it stands, and never waited for. */
  | { readonly origin: 'external'; readonly reference: string };

/**
 * Reads `api`, `api:1.2`, `liquibase:${ref.etl}` (a name in the registry) and `public.ecr.aws/docker/library/redis:7` (a
 * full reference, known by the host in front). Undefined when it is none of these, or a full one without tag or digest:
 * what `latest` is today nobody can tell tomorrow, so it has to be written down.
 */
export function parseImageName(text: string): ImageName | undefined {
  if (isFullReference(text)) {
    return /^[^\s@:]+(:\d+)?(\/[a-z0-9._-]+)+(:[A-Za-z0-9_][\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/.test(text) &&
      /[:@][^/]+$/.test(text)
      ? { origin: 'external', reference: text }
      : undefined;
  }
  const named = /^([a-z0-9]+(?:[._/-][a-z0-9]+)*)(?::((?:\$\{[^}\s]+\}|[\w.-])+))?$/.exec(text);
  return named?.[1] === undefined ? undefined : { origin: 'registry', name: named[1], tag: named[2] ?? null };
}

/**
 * The host and the repository of a name. `registry` is the blueprint's: a host with an optional path, a path in the
 * platform's registry, or null for that registry itself.
 */
export function repositoryOf(
  name: string,
  { registry, platformRegistry }: { registry: string | null; platformRegistry: string },
): { registry: string; repository: string } {
  const [first = '', ...path] = registry?.split('/') ?? [platformRegistry];
  return isHost(first)
    ? { registry: first, repository: [...path, name].join('/') }
    : { registry: platformRegistry, repository: [first, ...path, name].join('/') };
}

function isFullReference(text: string): boolean {
  const [first = '', ...rest] = text.split('/');
  return rest.length > 0 && isHost(first);
}

function isHost(segment: string): boolean {
  return /[.:]/.test(segment) || segment === 'localhost';
}
