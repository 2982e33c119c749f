/** What the pull requests of a history ask for. */
export const VARIANTS = ['one service', 'two services', 'a database', 'an hour'] as const;
export type Variant = (typeof VARIANTS)[number];

const HEALTH = { path: '/', interval: '5s', timeout: '2s', healthyThreshold: 2, unhealthyThreshold: 2, grace: '10s' };

function service(host: string): object {
  return { image: 'vol-app/api', port: 8080, host, healthCheck: HEALTH };
}

/**
 * The text of a blueprint (JSON is YAML). Images may be late: a clock that jumps, or an AWS that is slow, is no reason to
 * give up.
 */
export function blueprintOf(variant: Variant): string {
  const services =
    variant === 'two services' ? { web: service('web'), more: service('more') } : { web: service('web') };
  return JSON.stringify({
    version: 1,
    database: variant === 'a database' ? {} : false,
    images: { tag: 'branch-{slug}-{sha10}', deadline: '6h' },
    ...(variant === 'an hour' && { ttl: '1h' }),
    services,
  });
}
