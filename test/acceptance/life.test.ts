import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { needsOf } from '../../sim/github/http/authorisation.ts';
import { readAppPermissions } from '../../sim/local/app-permissions.ts';
import { quickBlueprint } from '../support/blueprints.ts';
import { CLOUD_MS, useLocalCloud } from '../support/local-cloud.ts';
import { openPullRequest, pullRequest } from '../support/pull-request.ts';

const dataDir = await mkdtemp(join(tmpdir(), 'mayfly-acceptance-'));
const cloud = useLocalCloud({ dataDir: join(dataDir, 'state') });
const withDatabase = quickBlueprint({ database: {} });

afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

function servicesOf(environment: string) {
  return new Map(
    [...cloud.now.aws.world.ecs.services.values()]
      .filter(({ name, status }) => name.includes(`-${environment}-`) && status === 'ACTIVE')
      .map((service) => [service.name.replace(`nonprod-${environment}-`, ''), service.deployments[0]?.id]),
  );
}

function migrationsOf(environment: string): number {
  return [...cloud.now.aws.world.ecs.tasks.values()].filter(
    ({ revision, serviceArn }) => serviceArn === undefined && revision.family === `nonprod-${environment}-migrate`,
  ).length;
}

function askedByTheApp() {
  return cloud.now.github.requestLog.filter(({ caller }) => caller.endsWith('[bot]'));
}

async function permissionsUsed() {
  const needs = askedByTheApp().map(({ operation }) => needsOf(operation ?? ''));
  const used = Object.entries(await readAppPermissions()).filter(([name, level]) =>
    needs.some((need) => need.level === level && need.permissions.includes(name)),
  );
  return Object.fromEntries(used);
}

describe('the pull requests of the first users', () => {
  it(
    'runs what 1712 touches from its head and all else from the base branch, and follows its pushes',
    async () => {
      const pull = pullRequest(cloud, 1712);
      pull.label();
      await pull.until('the check to begin', () => pull.check().startsWith('in_progress'));
      await pull.untilReady();
      const first = pull.head();

      const head = first.slice(0, 10);
      expect((await pull.visit('iuweb')).image).toContain(head);
      const [api, selfserve] = [await pull.visit('api'), await pull.visit('ssweb')];
      expect([api.status, selfserve.status]).toEqual([200, 200]);
      expect(api.image).not.toContain(head);
      expect(selfserve.image).not.toContain(head);
      expect(pull.comment()).toMatch(/\| internal \|.*built from this pull request/);
      expect(pull.comment()).toMatch(/api\*\* \|.*main, untouched here/);
      expect(pull.comments()).toHaveLength(1);
      expect(pull.check()).toBe(`completed success: Ready: 5 services at ${first.slice(0, 7)}`);

      pull.say('/ephemeral test smoke');
      await pull.until('the suite', () => pull.checks().some(({ name }) => name === 'ephemeral / smoke'));

      const before = servicesOf(pull.environment);
      expect(migrationsOf(pull.environment)).toBe(1);
      const second = pull.push({ 'app/internal/module/Olcs/src/Review.php': 'reviewed\n' });
      await pull.until('the new check to begin', () => pull.check(second).startsWith('in_progress'));
      expect(pull.check(first)).not.toMatch(/success/);
      await pull.untilReady();

      const after = servicesOf(pull.environment);
      expect([...after].filter(([name, id]) => before.get(name) !== id).map(([name]) => name)).toEqual(['internal']);
      expect((await pull.visit('iuweb')).image).toContain(second.slice(0, 10));
      expect(migrationsOf(pull.environment)).toBe(1);
      expect(pull.check(first)).toMatch(/^completed neutral: Superseded by/);
      expect(pull.deployments().map(({ sha }) => sha)).toEqual([first, second]);
      expect(pull.deployments()[0]?.statuses.at(-1)?.state).toBe('inactive');

      pull.close();
      await pull.untilGone();
      expect(await pull.inAccount()).toEqual([]);
      expect(cloud.now.github.violations).toEqual([]);
      // A whole life needs everything that app.yml asks for, and nothing besides.
      expect(await permissionsUsed()).toEqual(await readAppPermissions());
      expect(askedByTheApp().filter(({ status }) => status === 401 || status === 403)).toEqual([]);
    },
    CLOUD_MS,
  );

  it(
    'runs everything of 1721 from its head, behind the load balancer and at its own domain',
    async () => {
      const pull = pullRequest(cloud, 1721);
      pull.label();
      await pull.untilReady();

      const head = pull.head().slice(0, 10);
      for (const host of ['api', 'ssweb', 'iuweb', '']) {
        expect(await pull.visit(host)).toEqual({ status: 200, image: expect.stringContaining(head) });
      }
      const [{ record }] = [{ record: await pull.record() }];
      expect(record?.servedSha).toBe(pull.head());
      expect(pull.deployments()).toHaveLength(1);

      cloud.now.github.actions.merge(pull.at);
      await pull.untilGone();
      expect(pull.comment()).toContain('was removed (merged)');
      expect(await pull.inAccount()).toEqual([]);
    },
    CLOUD_MS,
  );
});

describe('a Mayfly that is stopped in the middle and started again', () => {
  it(
    'finishes what it began, on the way up and on the way down',
    async () => {
      const pull = openPullRequest(cloud, { blueprint: withDatabase, labelled: true });
      await pull.until('a clone', async () => (await pull.inAccount()).some((name) => name.startsWith('cluster ')));
      await cloud.now.restartMayfly();
      await pull.untilReady();

      const names = await pull.inAccount();
      for (const kind of ['cluster ', 'instance ', 'target group ', 'rule for ']) {
        expect(names.filter((name) => name.startsWith(kind))).toHaveLength(1);
      }
      expect(pull.comments()).toHaveLength(1);

      pull.close();
      await pull.until('the way out', () => pull.comment().includes('is being removed'));
      await cloud.now.restartMayfly();
      await pull.untilGone();

      expect(await pull.inAccount()).toEqual([]);
      expect(pull.comments()).toHaveLength(1);
    },
    CLOUD_MS,
  );

  it(
    'learns of a push, a close and a command that it was not there to hear',
    async () => {
      const pushed = openPullRequest(cloud, { blueprint: quickBlueprint(), labelled: true });
      const closed = openPullRequest(cloud, { blueprint: quickBlueprint(), labelled: true });
      await Promise.all([pushed.untilReady(), closed.untilReady()]);
      const before = (await pushed.record())?.intent.expiresAt.getTime() ?? 0;
      let said = 0;
      await cloud.now.restartMayfly(async () => {
        pushed.push({ 'app/meanwhile.js': 'meanwhile()\n' });
        closed.close();
        said = pushed.say('/ephemeral extend 1d');
        await cloud.now.github.settled();
      });
      await Promise.all([pushed.untilReady(), closed.untilGone()]);
      await pushed.until('an answer to the command', () => pushed.repliesTo(said).length > 0);
      await cloud.now.github.settled();

      expect((await pushed.record())?.servedSha).toBe(pushed.head());
      expect(await closed.inAccount()).toEqual([]);
      // The log of deliveries was read, and what had failed was asked for again and taken in, once.
      expect(((await pushed.record())?.intent.expiresAt.getTime() ?? 0) - before).toBe(86_400_000);
      expect(pushed.repliesTo(said)).toHaveLength(1);
    },
    CLOUD_MS,
  );
});
