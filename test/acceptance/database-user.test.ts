import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type LocalDatabases, localDatabases } from '../../sim/local/local-databases.ts';
import { type MariaDbServer, startMariaDb } from '../../sim/mariadb/mariadb-server.ts';
import { openDatabase } from '../../src/data/mysql/open-database.ts';
import type { Session } from '../../src/data/mysql/session.ts';
import type { TerminalError } from '../../src/domain/failure.ts';
import type { SpecOf } from '../../src/domain/resource.ts';
import { quickBlueprint, quickService } from '../support/blueprints.ts';
import { CLOUD_MS, useLocalCloud } from '../support/local-cloud.ts';
import { describeOnMariaDb } from '../support/mariadb.ts';
import { openPullRequest, type PullRequest } from '../support/pull-request.ts';

let server: MariaDbServer | undefined;
let databases: LocalDatabases | undefined;
/** Whether the security group of clones lets Mayfly in. */
let isLetIn = true;
const cloud = useLocalCloud({ databases: () => (isLetIn ? databases : undefined) });

beforeAll(async () => {
  server = await startMariaDb();
  databases = await localDatabases({ server, aws: cloud.now.aws });
}, CLOUD_MS);
afterAll(async () => {
  await databases?.close();
  await server?.stop();
}, CLOUD_MS);

const blueprint = quickBlueprint({
  database: { name: 'shop', credentials: 'user' },
  services: {
    web: quickService({
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a blueprint's own references
      environment: { DATABASE_HOST: '${db.endpoint}' },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a blueprint's own references
      secrets: { DATABASE: '${db.secretArn}' },
    }),
  },
  tasks: {
    migrate: {
      image: 'vol-app/api',
      phase: 'pre-deploy',
      command: ['migrate'],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a blueprint's own references
      secrets: { DATABASE: '${db.secretArn}', MASTER: '${db.masterSecretArn}' },
    },
  },
});

interface Login {
  readonly host: string;
  readonly username: string;
  readonly password: string;
}

async function loginIn(secret: string): Promise<Login> {
  const found = await cloud.now.clients.secrets.send(new GetSecretValueCommand({ SecretId: secret }));
  return JSON.parse(found.SecretString ?? '') as Login;
}

/** What a container of it is told to read. */
async function secretsOf(pull: PullRequest, workload: string): Promise<Record<string, string>> {
  const row = (await pull.rows()).find(({ key }) => key === `task-definition/${workload}`);
  const spec = row?.spec as SpecOf<'task-definition'> | undefined;
  return spec?.content.containers[0]?.secrets ?? {};
}

/** The user's own name on the server, where each cluster's users have another. */
function addressOf({ host, username: user, password }: Login) {
  const address = databases?.addressOf(host, { user, password });
  if (!address) {
    throw new Error(`nothing answers at ${host}`);
  }
  return { ...address, socket: undefined };
}

/** Over the network, with what stands in a secret. */
async function as<T>(login: Login, work: (session: Session) => Promise<T>): Promise<T> {
  const database = await openDatabase({ ...addressOf(login), connections: 1 });
  try {
    return await database.withSession(work);
  } finally {
    await database.close();
  }
}

async function tried(login: Login, statement: string): Promise<string> {
  try {
    await as(login, async (session) => await session.rows(statement));
    return 'done';
  } catch (error) {
    return (error as TerminalError).reason;
  }
}

async function usersOnServer(): Promise<string[]> {
  const { host, port, user = '', password = '' } = { host: '127.0.0.1', port: 0, ...server };
  const root = await openDatabase({ host, port, user, password, database: 'mysql', connections: 1 });
  try {
    const rows = await root.withSession(async (session) => await session.rows('SELECT User AS name FROM mysql.user'));
    return rows.map(({ name }) => String(name));
  } finally {
    await root.close();
  }
}

function secretsInAccount({ environment }: PullRequest): string[] {
  const names = [...cloud.now.aws.world.secretsManager.secrets.values()].map(({ name }) => name);
  return names.filter((name) => name.startsWith(`nonprod/${environment}/`)).toSorted();
}

describeOnMariaDb('a user of its own in the clone', () => {
  it(
    'is what an environment uses: it may use its schema and nothing else, is another in a fresh clone, and goes with both',
    async () => {
      const elsewhere = await server?.createDatabase();
      const pull = openPullRequest(cloud, { blueprint, labelled: true });
      await pull.untilReady();
      const own = `nonprod/${pull.environment}/database-user`;
      const master = `nonprod/${pull.environment}/database`;
      expect(secretsInAccount(pull)).toEqual([master, own]);

      const login = await loginIn(own);
      expect(login).toMatchObject({ username: `mayfly_${pull.environment.replaceAll('-', '_')}`, dbname: 'shop' });
      expect(await tried(login, 'CREATE TABLE person (id INT PRIMARY KEY)')).toBe('done');
      expect(await tried(login, 'INSERT INTO person VALUES (7)')).toBe('done');
      expect(await tried(login, 'SELECT * FROM mysql.user')).toBe('AccessDenied');
      expect(await tried(login, `CREATE TABLE ${elsewhere}.theirs (id INT)`)).toBe('AccessDenied');

      const { DATABASE, MASTER } = await secretsOf(pull, 'migrate');
      expect(DATABASE).toContain(`:secret:${own}-`);
      expect(MASTER).toContain(`:secret:${master}-`);
      expect(await secretsOf(pull, 'web')).toEqual({ DATABASE });
      expect(await tried(await loginIn(master), 'SELECT * FROM person')).toBe('done');

      await as(login, async () => {
        const said = pull.say('/ephemeral db status');
        await pull.until('an answer', () => pull.repliesTo(said).length > 0);
        expect(pull.repliesTo(said).join()).toContain(`Connected: \`${login.username}_`);
      });

      pull.say('/ephemeral db reset');
      const fresh = `nonprod/${pull.environment}/2/database-user`;
      await pull.until('a user of the fresh clone alone', () => {
        const there = secretsInAccount(pull);
        return there.includes(fresh) && !there.includes(own);
      });
      await pull.untilReady();
      const again = await loginIn(fresh);
      expect(again.username).toBe(login.username);
      expect([again.host === login.host, again.password === login.password]).toEqual([false, false]);
      expect(await tried(again, 'SELECT * FROM person')).toBe('UnknownTable');
      expect((await secretsOf(pull, 'web'))['DATABASE']).toContain(`:secret:${fresh}-`);

      pull.close();
      await pull.untilGone();
      await databases?.settled();
      expect(await pull.inAccount()).toEqual([]);
      expect(secretsInAccount(pull)).toEqual([]);
      expect((await usersOnServer()).filter((name) => name.startsWith('mayfly_'))).toEqual([]);
      expect(pull.comment()).toContain(fresh);
      expect(pull.comment()).not.toContain(again.password);
    },
    CLOUD_MS,
  );

  it(
    'that cannot be made has the pull request say why and who has to do what, and is made once that is done',
    async () => {
      isLetIn = false;
      const pull = openPullRequest(cloud, { blueprint, labelled: true });
      await pull.until('a word about it', () => pull.comment().includes('cannot reach the database clone'));
      expect(pull.comment()).toContain(
        `Mayfly cannot reach the database clone \`nonprod-${pull.environment}\` at port 3306, to make its user \`mayfly_${pull.environment.replaceAll('-', '_')}\`:`,
      );
      expect(pull.comment()).toContain('The security group of clones has to let Mayfly in at that port');
      expect(pull.comment()).toContain('Whoever runs Mayfly has to look at this');
      const { conditions } = (await pull.record()) ?? {};
      expect(conditions).toContainEqual(
        expect.objectContaining({ type: 'DatabaseReady', status: 'false', reason: 'DatabaseUnreachable' }),
      );
      const services = [...cloud.now.aws.world.ecs.services.values()].map(({ name }) => name);
      expect(services).not.toContain(`nonprod-${pull.environment}-web`);

      isLetIn = true;
      await pull.untilReady();
      pull.close();
      await pull.untilGone();
      expect(await pull.inAccount()).toEqual([]);
    },
    CLOUD_MS,
  );
});
