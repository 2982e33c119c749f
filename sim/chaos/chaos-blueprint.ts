/**
 * A small application with one of everything that Mayfly makes: a clone with a password and a user of its own, a migration,
 * a secret, parameters, a host that needs a certificate of its own, an alias, a task without a host, a smoke check. What the second
 * version has not, Mayfly has to take away while the environment lives on.
 */
export function chaosBlueprint(version: 1 | 2): string {
  const own = { image: 'vol-app/api', environment: { DB: '${db.endpoint}', RELEASE: String(version) } };
  const healthCheck = {
    path: '/',
    interval: '5s',
    timeout: '2s',
    healthyThreshold: 2,
    unhealthyThreshold: 2,
    grace: '10m',
  };
  return JSON.stringify(
    {
      version: 1,
      // Of a fast clock, minutes are soon over on a busy machine: nothing here is to fail for being slow.
      images: { tag: 'branch-{slug}-{sha10}', deadline: '6h' },
      database: { name: 'shop', credentials: version === 1 ? 'user' : 'secret' },
      secrets: [
        { copy: 'DEVAPPDEV-BASE-SM-APPLICATION-API', to: 'CHAOS-${env.SLUG}', set: { release: String(version) } },
      ],
      parameters: [{ to: '/chaos/${env.slug}/', set: { domain: '${env.domain}', release: String(version) } }],
      aliases: { db: '${db.endpoint}' },
      services: {
        web: { ...own, port: 8080, host: 'web', healthCheck, dependsOn: ['database'] },
        ...(version === 1 && { worker: own }),
      },
      tasks: {
        migrate: {
          phase: 'pre-deploy',
          timeout: '12h',
          image: 'vol-app/liquibase:1a2b3c4',
          environment: { DB_HOST: '${db.endpoint}' },
          secrets: { DB_PASSWORD: '${db.secretArn}:password::', MASTER: '${db.masterSecretArn}:password::' },
        },
      },
      smoke: [{ service: 'web' }],
    },
    null,
    2,
  );
}
