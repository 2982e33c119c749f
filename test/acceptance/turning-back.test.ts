import { describe, expect, it } from '@jest/globals';
import { quickBlueprint } from '../support/blueprints.ts';
import { CLOUD_MS, useLocalCloud } from '../support/local-cloud.ts';
import { openPullRequest } from '../support/pull-request.ts';

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
