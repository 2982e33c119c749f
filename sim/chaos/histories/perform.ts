import type { Violation } from '../truth/violation.ts';
import { pullOf } from './cast.ts';
import { type ExpiryWatch, watchExpiries } from './expiry-watch.ts';
import type { Performance, Play } from './performance.ts';
import { playStep } from './play.ts';
import { settle } from './settle.ts';
import type { Stage } from './stage.ts';
import type { History } from './step.ts';
import { toldLeaks } from './told-leaks.ts';
import { LATE_SECONDS } from './trouble.ts';

/**
 * Plays a history from its first step to its last, ends all troubles, waits until the world has settled, and says what is
 * untrue of it. Then everybody closes their pull requests, and everything has to be gone. Empty when all was true; then
 * the stage can be used again, and otherwise not.
 */
export async function perform(stage: Stage, { steps }: History): Promise<readonly Violation[]> {
  const performance: Performance = { stage, cast: new Map(), troubledWebhooks: 0 };
  const deliveriesBefore = stage.cloud.github.deliveries.length;
  const expiries = watchExpiries();
  for (const step of steps) {
    await playStep(performance, step);
    await lookAtExpiries(performance, expiries);
  }
  await endTroubles(performance);
  const settled = await settle(performance, deliveriesBefore);
  const untrue = [...settled, ...expiries.seen, ...toldLeaks(stage.log)];
  if (untrue.length > 0) {
    return untrue;
  }
  closeAll(performance);
  return [...(await settle(performance, deliveriesBefore)), ...toldLeaks(stage.log)];
}

/** While the database is away there is nothing to be seen. */
export async function lookAtExpiries({ stage, cast }: Play, expiries: ExpiryWatch): Promise<void> {
  const { mayfly, seed } = stage.cloud;
  for (const role of cast.values()) {
    const record = await mayfly.store.environment(`${seed.repository}#${role.number}`).catch(() => undefined);
    expiries.look(role, record);
  }
}

async function endTroubles({ stage, cast }: Performance): Promise<void> {
  const { aws, clock, github, seed } = stage.cloud;
  aws.faults.clear();
  github.faults.clear();
  await stage.line.up();
  await stage.leave();
  const [role] = cast.values();
  if (role) {
    // A webhook that is to be overtaken waits for the next one.
    github.actions.comment({
      repository: seed.repository,
      actor: seed.people.developer,
      number: role.number,
      body: 'Done.',
    });
  }
  await clock.sleep(LATE_SECONDS);
}

/** Everybody closes what is open. */
export function closeAll({ stage, cast }: Play): void {
  const { github, seed } = stage.cloud;
  for (const { number } of cast.values()) {
    if (pullOf(stage.cloud, number).state === 'open') {
      github.actions.close({ repository: seed.repository, actor: seed.people.developer, number });
    }
  }
}
