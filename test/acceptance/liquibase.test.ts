import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setProgram } from '../../sim/aws/ecs/programs.ts';
import { type LocalDatabases, localDatabases } from '../../sim/local/local-databases.ts';
import { type MariaDbServer, startMariaDb } from '../../sim/mariadb/mariadb-server.ts';
import { openDatabase } from '../../src/data/mysql/open-database.ts';
import { quickBlueprint, quickService } from '../support/blueprints.ts';
import { CLOUD_MS, useLocalCloud } from '../support/local-cloud.ts';
import { describeOnMariaDb } from '../support/mariadb.ts';
import { openPullRequest, type PullRequest } from '../support/pull-request.ts';

const ETL = 'dvsa/vol-schema';
let server: MariaDbServer | undefined;
let databases: LocalDatabases | undefined;
const cloud = useLocalCloud({ databases: () => databases });

interface ChangeSet {
  readonly id: string;
  /** From the folder that Liquibase is started in, which is not the repository's root. */
  readonly file: string;
  readonly sql: string;
}

const FIRST = { id: 'VOL-1', file: '9.0/person.xml', sql: 'CREATE TABLE person (id INT PRIMARY KEY)' };
const SECOND = { id: 'VOL-2', file: '9.1/fax.sql', sql: 'ALTER TABLE person ADD fax VARCHAR(20)' };
const THIRD = { id: 'VOL-3', file: '9.1/surname.yaml', sql: 'ALTER TABLE person ADD surname VARCHAR(35)' };

/** The changelog's repository at each of its versions, and what Liquibase would run of it. */
const versions = new Map<string, readonly ChangeSet[]>();
let ofFirst = '';
let ofAll = '';

beforeAll(async () => {
  server = await startMariaDb();
  databases = await localDatabases({ server, aws: cloud.now.aws });
  const source = databases.databaseOf(cloud.now.platform.database.sourceIdentifier);
  await migrate({ ...server, database: source }, [FIRST, SECOND]);
  cloud.now.github.founding.addRepository({
    owner: 'dvsa',
    name: 'vol-schema',
    isPrivate: true,
    files: { 'README.md': 'etl\n' },
    collaborators: { [cloud.now.seed.people.reviewer]: 'admin' },
  });
  ofFirst = pushChangelog([FIRST]);
  ofAll = pushChangelog([FIRST, SECOND, THIRD]);
}, CLOUD_MS);
afterAll(async () => {
  await databases?.close();
  await server?.stop();
}, CLOUD_MS);

function pushChangelog(changeSets: readonly ChangeSet[]): string {
  const files = {
    'changesets/OLCS.xml': `<?xml version="1.0" encoding="UTF-8"?>
<databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog">
  <include file="9.0/person.xml"/>
  <includeAll path="9.1" relativeToChangelogFile="true" errorIfMissingOrEmpty="false"/>
</databaseChangeLog>`,
    ...Object.fromEntries(
      [FIRST, SECOND, THIRD].map((changeSet) => [
        `changesets/${changeSet.file}`,
        changeSets.includes(changeSet) ? textOf(changeSet) : undefined,
      ]),
    ),
  };
  const actor = cloud.now.seed.people.reviewer;
  const { sha } = cloud.now.github.actions.push({
    repository: ETL,
    actor,
    ref: 'main',
    message: 'feat: schema',
    files,
  });
  versions.set(sha, changeSets);
  return sha;
}

function textOf({ id, file, sql }: ChangeSet): string {
  if (file.endsWith('.sql')) {
    return `--liquibase formatted sql\n--changeset octocat:${id}\n${sql};\n`;
  }
  return file.endsWith('.yaml')
    ? `databaseChangeLog:\n- changeSet:\n    id: ${id}\n    author: octocat\n    changes:\n    - sql: { sql: "${sql}" }\n`
    : `<databaseChangeLog><changeSet id="${id}" author="octocat" context="dev"><sql>${sql}</sql></changeSet></databaseChangeLog>`;
}

type Access = Pick<Parameters<typeof openDatabase>[0], 'host' | 'port' | 'user' | 'password' | 'database'>;

/** The table as Liquibase 4 makes it on MySQL. */
const TABLE = `CREATE TABLE IF NOT EXISTS DATABASECHANGELOG (ID VARCHAR(255) NOT NULL, AUTHOR VARCHAR(255) NOT NULL,
  FILENAME VARCHAR(255) NOT NULL, DATEEXECUTED datetime NOT NULL, ORDEREXECUTED INT NOT NULL, EXECTYPE VARCHAR(10) NOT NULL,
  MD5SUM VARCHAR(35) NULL, \`DESCRIPTION\` VARCHAR(255) NULL, COMMENTS VARCHAR(255) NULL, TAG VARCHAR(255) NULL,
  LIQUIBASE VARCHAR(20) NULL, CONTEXTS VARCHAR(255) NULL, LABELS VARCHAR(255) NULL, DEPLOYMENT_ID VARCHAR(10) NULL)`;
const ROW = `INSERT INTO DATABASECHANGELOG
  (ID, AUTHOR, FILENAME, DATEEXECUTED, ORDEREXECUTED, EXECTYPE, MD5SUM, \`DESCRIPTION\`, COMMENTS, LIQUIBASE, DEPLOYMENT_ID)
  VALUES (?, 'octocat', ?, '2026-11-20 09:00:00', ?, 'EXECUTED', '9:d41d8cd98f00b204e9800998ecf8427e', 'sql', '', '4.33.0', '2400800000')`;

/** Runs what is not written down as run, in order, as Liquibase does. */
async function migrate(
  { host, port, user, password, database: name }: Access,
  changeSets: readonly ChangeSet[],
): Promise<void> {
  const database = await openDatabase({ host, port, user, password, database: name, connections: 1 });
  try {
    await database.withSession(async (session) => {
      await session.change(TABLE);
      const ran = (await session.rows('SELECT ID FROM DATABASECHANGELOG')).map((row) => row['ID']);
      for (const { id, file, sql } of changeSets.filter((one) => !ran.includes(one.id))) {
        await session.change(sql);
        await session.change(ROW, [id, file, ran.length + changeSets.length]);
      }
    });
  } finally {
    await database.close();
  }
}

function blueprintAt(etl: string, diverged: 'warn' | 'refuse'): string {
  return quickBlueprint({
    refs: { etl: { repository: ETL, default: etl } },
    database: {
      name: 'shop',
      migrations: {
        tool: 'liquibase',
        repository: ETL,
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a blueprint's own references
        ref: '${ref.etl}',
        path: 'changesets/OLCS.xml',
        contexts: 'dev',
        diverged,
      },
    },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a blueprint's own references
    services: { web: quickService({ environment: { DATABASE_HOST: '${db.endpoint}' } }) },
    tasks: {
      migrate: {
        image: 'vol-app/api',
        phase: 'pre-deploy',
        command: ['liquibase', 'update'],
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a blueprint's own references
        environment: { DATABASE_HOST: '${db.endpoint}', ETL: '${ref.etl}' },
      },
    },
  });
}

/** A pull request that wants this version of the changelog's repository, and whose task runs it on its clone. */
function openWith(etl: string, diverged: 'warn' | 'refuse'): PullRequest {
  const pull = openPullRequest(cloud, { blueprint: blueprintAt(etl, diverged) });
  setProgram(cloud.now.aws.world, `nonprod-${pull.environment}-migrate`, async ({ environment }) => {
    const address = databases?.addressOf(environment['DATABASE_HOST'] ?? '');
    if (address) {
      await migrate(address, versions.get(environment['ETL'] ?? '') ?? []);
    }
    return address ? 0 : 1;
  });
  return pull;
}

function summary(pull: PullRequest): string {
  return pull.checks().find(({ name }) => name === 'ephemeral')?.output.summary ?? '';
}

function filesRead(): string[] {
  return cloud.now.github.requestLog
    .filter(({ operation, path }) => operation === 'repos/get-content' && path.includes('vol-schema'))
    .map(({ path }) => decodeURIComponent(path).replace(/^.*contents\/([^?]*).*$/, '$1'));
}

describeOnMariaDb('a changelog of Liquibase in another repository', () => {
  it(
    'is not read where Mayfly is not installed on it, which is said, and the environment goes on',
    async () => {
      const pull = openWith(ofAll, 'refuse');
      pull.label();
      await pull.untilReady();
      const short = `There is no \`${ofAll}\` in a repository \`${ETL}\`, or Mayfly is not installed on it, so migrations are not compared.`;
      expect(pull.comment()).toContain(short);
      pull.close();
      await pull.untilGone();

      cloud.now.github.actions.changeInstalledRepositories({
        actor: cloud.now.seed.people.reviewer,
        installation: cloud.now.seed.installation,
        added: [ETL],
      });
    },
    CLOUD_MS,
  );

  it(
    'is not read for somebody who could not read it there',
    async () => {
      const pull = openWith(ofAll, 'refuse');
      pull.label();
      await pull.until('a word on who may', () =>
        pull.comment().includes('who asked for the environment, may not read'),
      );
      expect(filesRead()).toEqual([]);
      pull.close();
      await pull.untilGone();
      cloud.now.github.store.repository(ETL).collaborators.set(cloud.now.seed.people.developer, 'read');
    },
    CLOUD_MS,
  );

  it(
    'is compared with what its table lists, whatever stands before the names there',
    async () => {
      const pull = openWith(ofAll, 'warn');
      pull.label();
      await pull.untilReady();
      const ahead = `Migrations: \`${ETL}@${ofAll.slice(0, 7)}\` is ahead of the source \`2026-11-20\` by 1 migration, to be run on the clone: \`changesets/9.1/surname.yaml::VOL-3::octocat\`.`;
      await pull.until('the word on its migrations', () => pull.comment().includes(ahead));
      await pull.until('the difference', () => summary(pull).includes('added column `person.surname`'));
      pull.close();
      await pull.untilGone();
    },
    CLOUD_MS,
  );

  it(
    'gets no clone where it lacks what the source has, until its ref leads to one that has it',
    async () => {
      const pull = openWith(ofFirst, 'refuse');
      pull.label();
      await pull.until('a refusal', () => pull.comment().includes('is refused'));
      const behind = `Migrations: \`${ETL}@${ofFirst.slice(0, 7)}\` is behind the source \`2026-11-20\` by 1 migration that it does not have: \`9.1/fax.sql::VOL-2::octocat\`. Have \`refs.etl\` name a commit of \`${ETL}\` that has them, and push.`;
      expect(pull.comment()).toContain(behind);
      expect(await pull.inAccount()).toEqual([]);

      const same = pushChangelog([FIRST, SECOND]);
      pull.push({ '.github/ephemeral.yml': blueprintAt(same, 'refuse') });
      await pull.untilReady();
      expect(pull.comment()).not.toContain('Migrations:');
      expect(summary(pull)).toContain(
        `Migrations: \`${ETL}@${same.slice(0, 7)}\` and the source \`2026-11-20\` have the same.`,
      );
      // Every file once, whatever commit of it was read.
      expect(filesRead().toSorted()).toEqual([
        'changesets/9.0/person.xml',
        'changesets/9.1/fax.sql',
        'changesets/9.1/surname.yaml',
        'changesets/OLCS.xml',
      ]);
      pull.close();
      await pull.untilGone();
    },
    CLOUD_MS,
  );
});
