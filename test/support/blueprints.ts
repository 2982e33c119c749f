/** A service that is asked for little and answers soon; `overrides` wins. */
export function quickService(overrides: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    image: 'vol-app/api',
    port: 8080,
    host: 'web',
    healthCheck: { path: '/', interval: '5s', timeout: '2s', healthyThreshold: 2, unhealthyThreshold: 2, grace: '10s' },
    ...overrides,
  };
}

/**
 * A blueprint as text (JSON is YAML): one public service `web`, no database, images of the head's own tag as the local
 * cloud's builds push them. `overrides` replaces top-level keys.
 */
export function quickBlueprint(overrides: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify(
    {
      version: 1,
      database: false,
      images: { tag: 'branch-{slug}-{sha10}', deadline: '10m' },
      services: { web: quickService() },
      ...overrides,
    },
    null,
    2,
  );
}
