import { readFile } from 'node:fs/promises';
import { pino } from 'pino';
import { type Platform, parsePlatform } from './config/platform.ts';
import { type Config, parseConfig } from './config/process.ts';
import { startMayfly } from './mayfly.ts';
import { readAccountId } from './provision/aws/account.ts';
import { type AwsClients, createAwsClients } from './provision/aws/clients.ts';
import { readPlatformDocument } from './provision/aws/platform-document.ts';

/** The platform that the document names, after making sure that this is its account. */
async function readPlatform({ platform: source }: Config, clients: AwsClients): Promise<Platform> {
  const text =
    'file' in source ? await readFile(source.file, 'utf8') : await readPlatformDocument(clients.ssm, source.parameter);
  const platform = parsePlatform(text);
  const accountId = await readAccountId(clients.sts);
  if (accountId !== platform.accountId) {
    throw new Error(
      `these credentials are of account ${accountId}, and the platform document names ${platform.accountId}: refusing to run`,
    );
  }
  return platform;
}

async function main(): Promise<void> {
  const config = parseConfig(process.env);
  const log = pino({ level: config.logLevel });
  const { region, endpointUrl } = config.aws;
  const clients = createAwsClients({ region, ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }) });
  const platform = await readPlatform(config, clients);
  const clock = { now: () => new Date(), wallMilliseconds: (seconds: number) => seconds * 1000 };
  const mayfly = await startMayfly({ config, platform, clients, clock, log, fetch: globalThis.fetch });
  log.info({ webhookUrl: mayfly.webhookUrl, role: config.role, platform: platform.name }, 'mayfly is up');

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'mayfly lets the work in hand end');
      mayfly.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'mayfly did not stop cleanly');
          process.exit(1);
        },
      );
    });
  }
}

try {
  await main();
} catch (error) {
  // Configuration is reported as sentences; a stack would bury them.
  process.stderr.write(`mayfly does not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
