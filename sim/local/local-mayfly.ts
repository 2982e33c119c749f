import { pino } from 'pino';
import type { Config } from '../../src/config/process.ts';
import type { MayflyParts } from '../../src/mayfly/parts.ts';
import { type Mayfly, startMayfly } from '../../src/mayfly.ts';
import type { GitHubSimulator } from '../github/server.ts';
import { LOCAL_REGION } from './credentials.ts';
import type { LocalCloudOptions } from './local-cloud-options.ts';
import { localDatabaseLook } from './local-database-look.ts';
import { localDatabaseUsers } from './local-database-users.ts';
import { NO_DATABASE_USERS } from './no-database-users.ts';

export const LABEL = 'ephemeral';
const MANY_ASKS = 1_000_000;

/** Starts a Mayfly each time it is called, and has GitHub's webhooks go there. */
export function mayflyStarter(
  options: LocalCloudOptions,
  parts: Pick<MayflyParts, 'clients' | 'platform' | 'fetch'> & { github: GitHubSimulator; awsUrl: string },
): () => Promise<Mayfly> {
  const { clock, logLevel = 'silent', adapt, start: begin = startMayfly, databases = () => undefined } = options;
  const { github, awsUrl, clients, platform, fetch: mayflyFetch } = parts;
  return async () => {
    const mayfly = await begin({
      config: localConfig(github, awsUrl, options),
      platform,
      clients,
      clock,
      log: pino({ level: logLevel }),
      fetch: mayflyFetch,
      spacedWrites: false,
      databases: localDatabaseLook(databases),
      databaseUsers: options.databases ? localDatabaseUsers(databases) : NO_DATABASE_USERS,
      ...(adapt && { adapt }),
    });
    github.setWebhook(mayfly.webhookUrl ?? '', github.app.webhookSecret);
    return mayfly;
  };
}

function localConfig(
  github: GitHubSimulator,
  awsUrl: string,
  {
    logLevel = 'silent',
    databaseUrl,
    dataDir = 'memory://',
    allowedBots = [],
    asksPerUser = MANY_ASKS,
    workers = 4,
    sweep = 'on',
    apiToken,
  }: LocalCloudOptions,
): Config {
  return {
    github: {
      appId: github.app.id,
      privateKey: github.app.privateKeyPem,
      webhookSecret: github.app.webhookSecret,
      apiUrl: github.url,
    },
    server: { host: '127.0.0.1', port: 0 },
    apiToken,
    store: { databaseUrl, passwordSecret: undefined, caFile: undefined, dataDir },
    cloneCaFile: undefined,
    aws: { region: LOCAL_REGION, endpointUrl: awsUrl },
    platform: { parameter: '/mayfly/platform' },
    triggerLabel: LABEL,
    labelPermission: 'write',
    blueprintPath: '.github/ephemeral.yml',
    schemaUrl: undefined,
    allowedBots,
    askLimits: {
      perUser: { asks: asksPerUser, seconds: 600 },
      perRepository: { asks: MANY_ASKS, seconds: 600 },
    },
    role: 'all',
    workers,
    sweep: { mode: sweep, graceSeconds: 1800 },
    logLevel,
  };
}
