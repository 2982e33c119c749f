import { stringify } from 'yaml';

/**
 * One environment told twice, to Mayfly and to Terraform: a clone, and two services that know where it is. It has as many
 * things as either makes of it, and the same ones.
 */
const SERVICES = { api: 'vol-app/api:release-v9.1.0', web: 'vol-app/selfserve:release-v9.1.0' } as const;
const PORT = 8080;
const DATABASE = 'app';

/** `.github/ephemeral.yml`. */
export function blueprintOfShape(): string {
  const services = Object.entries(SERVICES).map(([name, image]) => [
    name,
    { image, port: PORT, host: name, environment: { DB_HOST: '${db.endpoint}' } },
  ]);
  return stringify({ version: 1, services: Object.fromEntries(services), database: { name: DATABASE } });
}

/** `*.tfvars.json`. */
export function variablesOfShape(registry: string): string {
  const services = Object.entries(SERVICES).map(([name, image]) => [
    name,
    {
      image: `${registry}/${image}`,
      port: PORT,
      hosts: [name],
      environment: { DB_HOST: '${db.endpoint}' },
    },
  ]);
  return JSON.stringify({ services: Object.fromEntries(services), database: { name: DATABASE } });
}
