/** One service with a database: what there is to an environment here is its clone. */
export function dataBlueprint(): string {
  return JSON.stringify(
    {
      version: 1,
      images: { tag: 'branch-{slug}-{sha10}', deadline: '6h' },
      database: { name: 'app', credentials: 'user' },
      services: {
        web: {
          image: 'vol-app/api',
          port: 8080,
          host: 'web',
          environment: { DB: '${db.endpoint}' },
          secrets: { DB_LOGIN: '${db.secretArn}' },
          healthCheck: {
            path: '/',
            interval: '5s',
            timeout: '2s',
            healthyThreshold: 2,
            unhealthyThreshold: 2,
            grace: '10m',
          },
        },
      },
    },
    null,
    2,
  );
}
