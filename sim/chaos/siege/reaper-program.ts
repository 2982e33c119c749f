import { setTimeout as sleep } from 'node:timers/promises';
import { createAwsClients } from '../../../src/provision/aws/clients.ts';
import { reapAccount } from '../../../src/reap-account.ts';
import { LOCAL_REGION } from '../../local/credentials.ts';
import { followClock } from '../server/shared-clock.ts';
import { REAPER_CREDENTIALS, type ReaperOrder, type ReaperWord } from './reaper-order.ts';

/**
 * The reaper in a process of its own, for whoever wants to kill it. What a schedule and Lambda do for it is done here: it
 * begins again a while after it is through, and has as long as a Lambda lives. It ends with the process that made it.
 */
const EVERY_SECONDS = 60;
const LAMBDA_SECONDS = 900;

function say(word: ReaperWord): void {
  process.send?.(word);
}

async function makeRounds({ platform, awsUrl, clock: shared, graceSeconds }: ReaperOrder): Promise<never> {
  const clock = followClock(shared);
  const clients = createAwsClients({ region: LOCAL_REGION, endpoint: awsUrl, credentials: REAPER_CREDENTIALS });
  const pause = async (seconds: number) => await sleep(clock.wallMilliseconds(seconds));

  async function round(): Promise<ReaperWord> {
    const end = clock.now().getTime() + LAMBDA_SECONDS * 1000;
    const report = await reapAccount({
      clients,
      platform,
      clock,
      fetch,
      pause,
      graceSeconds,
      dryRun: false,
      remainingSeconds: () => (end - clock.now().getTime()) / 1000,
      onUnexpected: (where, error) => say({ kind: 'failed', message: `${where}: ${String(error)}` }),
    });
    const reaped = report.environments.map(({ owner, outcome, expiresAt }) => ({
      name: owner.name,
      outcome,
      expiresAt: expiresAt?.toISOString() ?? null,
    }));
    return { kind: 'round', reaped };
  }

  for (;;) {
    // What throws is told, and the next round begins from the top, as Lambda would have it.
    say(await round().catch((error: unknown) => ({ kind: 'failed', message: String(error) })));
    await pause(EVERY_SECONDS);
  }
}

process.on('disconnect', () => process.exit(0));
process.once('message', (order) => void makeRounds(order as ReaperOrder));
