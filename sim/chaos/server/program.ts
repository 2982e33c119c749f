import { AsyncLocalStorage } from 'node:async_hooks';
import { pino } from 'pino';
import { startMayfly } from '../../../src/mayfly.ts';
import { type AwsClients, createAwsClients } from '../../../src/provision/aws/clients.ts';
import { MAYFLY_CREDENTIALS } from '../../local/credentials.ts';
import { NO_DATABASE_USERS } from '../../local/no-database-users.ts';
import { fetchThroughLoadBalancer } from '../../local/through-load-balancer.ts';
import { startFailure } from '../../start-failure.ts';
import { LOOK_HEADER, type ServerOrder, type ServerWord } from './order.ts';
import { followClock } from './shared-clock.ts';

/**
 * The whole server in a process of its own, for whoever wants to kill it. It loads, says so, waits for its order and
 * starts; it ends with the process that made it, and on no other occasion.
 */
const look = new AsyncLocalStorage<string>();

function say(word: ServerWord): void {
  process.send?.(word);
}

function headersOfLook(): Readonly<Record<string, string>> {
  const environmentId = look.getStore();
  return environmentId === undefined ? {} : { [LOOK_HEADER]: encodeURIComponent(environmentId) };
}

function labelCalls(clients: AwsClients): void {
  for (const client of Object.values(clients) as AwsClients['rds'][]) {
    client.middlewareStack.add(
      (next) => async (call) => {
        Object.assign((call.request as { headers: object }).headers, headersOfLook());
        return await next(call);
      },
      { step: 'build', name: 'labelWithLook' },
    );
  }
}

/** Octokit takes the `fetch` of the moment. */
function labelFetch(): void {
  const plain = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
    for (const [name, value] of Object.entries(headersOfLook())) {
      headers.set(name, value);
    }
    return await plain(input, { ...init, headers });
  };
}

async function start({ config, platform, awsUrl, clock }: ServerOrder): Promise<void> {
  const clients = createAwsClients({
    region: config.aws.region,
    endpoint: awsUrl,
    credentials: MAYFLY_CREDENTIALS,
    // Calls that are held keep their sockets, and must keep nobody else from one.
    maxSockets: Infinity,
  });
  labelCalls(clients);
  labelFetch();
  const { webhookUrl } = await startMayfly({
    config,
    platform,
    clients,
    clock: followClock(clock),
    log: pino({ level: config.logLevel }),
    fetch: fetchThroughLoadBalancer(awsUrl),
    spacedWrites: false,
    databaseUsers: NO_DATABASE_USERS,
    within: async (environmentId, pass) => await look.run(environmentId, pass),
  });
  say({ kind: 'up', webhookUrl });
}

process.on('disconnect', () => process.exit(0));
process.once('message', (order) => {
  start(order as ServerOrder).catch((error: unknown) => say({ kind: 'failed', message: startFailure(error) }));
});
say({ kind: 'loaded' });
