import { readFile } from 'node:fs/promises';
import { CreateRepositoryCommand, PutImageCommand } from '@aws-sdk/client-ecr';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { resolve } from '../../sim/aws/route53/resolve.ts';
import { ZONE } from '../../sim/local/first-users.ts';
import { quickBlueprint, quickService } from '../support/blueprints.ts';
import { CLOUD_MS, useLocalCloud } from '../support/local-cloud.ts';
import { openPullRequest } from '../support/pull-request.ts';

const cloud = useLocalCloud();
const minimal = await readFile(new URL('../../examples/minimal/ephemeral.yml', import.meta.url), 'utf8');

beforeAll(async () => {
  await cloud.now.clients.ecr.send(new CreateRepositoryCommand({ repositoryName: 'shop-web' }));
}, CLOUD_MS);

describe('what blueprints ask for', () => {
  it.each([
    ['with the database that everybody has', minimal, 1],
    ['and without one when it says so', `${minimal}database: false\n`, 0],
  ])(
    'gives the minimal example its environment, %s',
    async (_, blueprint, clusters) => {
      const { ecr } = cloud.now.clients;
      const pull = openPullRequest(cloud, { blueprint });
      await ecr.send(
        new PutImageCommand({
          repositoryName: 'shop-web',
          imageTag: pull.head(),
          imageManifest: JSON.stringify({ schemaVersion: 2, config: { digest: pull.head() }, layers: [] }),
        }),
      );
      pull.label();
      await pull.untilReady();

      expect(await pull.visit('web')).toEqual({ status: 200, image: expect.stringContaining(pull.head()) });
      expect((await pull.inAccount()).filter((name) => name.startsWith('cluster '))).toHaveLength(clusters);
      expect(pull.comment().includes('**Database**')).toBe(clusters === 1);
      pull.close();
      await pull.untilGone();
      expect(await pull.inAccount()).toEqual([]);
    },
    CLOUD_MS,
  );

  it(
    'makes what it makes also where it is to compare migrations, and nobody can look into a clone',
    async () => {
      const blueprint = quickBlueprint({
        database: { name: 'shop', migrations: { tool: 'flyway', path: 'db', diverged: 'refuse' } },
        tasks: { migrate: { image: 'vol-app/api', phase: 'pre-deploy', command: ['migrate'] } },
      });
      const pull = openPullRequest(cloud, { blueprint, labelled: true });
      await pull.untilReady();
      expect(pull.comment()).not.toContain('igrations');
      pull.close();
      await pull.untilGone();
      expect(await pull.inAccount()).toEqual([]);
    },
    CLOUD_MS,
  );

  it(
    'serves several hosts and the apex, finds an internal service by name, and runs a sidecar',
    async () => {
      const services = {
        cache: { image: 'vol-app/gotenberg:latest', port: 6379, expose: 'internal' },
        web: quickService({
          host: undefined,
          hosts: ['a', 'b', 'c', 'd'],
          apex: true,
          dependsOn: ['cache'],
          environment: { CACHE: '${service.cache.address}' },
          sidecars: { proxy: { image: 'vol-app/gotenberg:latest', port: 9000, essential: false } },
        }),
        worker: { image: 'vol-app/api', port: false },
      };
      const aliases = { search: 'search.dev.example.gov.uk' };
      const pull = openPullRequest(cloud, { blueprint: quickBlueprint({ services, aliases }), labelled: true });
      await pull.untilReady();

      for (const host of ['a', 'd', '']) {
        expect((await pull.visit(host)).status).toBe(200);
      }
      const { world } = cloud.now.aws;
      const task = [...world.ecs.tasks.values()].find(
        ({ lastStatus, revision }) => lastStatus === 'RUNNING' && revision.family.endsWith(`${pull.environment}-cache`),
      );
      expect(resolve(world, `cache.${pull.environment}.${ZONE}`, 'A')).toMatchObject({
        kind: 'answer',
        record: { ResourceRecords: [{ Value: task?.networkInterface?.privateIp }] },
      });
      const web = [...world.ecs.tasks.values()].find(
        ({ lastStatus, revision }) => lastStatus === 'RUNNING' && revision.family.endsWith(`${pull.environment}-web`),
      );
      expect(web?.containers.map(({ definition }) => definition.name).sort()).toEqual(['proxy', 'web']);
      expect(web?.containers.find(({ definition }) => definition.name === 'web')?.environment.get('CACHE')).toBe(
        `cache.${pull.environment}.${ZONE}`,
      );
      expect(pull.comment()).toContain('search.dev.example.gov.uk');
      pull.close();
      await pull.untilGone();
      expect(await pull.inAccount()).toEqual([]);
    },
    CLOUD_MS,
  );
});
