import { createServer } from 'node:http';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { createDeliveryLog } from '../../src/github/delivery-log.ts';
import type { DeliveryLog } from '../../src/reconcile/delivery-log.ts';
import { type LocalHub, startLocalHub } from './local-hub.ts';

const LONG_AGO = new Date(0);
let hub: LocalHub;
let log: DeliveryLog;

beforeEach(async () => {
  hub = await startLocalHub();
  log = createDeliveryLog(hub.probot);
  // Nobody listens there: what is sent fails.
  hub.github.setWebhook('http://127.0.0.1:9/', 'a secret of this test');
});

async function happen(times = 1): Promise<void> {
  for (let made = 0; made < times; made += 1) {
    const { repository, number, people } = hub.seed;
    hub.github.actions.comment({ repository, number, actor: people.developer, body: `${made}` });
  }
  await hub.github.settled();
}

describe('the log of deliveries', () => {
  it('tells of each attempt, newest first, on as many pages as there are', async () => {
    await happen(130);
    const ids = hub.github.deliveries.map(({ id }) => id).toReversed();

    const attempts = await log.attempts(LONG_AGO, 1000);
    expect(attempts.map(({ id }) => id)).toEqual(ids);
    expect(attempts.every(({ arrived }) => !arrived)).toBe(true);
    expect(await log.attempts(LONG_AGO, 7)).toHaveLength(7);
  });

  it('is read back to a time, and no page further', async () => {
    await happen(120);
    hub.clock.advance(3600);
    const since = hub.clock.now();
    await happen(2);

    expect(await log.attempts(since, 1000)).toHaveLength(2);
    const pages = hub.github.requestLog.filter(({ operation }) => operation === 'apps/list-webhook-deliveries');
    expect(pages).toHaveLength(1);
  });

  it('has a webhook delivered again, with the guid that it had', async () => {
    await happen();
    const lost = (await log.attempts(LONG_AGO, 1))[0];
    const server = createServer((_, response) => void response.end('thanks'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    hub.github.setWebhook(
      `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`,
      'a secret of this test',
    );
    expect(await log.redeliver(lost?.id ?? 0)).toBe(true);
    await hub.github.settled();
    server.closeAllConnections();
    server.close();

    expect((await log.attempts(LONG_AGO, 1))[0]).toMatchObject({ guid: lost?.guid, arrived: true });
  });

  it('has nothing older than three days, whoever asks for it', async () => {
    await happen();
    const lost = (await log.attempts(LONG_AGO, 1))[0];
    hub.clock.advance(3 * 86_400 + 1);

    expect(await log.attempts(LONG_AGO, 10)).toEqual([]);
    expect(await log.redeliver(lost?.id ?? 0)).toBe(false);
  });

  it('is not taken for empty when GitHub does not answer', async () => {
    const effect = { kind: 'status', status: 502 } as const;
    hub.github.faults.addRest({ operation: 'apps/list-webhook-deliveries', effect });

    await expect(log.attempts(LONG_AGO, 10)).rejects.toMatchObject({ name: 'TransientError' });
  });
});
