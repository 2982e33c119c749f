import { describe, expect, it } from '@jest/globals';
import { quickBlueprint } from '../support/blueprints.ts';
import { CLOUD_MS, useLocalCloud } from '../support/local-cloud.ts';
import { openPullRequest, type PullRequest } from '../support/pull-request.ts';

const cloud = useLocalCloud();
const withDatabase = quickBlueprint({ database: {} });

describe('minds that change on the way', () => {
  it(
    'leaves nothing behind when the pull request is closed while its clone is being made',
    async () => {
      const pull = openPullRequest(cloud, { blueprint: withDatabase, labelled: true });
      await pull.until('a clone', async () => (await pull.inAccount()).some((name) => name.startsWith('cluster ')));
      pull.close();
      await pull.untilGone();

      expect(await pull.inAccount()).toEqual([]);
      const asked = (await pull.rows()).filter(({ kind }) => !['image', 'rollout', 'smoke'].includes(kind));
      expect(asked.map(({ key }) => key)).toContain('clone-cluster');
      expect(asked.filter(({ goneAt }) => goneAt === null)).toEqual([]);
      expect(pull.comment()).toContain(`Receipt: ${asked.length} of ${asked.length} resources seen gone`);
      for (const { name } of asked) {
        expect(pull.comment()).toContain(`\`${name}\``);
      }
    },
    CLOUD_MS,
  );

  it(
    'leaves nothing behind when the label goes while the services start',
    async () => {
      const pull = openPullRequest(cloud, { blueprint: quickBlueprint(), labelled: true });
      await pull.until('a service', async () => (await pull.inAccount()).some((name) => name.includes(':service/')));
      pull.unlabel();
      await pull.untilGone();

      expect(await pull.inAccount()).toEqual([]);
      expect(pull.comment()).toContain('was removed (label removed)');
      expect(pull.check()).toMatch(/^completed neutral/);
      expect(pull.comments()).toHaveLength(1);
    },
    CLOUD_MS,
  );

  it(
    'ends ready exactly once when the label comes, goes and comes again',
    async () => {
      const pull = openPullRequest(cloud, { blueprint: quickBlueprint(), labelled: true });
      await pull.until('something of it', async () => (await pull.inAccount()).length > 2);
      pull.unlabel();
      pull.label();
      await pull.untilReady();

      const names = await pull.inAccount();
      expect(names.filter((name) => name.includes(':service/'))).toHaveLength(1);
      expect(names.filter((name) => name.startsWith('target group '))).toHaveLength(1);
      expect(names.filter((name) => name.startsWith('rule for '))).toHaveLength(1);
      expect(pull.comments()).toHaveLength(1);
      expect((await pull.visit('web')).status).toBe(200);
    },
    CLOUD_MS,
  );

  it(
    'has it back when a closed pull request that still carries the label is reopened',
    async () => {
      const pull = openPullRequest(cloud, { blueprint: quickBlueprint(), labelled: true });
      await pull.untilReady();
      pull.close();
      await pull.untilGone();
      expect((await pull.visit('web')).status).not.toBe(200);
      pull.reopen();
      await pull.untilReady();

      expect((await pull.visit('web')).status).toBe(200);
      expect(pull.comments()).toHaveLength(1);
      expect((await pull.record())?.life).toBe(2);
    },
    CLOUD_MS,
  );

  it(
    'turns round on its way out when the pull request is reopened before the end',
    async () => {
      const pull = openPullRequest(cloud, { blueprint: withDatabase, labelled: true });
      await pull.untilReady();
      pull.close();
      await pull.until('the way out', () => pull.comment().includes('is being removed'));
      pull.reopen();
      await pull.untilReady();

      expect((await pull.visit('web')).status).toBe(200);
      expect((await pull.inAccount()).filter((name) => name.startsWith('cluster '))).toHaveLength(1);
    },
    CLOUD_MS,
  );
});

async function stateOf(pull: PullRequest) {
  return {
    inAccount: await pull.inAccount(),
    comments: pull.comments(),
    check: pull.check(),
    deployed: pull.deployed(),
    intent: (await pull.record())?.intent,
    life: (await pull.record())?.life,
  };
}

function synchronisations(sha: string) {
  return cloud.now.github.deliveries.filter(
    ({ action, request }) => action === 'synchronize' && request.body.includes(`"after":"${sha}"`),
  );
}

function deliveriesOf(kind: 'labeled' | 'closed', { number }: PullRequest) {
  return cloud.now.github.deliveries.filter(
    ({ action, request }) => action === kind && request.body.includes(`"number":${number},`),
  );
}

describe('webhooks as they come', () => {
  it(
    'does once what is delivered twice',
    async () => {
      cloud.now.github.faults.addWebhook({ event: 'pull_request', action: 'labeled', effect: 'duplicate' });
      cloud.now.github.faults.addWebhook({ event: 'issue_comment', action: 'created', effect: 'duplicate' });
      const pull = openPullRequest(cloud, { blueprint: quickBlueprint(), labelled: true });
      await pull.untilReady();
      const before = await pull.record();
      const said = pull.say('/ephemeral extend 1d');
      await pull.until('an answer', () => pull.repliesTo(said).length > 0);
      await cloud.now.github.settled();

      const extended = (await pull.record())?.intent.expiresAt.getTime() ?? 0;
      expect(extended - (before?.intent.expiresAt.getTime() ?? 0)).toBe(86_400_000);
      expect(pull.repliesTo(said)).toHaveLength(1);
      expect(pull.comments()).toHaveLength(1);
    },
    CLOUD_MS,
  );

  it(
    'changes nothing when GitHub delivers again all that it ever delivered',
    async () => {
      const pull = openPullRequest(cloud, { blueprint: quickBlueprint(), labelled: true });
      await pull.untilReady();
      pull.push({ 'app/more.js': 'more()\n' });
      await pull.untilReady();
      const before = await stateOf(pull);
      for (const { id } of [...cloud.now.github.deliveries].toReversed()) {
        cloud.now.github.redeliver(id);
      }
      await cloud.now.github.settled();
      const generation = (await pull.record())?.intent.generation ?? 0;
      await pull.until('another look', async () => ((await pull.record())?.observedGeneration ?? 0) >= generation);

      expect(await stateOf(pull)).toEqual(before);
    },
    CLOUD_MS,
  );

  it(
    'ends at the newest head when two pushes arrive in reverse',
    async () => {
      const pull = openPullRequest(cloud, { blueprint: quickBlueprint(), labelled: true });
      await pull.untilReady();
      const late = { delaySeconds: 20 };
      cloud.now.github.faults.addWebhook({ event: 'pull_request', action: 'synchronize', effect: late });
      const first = pull.push({ 'app/first.js': 'first()\n' });
      const newest = pull.push({ 'app/second.js': 'second()\n' });
      await pull.until('the late push', () => synchronisations(first).length > 0);
      await cloud.now.github.settled();
      const { generation = 0 } = (await pull.record())?.intent ?? {};
      await pull.until('a look at it', async () => ((await pull.record())?.observedGeneration ?? 0) >= generation);
      await pull.untilReady();

      expect((await pull.record())?.servedSha).toBe(newest);
      expect((await pull.visit('web')).image).toContain(newest.slice(0, 10));
    },
    CLOUD_MS,
  );

  it(
    'keeps an environment, and takes down none of it, when the close arrives after the reopening',
    async () => {
      const pull = openPullRequest(cloud, { blueprint: quickBlueprint(), labelled: true });
      await pull.untilReady();
      const before = await pull.rows();
      cloud.now.github.faults.addWebhook({ event: 'pull_request', action: 'closed', effect: { delaySeconds: 30 } });
      pull.close();
      pull.reopen();
      await pull.until('the late close', () => deliveriesOf('closed', pull).length > 0);
      await pull.untilTakenIn();
      const { generation = 0 } = (await pull.record())?.intent ?? {};
      await pull.until('a look at it', async () => ((await pull.record())?.observedGeneration ?? 0) >= generation);
      await pull.untilReady();

      expect(await pull.record()).toMatchObject({ life: 1, goneAt: null, intent: { state: 'present' } });
      const askedAt = (rows: typeof before) => rows.map(({ key, state, askedAt: at }) => [key, state, at]);
      expect(askedAt(await pull.rows())).toEqual(askedAt(before));
      expect((await pull.visit('web')).status).toBe(200);
    },
    CLOUD_MS,
  );

  it(
    'does not resurrect a closed pull request when its label arrives late',
    async () => {
      const pull = openPullRequest(cloud, { blueprint: quickBlueprint() });
      cloud.now.github.faults.addWebhook({
        event: 'pull_request',
        action: 'labeled',
        effect: { delaySeconds: 30 },
      });
      pull.label();
      pull.close();
      await pull.until('the late label', () => deliveriesOf('labeled', pull).length > 0);
      await pull.until('the end of it', async () => {
        const record = await pull.record();
        return record === undefined || record.goneAt !== null;
      });

      expect(await pull.inAccount()).toEqual([]);
      expect(pull.comments()).toEqual([]);
      expect(pull.checks()).toEqual([]);
      expect(pull.deployments()).toEqual([]);
    },
    CLOUD_MS,
  );
});
