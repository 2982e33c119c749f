import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import { type Platform, parsePlatform } from './config/platform.ts';
import { type Config, parseConfig } from './config/process.ts';
import { TerminalError, TransientError } from './domain/failure.ts';
import { databaseAccessOf } from './mayfly/database-access.ts';
import { type Mayfly, startMayfly } from './mayfly.ts';
import { readAccountId } from './provision/aws/account.ts';
import { type AwsClients, createAwsClients } from './provision/aws/clients.ts';
import { createOutwardFetch } from './provision/aws/outward-fetch.ts';
import { readPlatformDocument } from './provision/aws/platform-document.ts';
import { createProcessLog } from './telemetry/process-log.ts';
import { createRedactor, maskCredentials } from './telemetry/redaction.ts';

/** npm passes a Ctrl-C on that the terminal has sent to Mayfly already. */
const SAME_SIGNAL_MS = 1000;

/** The platform that the document names, after making sure that this is its account. */
async function readPlatform({ platform: source }: Config, clients: AwsClients): Promise<Platform> {
  const text =
    'file' in source ? await readPlatformFile(source.file) : await readPlatformDocument(clients.ssm, source.parameter);
  const platform = parsePlatform(text);
  const accountId = await readAccountId(clients.sts);
  if (accountId !== platform.accountId) {
    throw new Error(
      `these credentials are of account ${accountId}, and the platform document names ${platform.accountId}: refusing to run`,
    );
  }
  return platform;
}

async function readPlatformFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Error(`reading the platform document ${path}`, { cause: error });
  }
}

/** Before the configuration is read nothing secret is known that could be said. */
let redact = (text: string): string => text;

async function main(): Promise<void> {
  const config = parseConfig(process.env);
  redact = createRedactor(secretsOf(config));
  const log = createProcessLog({ level: config.logLevel, redact });
  const signals = endOnSignals(log);
  const { region, endpointUrl } = config.aws;
  const clients = createAwsClients({ region, ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }) });
  const platform = await readPlatform(config, clients);
  const clock = { now: () => new Date(), wallMilliseconds: (seconds: number) => seconds * 1000 };
  const fetch = createOutwardFetch({ zone: platform.dns.zone, loadBalancer: platform.loadBalancer.dnsName });
  const access = await databaseAccessOf(config);
  const mayfly = await startMayfly({ config, platform, clients, clock, log, fetch, ...access });
  // Whoever reads that it is up may end it at once.
  signals.nowUp(mayfly);
  log.info({ webhookUrl: mayfly.webhookUrl, role: config.role, platform: platform.name }, 'mayfly is up');
}

/** What this process was told that nobody may read. The AWS SDK reads its own from the environment by itself. */
function secretsOf({ github, store, apiToken = '' }: Config): string[] {
  const password = store.databaseUrl === undefined ? '' : (URL.parse(store.databaseUrl)?.password ?? '');
  const aws = [process.env['AWS_SECRET_ACCESS_KEY'] ?? '', process.env['AWS_SESSION_TOKEN'] ?? ''];
  return [github.privateKey, github.webhookSecret, apiToken, password, fromUrl(password), ...aws];
}

/** What `%40` and the like stand for; a text that is not written so is as it is. */
function fromUrl(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The first signal lets the work in hand end; a second, from somebody who will not wait for that, ends the process. Before
 * it is up the process ends at once. It has to be told: in a container it is the first process, and there a signal that
 * nobody listens for does nothing (pid_namespaces(7)).
 */
function endOnSignals(log: Logger): { nowUp(mayfly: Mayfly): void } {
  let mayfly: Mayfly | undefined;
  let askedAt: number | undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      const now = performance.now();
      if (mayfly === undefined) {
        log.info({ signal }, 'mayfly ends before it is up');
        process.exit(0);
      }
      if (askedAt === undefined) {
        askedAt = now;
        log.info({ signal }, 'mayfly lets the work in hand end');
        mayfly.stop().then(
          () => process.exit(0),
          (error: unknown) => {
            log.error({ err: error }, 'mayfly did not stop cleanly');
            process.exit(1);
          },
        );
      } else if (now - askedAt > SAME_SIGNAL_MS) {
        log.warn({ signal }, 'mayfly ends with work in hand, which the next process takes up');
        process.exit(1);
      }
    });
  }
  return {
    nowUp(started) {
      mayfly = started;
    },
  };
}

/** What was being done, and why it could not be done, as one sentence. */
function startFailure(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  // What an adapter has classified says all there is to say.
  if (error instanceof TransientError || error instanceof TerminalError) {
    return error.message;
  }
  // A host of several addresses is refused at each of them; the error that holds those says nothing itself.
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  const cause = first ?? error.cause;
  return [error.message, ...(cause === undefined ? [] : [startFailure(cause)])]
    .filter((part) => part !== '')
    .join(': ');
}

try {
  await main();
} catch (error) {
  // Configuration is reported as sentences; a stack would bury them.
  process.stderr.write(`mayfly does not start: ${redact(maskCredentials(startFailure(error)))}\n`);
  process.exitCode = 1;
}
