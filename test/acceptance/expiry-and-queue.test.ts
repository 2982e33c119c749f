import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from '@jest/globals';
import { type BudgetNeed, budgetLimits, poolsOf } from '../../src/domain/budget.ts';
import { environmentId } from '../../src/domain/environment.ts';
import { resourceName } from '../../src/domain/resource-name.ts';
import { encodeTags, TAG_KEYS } from '../../src/domain/tags.ts';
import { createBudgetReader } from '../../src/provision/aws/budget-reader.ts';
import { quickBlueprint } from '../support/blueprints.ts';
import { CLOUD_MS, useLocalCloud } from '../support/local-cloud.ts';
import { openPullRequest, type PullRequest } from '../support/pull-request.ts';

const HOUR_MS = 3_600_000;
const LEAPING_SPEED = 100_000;
/** Further away than this, an expiry is nothing to tell of. */
const QUIET_HOURS = 60;
const cloud = useLocalCloud({ limits: { environments: 2 } });

/** Lets time fly until `left` hours before the expiry, and jump as long as nothing is due. */
async function leapTo(pull: PullRequest, left: number): Promise<void> {
  const { clock } = cloud.now;
  const expiresAt = (await pull.record())?.intent.expiresAt.getTime() ?? 0;
  const target = expiresAt - left * HOUR_MS;
  clock.jump(Math.max(0, (expiresAt - QUIET_HOURS * HOUR_MS - clock.now().getTime()) / 1000));
  const { speed } = clock;
  clock.setSpeed(LEAPING_SPEED);
  await clock.sleep(Math.max(0, (target - clock.now().getTime()) / 1000));
  clock.setSpeed(speed);
}

async function promisesTo(pulls: readonly PullRequest[]): Promise<BudgetNeed[]> {
  const { repository } = cloud.now.seed;
  const ids = pulls.map(({ number }) => environmentId({ repository, number }));
  const claims = await cloud.now.mayfly.store.transaction(async (transaction) => await transaction.claims());
  return claims.filter(({ environmentId: id }) => ids.includes(id)).flatMap(({ needs }) => needs);
}

describe('an environment whose time runs out', () => {
  it(
    'warns its owner in one further comment, and goes with its label when the time is up',
    async () => {
      const pull = openPullRequest(cloud, { blueprint: quickBlueprint(), labelled: true });
      await pull.untilReady();
      for (const hours of [48, 24, 4]) {
        await leapTo(pull, hours - 0.5);
        await pull.until(`the warning of ${hours} h`, () => pull.warnings()[0]?.includes(`${hours} hours`) ?? false);
        expect(pull.warnings()).toHaveLength(1);
        expect(pull.warnings()[0]).toContain('@vol-developer');
        expect(pull.labels()).toContain('ephemeral');
      }
      await leapTo(pull, -0.1);
      await pull.untilGone();

      expect(pull.labels()).not.toContain('ephemeral');
      expect(await pull.inAccount()).toEqual([]);
      expect(pull.comment()).toContain('was removed (expired)');
      expect(pull.comments()).toHaveLength(1);

      pull.label();
      await pull.untilReady();
      expect(
        ((await pull.record())?.intent.expiresAt.getTime() ?? 0) - cloud.now.clock.now().getTime(),
      ).toBeGreaterThan(160 * HOUR_MS);
      // It would hold one of the two slots.
      pull.close();
      await pull.untilGone();
    },
    CLOUD_MS,
  );

  it(
    'is not warned of again for the same expiry, and again once it was extended',
    async () => {
      const pull = openPullRequest(cloud, { blueprint: quickBlueprint(), labelled: true });
      await pull.untilReady();
      await leapTo(pull, 47);
      await pull.until('a warning', () => pull.warnings().length > 0);
      const said = pull.say('/ephemeral extend 3d');
      await pull.until('an answer', () => pull.repliesTo(said).length > 0);
      await pull.until('the warning to be taken back', () => pull.warnings()[0]?.includes('is kept until') ?? false);
      await leapTo(pull, 47);
      await pull.until('the next warning', () => pull.warnings()[0]?.includes('48 hours') ?? false);

      expect(pull.warnings()).toHaveLength(1);
      pull.close();
      await pull.untilGone();
    },
    CLOUD_MS,
  );
});

describe('more environments than there are slots', () => {
  it(
    'has the third wait with its place and who holds the slots, and starts it by itself when one is free',
    async () => {
      const blueprint = quickBlueprint();
      const holders = [1, 2].map(() => openPullRequest(cloud, { blueprint, labelled: true }));
      await Promise.all(holders.map(async (pull) => await pull.untilReady()));
      const third = openPullRequest(cloud, { blueprint, labelled: true });
      await third.until('its place', () => third.comment().includes('in the queue'));
      const fourth = openPullRequest(cloud, { blueprint, labelled: true });
      await fourth.until('its place', () => fourth.comment().includes('Second in the queue'));

      expect(third.comment()).toContain('Next in the queue');
      for (const { number } of holders) {
        expect(third.comment()).toContain(`#${number}`);
      }
      expect(third.check()).toMatch(/^completed neutral: Waiting for a slot/);
      expect(await third.inAccount()).toEqual([]);

      // What was promised to both is what AWS shows of them, thing by thing.
      const promised = await promisesTo(holders);
      const limits = budgetLimits(cloud.now.platform.limits);
      const shown = await createBudgetReader({ clients: cloud.now.mayflyClients, limits }).read(poolsOf(promised));
      expect(promised.length).toBeGreaterThan(0);
      expect(shown.flatMap(({ items }) => items)).toEqual(expect.arrayContaining(promised.map(({ item }) => item)));

      holders[0]?.close();
      await third.untilReady();
      await fourth.until('to move up', () => fourth.comment().includes('Next in the queue'));

      expect((await third.visit('web')).status).toBe(200);
      expect(await fourth.inAccount()).toEqual([]);

      third.unlabel();
      await third.untilGone();
      await fourth.untilReady();
      for (const pull of [...holders.slice(1), fourth]) {
        pull.close();
        await pull.untilGone();
      }
    },
    CLOUD_MS,
  );
});

describe('what is in the account and no record knows', () => {
  /** Of the pull request's environment, as Mayfly makes it, and without a record. */
  async function plant(pull: PullRequest, more: Readonly<Record<string, string>>): Promise<void> {
    const { clients, clock, platform } = cloud.now;
    const { repository, number } = pull.at;
    const identity = { id: environmentId(pull.at), name: pull.environment, pullRequest: { repository, number } };
    const logGroupName = resourceName({
      platform: platform.name,
      environment: identity,
      kind: 'log-group',
      service: 'web',
    });
    const expiresAt = new Date(clock.now().getTime() + 72 * HOUR_MS);
    const tags = encodeTags({ environment: identity, name: logGroupName, branch: 'x', commit: 'y', expiresAt });
    await clients.logs.send(new CreateLogGroupCommand({ logGroupName, tags: { ...tags, ...more } }));
  }

  it(
    'is told of and deleted when two looks have found it, unless somebody protects it',
    async () => {
      const { clock, mayfly } = cloud.now;
      const leaked = openPullRequest(cloud, { blueprint: quickBlueprint() });
      const kept = openPullRequest(cloud, { blueprint: quickBlueprint() });
      await plant(leaked, {});
      await plant(kept, { [TAG_KEYS.protect]: 'true' });
      const before = await kept.inAccount();
      expect(before).toHaveLength(1);
      const plantedAt = clock.now().getTime();

      const { speed } = clock;
      clock.setSpeed(1000);
      for (let quarters = 0; quarters < 16 && (await leaked.inAccount()).length > 0; quarters += 1) {
        await clock.sleep(900);
      }
      clock.setSpeed(speed);

      expect(await leaked.inAccount()).toEqual([]);
      const events = await mayfly.store.events(environmentId(leaked.at));
      expect(events).toMatchObject([{ action: 'leak-found', details: { reasons: 'no-record', things: 1 } }]);
      expect((events[0]?.at.getTime() ?? 0) - plantedAt).toBeGreaterThan(HOUR_MS / 2);
      expect(await kept.inAccount()).toEqual(before);
      expect(await mayfly.store.events(environmentId(kept.at))).toEqual([]);
    },
    CLOUD_MS,
  );
});
