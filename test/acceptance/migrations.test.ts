import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setProgram } from '../../sim/aws/ecs/programs.ts';
import { type LocalDatabases, localDatabases } from '../../sim/local/local-databases.ts';
import { type MariaDbServer, startMariaDb } from '../../sim/mariadb/mariadb-server.ts';
import { openDatabase } from '../../src/data/mysql/open-database.ts';
import { quickBlueprint, quickService } from '../support/blueprints.ts';
import { CLOUD_MS, useLocalCloud } from '../support/local-cloud.ts';
import { describeOnMariaDb } from '../support/mariadb.ts';
import { openPullRequest, type PullRequest } from '../support/pull-request.ts';

let server: MariaDbServer | undefined;
let databases: LocalDatabases | undefined;
const cloud = useLocalCloud({ databases: () => databases });

/** What Doctrine would make of a file: here, of its name. */
const MIGRATIONS: Readonly<Record<string, string>> = {
  '20260101000000': 'CREATE TABLE person (id INT PRIMARY KEY, surname VARCHAR(35))',
  '20260201000000': 'ALTER TABLE person ADD fax VARCHAR(20)',
  '20260301000000': 'ALTER TABLE person MODIFY surname VARCHAR(70), ADD KEY by_surname (surname)',
};
const [FIRST = '', SECOND = '', THIRD = ''] = Object.keys(MIGRATIONS);
const FOLDER = 'app/api/data/Migrations';
const files = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [`${FOLDER}/Version${id}.php`, id]));

beforeAll(async () => {
  server = await startMariaDb();
  databases = await localDatabases({ server, aws: cloud.now.aws });
  const source = databases.databaseOf(cloud.now.platform.database.sourceIdentifier);
  await migrate({ ...server, database: source }, [FIRST, SECOND]);
}, CLOUD_MS);
afterAll(async () => {
  await databases?.close();
  await server?.stop();
}, CLOUD_MS);

type Access = Pick<Parameters<typeof openDatabase>[0], 'host' | 'port' | 'user' | 'password' | 'database'>;

/** Runs what is not written down as run, in order, as a migration tool does. */
async function migrate({ host, port, user, password, database: name }: Access, ids: readonly string[]): Promise<void> {
  const database = await openDatabase({ host, port, user, password, database: name, connections: 1 });
  try {
    await database.withSession(async (session) => {
      await session.change('CREATE TABLE IF NOT EXISTS migrations (version VARCHAR(191) PRIMARY KEY)');
      const ran = (await session.rows('SELECT version FROM migrations')).map(({ version }) => version);
      for (const id of ids.filter((one) => !ran.includes(`App\\Version${one}`))) {
        await session.change(MIGRATIONS[id] ?? '');
        await session.change('INSERT INTO migrations VALUES (?)', [`App\\Version${id}`]);
      }
    });
  } finally {
    await database.close();
  }
}

function blueprintWith(diverged: 'warn' | 'refuse'): string {
  return quickBlueprint({
    database: {
      name: 'shop',
      migrations: { tool: 'doctrine', path: `${FOLDER}/`, table: 'migrations', diverged },
    },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a blueprint's own references
    services: { web: quickService({ environment: { DATABASE_HOST: '${db.endpoint}' } }) },
    tasks: {
      migrate: {
        image: 'vol-app/api',
        phase: 'pre-deploy',
        command: ['migrate'],
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a blueprint's own references
        environment: { DATABASE_HOST: '${db.endpoint}' },
      },
    },
  });
}

/** A pull request whose branch has these migrations, and whose task runs them on its clone. */
function openWith(diverged: 'warn' | 'refuse', ids: readonly string[]): PullRequest {
  const pull = openPullRequest(cloud, { blueprint: blueprintWith(diverged) });
  pull.push(files(ids));
  setProgram(cloud.now.aws.world, `nonprod-${pull.environment}-migrate`, async ({ environment }) => {
    const address = databases?.addressOf(environment['DATABASE_HOST'] ?? '');
    const there = cloud.now.github.store.repository(pull.at.repository).commits.get(pull.head())?.tree.keys() ?? [];
    const known = [...there].flatMap((path) => /Version(\d+)\.php$/.exec(path)?.[1] ?? []).toSorted();
    if (address) {
      await migrate(address, known);
    }
    return address ? 0 : 1;
  });
  return pull;
}

function clustersOf({ environment }: PullRequest): string[] {
  return [...cloud.now.aws.world.rds.clusters.keys()].filter((name) => name.startsWith(`nonprod-${environment}`));
}

function summary(pull: PullRequest): string {
  return pull.checks().find(({ name }) => name === 'ephemeral')?.output.summary ?? '';
}

describeOnMariaDb('migrations of a pull request', () => {
  it(
    'are compared with the source, which the first clone shows, and the check run says what they made of its schema',
    async () => {
      const pull = openWith('warn', [FIRST, SECOND, THIRD]);
      pull.label();
      await pull.untilReady();
      const short = pull.head().slice(0, 7);
      const ahead = `Migrations: \`${short}\` is ahead of the source \`2026-11-20\` by 1 migration, to be run on the clone: \`Version${THIRD}\`.`;

      await pull.until('the word on its migrations', () => pull.comment().includes(ahead));
      expect(summary(pull)).toContain(ahead);
      expect(summary(pull)).toContain(
        [
          'Schema after the migrations: 2 differences from the source.',
          '',
          '- changed column `person.surname`: `varchar(35)` to `varchar(70)`',
          '- added index `person.by_surname`: `(surname)`',
        ].join('\n'),
      );
      pull.close();
      await pull.untilGone();
    },
    CLOUD_MS,
  );

  it(
    'that lack what the source has get no clone where that is refused, and the push that mends it goes on by itself',
    async () => {
      const pull = openWith('refuse', [FIRST, THIRD]);
      pull.label();
      await pull.until('a refusal', () => pull.comment().includes('is refused'));
      const short = pull.head().slice(0, 7);
      const text = [
        `Migrations: \`${short}\` and the source \`2026-11-20\` have diverged.`,
        `The source has 1 migration that the commit does not have: \`Version${SECOND}\`.`,
        `The commit has 1 migration to be run on the clone: \`Version${THIRD}\`. Merge \`main\` into the branch and push.`,
      ].join(' ');
      expect(pull.comment()).toContain(text);
      await pull.until('the check run', () => pull.check().startsWith('completed neutral: Refused: Migrations:'));
      expect(summary(pull)).toContain(text);
      expect(clustersOf(pull)).toEqual([]);
      expect(await pull.inAccount()).toEqual([]);

      pull.push(files([SECOND]));
      await pull.untilReady();
      expect(pull.comment()).toContain('is ahead of the source');
      await pull.until('the difference', () => summary(pull).includes('2 differences from the source.'));
      expect(clustersOf(pull)).toHaveLength(1);
      pull.close();
      await pull.untilGone();
      expect(await pull.inAccount()).toEqual([]);
    },
    CLOUD_MS,
  );

  it(
    'are run with a warning where that is all that was asked for, and no difference is said in a few words',
    async () => {
      const pull = openWith('warn', [FIRST]);
      pull.label();
      await pull.until('a warning before there is a clone', () => pull.comment().includes('⚠️ Migrations:'));
      await pull.untilReady();
      const listings = cloud.now.github.requestLog.filter(
        ({ operation, path }) =>
          operation === 'repos/get-content' && path.includes('Migrations') && path.includes(pull.head()),
      );
      expect(listings).toHaveLength(1);
      expect(pull.comment()).toContain('is behind the source');
      await pull.until('the difference', () =>
        summary(pull).includes('Schema after the migrations: no difference from the source.'),
      );
      pull.close();
      await pull.untilGone();
    },
    CLOUD_MS,
  );
});
