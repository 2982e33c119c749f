import { DescribeDBClustersCommand } from '@aws-sdk/client-rds';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type LocalDatabases, localDatabases } from '../../sim/local/local-databases.ts';
import { type MariaDbServer, startMariaDb } from '../../sim/mariadb/mariadb-server.ts';
import { openDatabase } from '../../src/data/mysql/open-database.ts';
import type { SpecOf } from '../../src/domain/resource.ts';
import { quickBlueprint, quickService } from '../support/blueprints.ts';
import { CLOUD_MS, useLocalCloud } from '../support/local-cloud.ts';
import { describeOnMariaDb } from '../support/mariadb.ts';
import { openPullRequest, type PullRequest } from '../support/pull-request.ts';

let server: MariaDbServer | undefined;
let databases: LocalDatabases | undefined;
const cloud = useLocalCloud({ databases: () => databases });

beforeAll(async () => {
  server = await startMariaDb();
  databases = await localDatabases({ server, aws: cloud.now.aws });
}, CLOUD_MS);
afterAll(async () => {
  await databases?.close();
  await server?.stop();
}, CLOUD_MS);

/** Somebody who connects to the database of an environment, and does not let go while `work` takes. */
async function connectedTo(cluster: string, work: () => Promise<void>): Promise<void> {
  const address = databases?.addressOf(await endpointOf(cluster));
  if (!address) {
    throw new Error(`${cluster} cannot be reached`);
  }
  const database = await openDatabase({ ...address, socket: undefined, connections: 1 });
  try {
    await database.withSession(work);
  } finally {
    await database.close();
  }
}

const blueprint = quickBlueprint({
  database: {},
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a blueprint's own references
  aliases: { db: '${db.endpoint}' },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a blueprint's own references
  services: { web: quickService({ environment: { DATABASE_HOST: '${db.endpoint}' } }) },
  tasks: { migrate: { image: 'vol-app/api', phase: 'pre-deploy', command: ['migrate'] } },
});

function clustersOf({ environment }: PullRequest): string[] {
  return [...cloud.now.aws.world.rds.clusters.keys()].filter((name) => name.startsWith(`nonprod-${environment}`));
}

async function endpointOf(name: string): Promise<string> {
  const found = await cloud.now.clients.rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: name }));
  return found.DBClusters?.[0]?.Endpoint ?? '';
}

function migrationsOf({ environment }: PullRequest): number {
  return [...cloud.now.aws.world.ecs.tasks.values()].filter(
    ({ revision, serviceArn }) => serviceArn === undefined && revision.family === `nonprod-${environment}-migrate`,
  ).length;
}

/** What the running service was told of its database. */
async function hostOf(pull: PullRequest): Promise<string | undefined> {
  const rows = await pull.rows();
  const spec = rows.find(({ key }) => key === 'task-definition/web')?.spec as SpecOf<'task-definition'> | undefined;
  return spec?.content.containers[0]?.environment['DATABASE_HOST'];
}

async function answered(pull: PullRequest, body: string): Promise<string> {
  const said = pull.say(body);
  await pull.until(`an answer to ${body}`, () => pull.repliesTo(said).length > 0);
  return pull.repliesTo(said).join();
}

describeOnMariaDb('/ephemeral db', () => {
  it(
    'has the same address lead to a fresh clone, and the one before go once nothing uses it',
    async () => {
      const pull = openPullRequest(cloud, { blueprint, labelled: true });
      await pull.untilReady();
      const [first = ''] = clustersOf(pull);
      await connectedTo(first, async () => {
        const status = await answered(pull, '/ephemeral db status');
        expect(status).toContain(`The clone \`${first}\` is available.`);
        expect(status).toMatch(/Connected: `master_[0-9a-f]+@127\.0\.0\.1`/);
      });

      expect(await answered(pull, '/ephemeral db reset')).toContain('A fresh clone');
      await pull.until('a second clone', () => clustersOf(pull).length === 2);
      const second = clustersOf(pull).find((name) => name !== first) ?? '';
      let unanswered = 0;
      await pull.until('the first clone to go', async () => {
        unanswered += (await pull.visit('web')).status === 200 ? 0 : 1;
        return !clustersOf(pull).includes(first);
      });
      await pull.untilReady();

      expect(unanswered).toBe(0);
      expect(await hostOf(pull)).toBe(await endpointOf(second));
      expect((await pull.visit('web')).status).toBe(200);
      expect(migrationsOf(pull)).toBe(2);
      const status = await answered(pull, '/ephemeral db status');
      expect(status).toContain(`The clone \`${second}\` is available.`);
      expect(status).toContain('Nobody is connected.');

      pull.close();
      await pull.untilGone();
      expect(await pull.inAccount()).toEqual([]);
      for (const cluster of [first, second]) {
        expect(pull.comment()).toContain(`\`${cluster}\``);
      }
    },
    CLOUD_MS,
  );

  it(
    'leaves nothing behind when the pull request is closed in the middle of a reset',
    async () => {
      const pull = openPullRequest(cloud, { blueprint, labelled: true });
      await pull.untilReady();
      pull.say('/ephemeral db reset');
      await pull.until('a second clone', () => clustersOf(pull).length === 2);
      pull.close();
      await pull.untilGone();

      expect(await pull.inAccount()).toEqual([]);
      expect(clustersOf(pull)).toEqual([]);
    },
    CLOUD_MS,
  );
});
