import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { createRunningClock } from '../../sim/clock.ts';
import { type LocalCloud, startLocalCloud } from '../../sim/local/local-cloud.ts';
import { SHORT_DURATIONS } from '../../sim/local/short-durations.ts';
import { type PostgresServer, startPostgres } from '../../sim/postgres/embedded-postgres.ts';
import { startMayfly } from '../../src/mayfly.ts';
import type { Provisioners } from '../../src/reconcile/provisioner.ts';
import { allRows } from '../support/all-rows.ts';
import { quickBlueprint, quickService } from '../support/blueprints.ts';
import { reportMissing } from '../support/database.ts';
import { CLOUD_MS, type TestCloud } from '../support/local-cloud.ts';
import { type PullRequest, pullRequest } from '../support/pull-request.ts';
import { stringsIn } from '../support/strings-in.ts';

/** A word that stands nowhere else in the world. */
function canary(name: string): string {
  return `canary-${name}-${randomBytes(9).toString('hex')}`;
}

/** Secrets that are handed to Mayfly to copy, words that people write to each other, and what a service may quote of a request. */
const CANARIES = {
  copiedSecret: canary('secret'),
  copiedParameter: canary('parameter'),
  pullRequestBody: canary('body'),
  chatter: canary('chatter'),
  commitMessage: canary('commit'),
  awsEcho: canary('aws'),
  gitHubEcho: canary('github'),
  requestOnError: canary('request'),
  textNotParsed: canary('parsed'),
};

const BLUEPRINT = quickBlueprint({
  database: { name: 'shop', credentials: 'user' },
  secrets: [{ copy: 'canary/source', to: 'env/${env.name}/canary' }],
  parameters: [{ copy: '/canary/source', to: '/env/${env.name}/canary' }],
  services: { web: quickService({ secrets: { TOKEN: 'env/${env.name}/canary:token::' } }) },
});

/** Operations whose request or answer holds a secret. What AWS says when it refuses one may quote it. */
const CONFIDENTIAL = [
  ['secretsmanager', 'GetSecretValue'],
  ['secretsmanager', 'CreateSecret'],
  ['secretsmanager', 'PutSecretValue'],
  ['rds', 'ModifyDBCluster'],
  ['ssm', 'GetParametersByPath'],
  ['ssm', 'PutParameter'],
] as const;

/** Where a secret is meant to be: in the two stores of secrets, and with the container and the database that it is for. */
const KEPT =
  /^(secretsManager\.secrets|ssm\.parameters)\..*\.versions\..*\.value|^ecs\.tasks\..*\.environment\.TOKEN$|^rds\.clusters\.[^.]+\.masterPassword$/;

const postgres = await startPostgres().catch((error: unknown) => ({ error }));

if ('error' in postgres) {
  reportMissing(postgres.error);
} else {
  describeCanaries(postgres);
}

function describeCanaries(server: PostgresServer): void {
  const logged: string[] = [];
  let databaseUrl = '';
  let cloud: LocalCloud | undefined;
  const running: TestCloud = {
    get now() {
      return cloud as TestCloud['now'];
    },
  };

  beforeAll(async () => {
    databaseUrl = await server.createDatabase();
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        logged.push(chunk.toString());
        done();
      },
    });
    cloud = await startLocalCloud({
      clock: createRunningClock({ speed: 60, startAt: new Date('2026-11-23T09:00:00Z') }),
      databaseUrl,
      buildSeconds: 5,
      durations: SHORT_DURATIONS,
      adapt: withFaultsOfOurs,
      start: async (parts) => await startMayfly({ ...parts, log: pino({ level: 'trace' }, sink) }),
    });
    await cloud.clients.secrets.send(
      new CreateSecretCommand({
        Name: 'canary/source',
        SecretString: JSON.stringify({ token: CANARIES.copiedSecret }),
      }),
    );
    await cloud.clients.ssm.send(
      new PutParameterCommand({ Name: '/canary/source/token', Type: 'SecureString', Value: CANARIES.copiedParameter }),
    );
  }, CLOUD_MS);

  afterAll(async () => {
    await cloud?.stop();
    await server.stop();
  }, CLOUD_MS);

  /** A pull request whose every part that nobody needs holds a canary. */
  function openOne(head: string): PullRequest {
    const { github, seed } = running.now;
    const place = { repository: seed.repository, actor: seed.people.developer };
    const files = { [`notes/${head}.md`]: head, '.github/ephemeral.yml': BLUEPRINT };
    github.actions.push({ ...place, ref: head, message: `feat: ${CANARIES.commitMessage}`, files });
    const body = `Ask alice@${CANARIES.pullRequestBody}.example, or look at ${CANARIES.pullRequestBody}.`;
    const { number } = github.actions.openPullRequest({ ...place, head, title: `feat: ${head}`, body });
    return pullRequest(running, number);
  }

  /** Everything that Mayfly has written anywhere, but for where secrets belong. */
  async function everythingWritten() {
    const { aws, github, seed } = running.now;
    const repository = github.store.repository(seed.repository);
    const own = {
      comments: [...repository.comments.values()].filter(({ author }) => author.type === 'Bot'),
      checks: repository.checkRuns,
      deployments: repository.deployments,
      labels: repository.labels,
    };
    return [
      ...logged.map((text) => ({ path: 'log', text })),
      ...(await allRows(databaseUrl)).map((text) => ({ path: 'store', text })),
      ...stringsIn(own),
      ...stringsIn(aws.world).filter(({ path }) => !KEPT.test(path)),
    ];
  }

  /** Secrets that nobody made up: those of the app, its tokens, the database's password, and what Secrets Manager made. */
  function secretsOfTheWorld(): string[] {
    const { aws, github } = running.now;
    const made = stringsIn(aws.world.secretsManager)
      .filter(({ path, text }) => /value/i.test(path) && text.startsWith('{'))
      .flatMap(({ text }) => Object.entries(JSON.parse(text) as Record<string, unknown>))
      .flatMap(([member, value]) => (/password/i.test(member) && typeof value === 'string' ? [value] : []));
    return [
      github.app.webhookSecret,
      ...github.app.privateKeyPem.split('\n').filter((line) => line.length > 20 && !line.startsWith('-')),
      ...github.store.tokens.keys(),
      new URL(databaseUrl).password,
      ...made,
    ].filter((secret) => secret.length >= 8);
  }

  describe('a life in which everything fails that can, with words that nobody may read', () => {
    it(
      'shows none of them in a log, a comment, a check, a deployment, a tag, a name or a row',
      async () => {
        const { aws, github } = running.now;
        for (const [service, operation] of CONFIDENTIAL) {
          const message = `refused: ${CANARIES.awsEcho} is not what ${operation} takes`;
          for (const [nth, code, status] of [
            [1, 'InternalFailure', 500],
            [2, 'ValidationException', 400],
            [3, 'NeverHeardOfException', 400],
          ] as const) {
            aws.faults.add({ service, operation, nth, effect: { kind: 'error', code, status, message } });
          }
        }
        const answers = [422, 500, 409, 451].map((status) => ({
          kind: 'status' as const,
          status,
          message: `refused: ${CANARIES.gitHubEcho}`,
        }));
        for (const operation of ['issues/create-comment', 'checks/create', 'repos/create-deployment', 'pulls/get']) {
          for (const effect of answers) {
            github.faults.addRest({ operation, effect });
          }
        }
        const pull = openOne('canaries');
        pull.label();
        await pull.untilReady();
        expect(
          aws.faults.list().filter(({ struck, operation }) => struck === 0 && operation !== 'PutSecretValue'),
        ).toEqual([]);

        const asked = pull.say(`${CANARIES.chatter}\n/ephemeral logs web\n/ephemeral frobnicate\n${CANARIES.chatter}`);
        await pull.until('the reply', () => pull.repliesTo(asked).length > 0);
        pull.push({ 'notes/more.md': 'more' });
        await pull.untilReady();
        const secrets = secretsOfTheWorld();
        expect(secrets.length).toBeGreaterThan(20);
        const standing = await everythingWritten();
        expect(standing.some(({ path, text }) => path.includes('tags') && text === pull.environment)).toBe(true);
        aws.faults.clear();
        pull.close();
        await pull.untilGone();

        expect(await pull.inAccount()).toEqual([]);
        expect(github.violations).toEqual([]);
        const written = [...standing, ...(await everythingWritten())];
        const shown = [...secrets, ...Object.values(CANARIES)].flatMap((secret) =>
          written.filter(({ text }) => text.includes(secret)).map(({ path, text }) => `${path}: ${text.slice(0, 400)}`),
        );
        expect(shown).toEqual([]);
        expect(logged.filter((line) => /"body":|eyJ[\w-]{20,}\./.test(line))).toEqual([]);
        // What was searched was there to be found: the errors themselves are told of, without those words.
        expect(logged.join('')).toContain('an error that no adapter knows');
        expect(written.filter(({ path }) => path === 'store').length).toBeGreaterThan(20);
        expect(written.some(({ text }) => text.includes(`nonprod-${pull.environment}`))).toBe(true);
      },
      CLOUD_MS,
    );
  });
}

/** Errors that no adapter has classified, as a fault of ours would throw them: with a request hanging on, or a text that is no JSON. */
function withFaultsOfOurs(provisioners: Provisioners): Provisioners {
  let looks = 0;
  const logGroup = provisioners['log-group'];
  return {
    ...provisioners,
    'log-group': {
      ...logGroup,
      async observe(desired) {
        looks += 1;
        if (looks === 1) {
          const request = {
            headers: { authorization: `Bearer ${CANARIES.requestOnError}` },
            body: CANARIES.requestOnError,
          };
          throw Object.assign(new Error(`asking with Bearer ${CANARIES.requestOnError}`), {
            request,
            $response: request,
          });
        }
        if (looks === 2) {
          JSON.parse(CANARIES.textNotParsed);
        }
        return await logGroup.observe(desired);
      },
    },
  };
}
