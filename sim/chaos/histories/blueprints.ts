/** What the pull requests of a history ask for. */
export const VARIANTS = ['one service', 'two services', 'a database', 'an hour'] as const;
export type Variant = (typeof VARIANTS)[number];

const HEALTH = { path: '/', interval: '5s', timeout: '2s', healthyThreshold: 2, unhealthyThreshold: 2, grace: '10s' };

/** Leads to the database in each way in which anything can: a name, a variable, a secret. */
const ITS_OWN_DATABASE = {
  database: { name: 'shop', credentials: 'user' },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a blueprint's own references
  aliases: { db: '${db.endpoint}' },
};
const LED_TO_IT = {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a blueprint's own references
  environment: { DATABASE_HOST: '${db.endpoint}' },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a blueprint's own references
  secrets: { DATABASE_PASSWORD: '${db.secretArn}:password::' },
};

function service(host: string): object {
  return { image: 'vol-app/api', port: 8080, host, healthCheck: HEALTH };
}

/**
 * The text of a blueprint (JSON is YAML). Images may be late: a clock that jumps, or an AWS that is slow, is no reason to
 * give up.
 */
export function blueprintOf(variant: Variant): string {
  const hasDatabase = variant === 'a database';
  const web = { ...service('web'), ...(hasDatabase && LED_TO_IT) };
  const services = variant === 'two services' ? { web, more: service('more') } : { web };
  return JSON.stringify({
    version: 1,
    ...(hasDatabase ? ITS_OWN_DATABASE : { database: false }),
    images: { tag: 'branch-{slug}-{sha10}', deadline: '6h' },
    ...(variant === 'an hour' && { ttl: '1h' }),
    services,
  });
}
