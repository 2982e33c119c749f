import { afterEach, describe, expect, it } from '@jest/globals';
import { setBehaviour } from '../../sim/aws/ecs/behaviour.ts';
import { quickBlueprint, quickService } from '../support/blueprints.ts';
import { CLOUD_MS, useLocalCloud } from '../support/local-cloud.ts';
import { openPullRequest, type PullRequest } from '../support/pull-request.ts';

const BLUEPRINT = '.github/ephemeral.yml';
const cloud = useLocalCloud();

async function untilSaid(pull: PullRequest, words: string | RegExp): Promise<void> {
  await pull.until(`the comment to say ${words}`, () => pull.comment().search(words) !== -1);
  await pull.until('the check to say so', () => pull.check().startsWith('completed failure'));
  expect(pull.comments()).toHaveLength(1);
}

/** What images of this pull request's newest commit do. */
function behave(pull: PullRequest, what: Omit<Parameters<typeof setBehaviour>[1], 'image'>): void {
  setBehaviour(cloud.now.aws.world, { image: `*${pull.head().slice(0, 10)}`, ...what });
}

afterEach(() => {
  cloud.now.aws.world.ecs.behaviours.length = 0;
});

describe('a blueprint that cannot be followed', () => {
  it.each([
    ['cannot be read', 'version: 1\nservices: [\n', /ephemeral\.yml:\d+/],
    [
      'has a value of the wrong kind',
      quickBlueprint({ services: { web: quickService({ port: 'high' }) } }),
      /services\.web\.port.*found `"?high"?`/,
    ],
    [
      'depends on a service it does not have',
      quickBlueprint({ services: { web: quickService({ dependsOn: ['sql'] }) } }),
      /services\.web\.dependsOn.*sql/,
    ],
    ['has a key that nobody knows', quickBlueprint({ servces: {} }), /ephemeral\.yml:\d+.*servces/],
  ])(
    '%s: the pull request says where and why, nothing is made, and a push mends it',
    async (_, blueprint, words) => {
      const pull = openPullRequest(cloud, { blueprint, labelled: true });
      await untilSaid(pull, words);

      expect(pull.comment()).toContain('is refused');
      expect(pull.check()).toContain('Refused');
      expect(await pull.inAccount()).toEqual([]);

      pull.push({ [BLUEPRINT]: quickBlueprint() });
      await pull.untilReady();
      pull.close();
    },
    CLOUD_MS,
  );

  it(
    'is missing: the pull request says how to begin',
    async () => {
      const pull = openPullRequest(cloud, { blueprint: null, labelled: true });
      await untilSaid(pull, /There is no `\.github\/ephemeral\.yml` at [0-9a-f]{7}/);
      expect(await pull.inAccount()).toEqual([]);
    },
    CLOUD_MS,
  );

  it(
    'leaves what runs running when it is pushed onto a ready environment',
    async () => {
      const pull = openPullRequest(cloud, { blueprint: quickBlueprint(), labelled: true });
      await pull.untilReady();
      const served = pull.head();
      const names = await pull.inAccount();
      const broken = pull.push({ [BLUEPRINT]: 'version: 2\n' });
      await untilSaid(pull, /ephemeral\.yml:1/);

      expect(await pull.inAccount()).toEqual(names);
      expect((await pull.visit('web')).image).toContain(served.slice(0, 10));
      expect(pull.comment()).toContain(`<https://web.${pull.environment}.`);
      expect(pull.check(broken)).toMatch(/^completed failure/);
      expect(pull.deployed()).not.toBe('success');

      pull.push({ [BLUEPRINT]: quickBlueprint() });
      await pull.untilReady();
      pull.close();
    },
    CLOUD_MS,
  );
});

describe('an application that does not start', () => {
  it(
    'waits for its image, and says which one when it did not come in time',
    async () => {
      const services = {
        web: quickService(),
        other: quickService({ image: 'vol-app/gotenberg:nowhere', host: 'other' }),
      };
      const images = { tag: 'branch-{slug}-{sha10}', deadline: '2m' };
      const pull = openPullRequest(cloud, { blueprint: quickBlueprint({ services, images }), labelled: true });
      await untilSaid(pull, /vol-app\/gotenberg:nowhere did not appear in the registry.*See whether its build ran/);

      await pull.until('the other service', async () => (await pull.visit('web')).status === 200);
      await pull.until('its link', () => pull.comment().includes(`https://web.${pull.environment}`));

      pull.push({ [BLUEPRINT]: quickBlueprint() });
      await pull.untilReady();
      expect((await pull.inAccount()).filter((name) => name.includes('other'))).toEqual([]);
      pull.close();
    },
    CLOUD_MS,
  );

  it(
    'shows the last log lines of a container that crashes, and heals with a push',
    async () => {
      const pull = openPullRequest(cloud, { blueprint: quickBlueprint() });
      behave(pull, { crash: { afterSeconds: 0, exitCode: 3, lines: ['no configuration at /etc/app.ini'] } });
      pull.label();
      await untilSaid(pull, 'no configuration at /etc/app.ini');

      expect(pull.comment()).toMatch(/is failing: web/);
      expect(pull.check()).toMatch(/web/);
      pull.push({ 'app/fixed.js': 'fixed()\n' });
      await pull.untilReady();
      pull.close();
    },
    CLOUD_MS,
  );

  it(
    'says which health check fails, while the other services keep their links',
    async () => {
      const services = {
        web: quickService(),
        sick: quickService({
          host: 'sick',
          healthCheck: { ...(quickService()['healthCheck'] as object), path: '/sick' },
        }),
      };
      const pull = openPullRequest(cloud, { blueprint: quickBlueprint({ services }) });
      behave(pull, { statusByPath: { '/sick': 500 } });
      pull.label();
      await untilSaid(pull, /sick/);
      await pull.until('the cause', () => pull.comment().includes('**sick** · health check returns 500'));
      await pull.until('the check', () => pull.check().includes('sick: health check returns 500'));
      await pull.until('the link', () => pull.comment().includes(`https://web.${pull.environment}`));

      expect((await pull.visit('web')).status).toBe(200);
      pull.push({ 'app/fixed.js': 'fixed()\n' });
      await pull.untilReady();
      pull.close();
    },
    CLOUD_MS,
  );

  it(
    'does not start services on a database whose migration failed, and says what the migration said',
    async () => {
      const tasks = { migrate: { image: 'vol-app/api', phase: 'pre-deploy' } };
      const pull = openPullRequest(cloud, { blueprint: quickBlueprint({ tasks }) });
      behave(pull, { oneOffExitCode: 1, oneOffSeconds: 2, oneOffLines: ['changeset 17: table exists'] });
      pull.label();
      await untilSaid(pull, 'changeset 17: table exists');

      expect(pull.check()).toMatch(/migrate/);
      expect((await pull.inAccount()).filter((name) => name.includes(':service/'))).toEqual([]);
      pull.push({ 'app/fixed.sql': 'select 1;\n' });
      await pull.untilReady();
      pull.close();
    },
    CLOUD_MS,
  );
});

describe('somebody who may not', () => {
  it(
    'takes no notice of a bot that labels',
    async () => {
      const { github, seed, label } = cloud.now;
      const pull = openPullRequest(cloud, { blueprint: quickBlueprint() });
      github.actions.label({ ...pull.at, actor: seed.people.dependabot, label });
      await github.settled();

      expect(await pull.record()).toBeUndefined();
      expect(pull.comments()).toEqual([]);
    },
    CLOUD_MS,
  );
});
