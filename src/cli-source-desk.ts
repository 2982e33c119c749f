import { readFile } from 'node:fs/promises';
import { MendError, UsageError } from './cli/exit-code.ts';
import type { SourceDesk, SourcePolicy } from './cli/source-desk.ts';
import { ConfigError } from './config/config-error.ts';
import { parsePlatform } from './config/platform.ts';
import type { PlatformPlace } from './config/platform-variables.ts';
import { parseSourceDeskConfig, type SourceDeskConfig } from './config/source-desk.ts';
import type { AwsClients } from './provision/aws/clients.ts';
import { databaseFailure, openAsGuest } from './store/open-as-guest.ts';
import { createSourceStore } from './store/sources.ts';

/** Asking Mayfly for sources, through its own database, which is as it was afterwards but for what was asked. */
export async function openSourceDesk(variables: Readonly<Record<string, string | undefined>>): Promise<SourceDesk> {
  const config = readConfig(variables);
  const clients = await clientsOf(config);
  const policy = config.platform && (await readPolicy(config.platform, clients));
  const { passwordSecret, ...address } = config.store;
  const database = await openAsGuest({ ...address, password: passwordOf(passwordSecret, clients) });
  const store = createSourceStore(database);
  return {
    policy,
    isShared: address.databaseUrl !== undefined,
    ask: async (asked) => await known(store.ask(asked)),
    requests: async () => await known(store.requests()),
    versions: async () => await known(store.versions()),
    close: async () => await database.close(),
  };
}

async function known<T>(answer: Promise<T>): Promise<T> {
  return await answer.catch((error: unknown) => {
    throw databaseFailure(error);
  });
}

function readConfig(variables: Readonly<Record<string, string | undefined>>): SourceDeskConfig {
  try {
    return parseSourceDeskConfig(variables);
  } catch (error) {
    throw error instanceof ConfigError
      ? new UsageError(error.problems.map(({ name, problem }) => `${name} ${problem}`))
      : error;
  }
}

/** Undefined where nothing is to be read from AWS: its libraries take their time to load. */
async function clientsOf({ region, endpointUrl, platform, store }: SourceDeskConfig): Promise<AwsClients | undefined> {
  const isNeeded = store.passwordSecret !== undefined || (platform && 'parameter' in platform);
  if (!isNeeded || region === undefined) {
    return undefined;
  }
  const { createAwsClients } = await import('./provision/aws/clients.ts');
  return createAwsClients({ region, ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }) });
}

function passwordOf(secret: string | undefined, clients: AwsClients | undefined): (() => Promise<string>) | undefined {
  if (secret === undefined || clients === undefined) {
    return undefined;
  }
  return async () => {
    const { readDatabasePassword } = await import('./provision/aws/database-password.ts');
    return await readDatabasePassword(clients.secrets, secret);
  };
}

async function readPolicy(place: PlatformPlace, clients: AwsClients | undefined): Promise<SourcePolicy> {
  const text = 'file' in place ? await readDocument(place.file) : await readParameter(place.parameter, clients);
  try {
    const { refresh, passportPublicKey } = parsePlatform(text).database;
    return { publicKey: passportPublicKey, keepDays: refresh?.keepDays };
  } catch (error) {
    throw error instanceof ConfigError
      ? new MendError(error.problems.map(({ name, problem }) => `platform document: ${name} ${problem}`))
      : error;
  }
}

async function readDocument(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new MendError([
      `the platform document ${path} cannot be read: ${error.code ?? 'for no reason that is told'}`,
    ]);
  });
}

async function readParameter(name: string, clients: AwsClients | undefined): Promise<string> {
  const { readPlatformDocument } = await import('./provision/aws/platform-document.ts');
  if (clients === undefined) {
    throw new UsageError(['AWS_REGION is missing: PLATFORM_PARAMETER is read from AWS']);
  }
  return await readPlatformDocument(clients.ssm, name);
}
