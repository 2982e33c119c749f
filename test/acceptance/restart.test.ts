import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { quickBlueprint } from '../support/blueprints.ts';
import { CLOUD_MS, useLocalCloud } from '../support/local-cloud.ts';
import { openPullRequest } from '../support/pull-request.ts';

const dataDir = await mkdtemp(join(tmpdir(), 'mayfly-acceptance-'));
const cloud = useLocalCloud({ dataDir: join(dataDir, 'state') });
const withDatabase = quickBlueprint({ database: {} });

afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true });
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
    'learns of a push and of a close that it was not there to hear',
    async () => {
      const pushed = openPullRequest(cloud, { blueprint: quickBlueprint(), labelled: true });
      const closed = openPullRequest(cloud, { blueprint: quickBlueprint(), labelled: true });
      await Promise.all([pushed.untilReady(), closed.untilReady()]);
      await cloud.now.restartMayfly(async () => {
        pushed.push({ 'app/meanwhile.js': 'meanwhile()\n' });
        closed.close();
        await cloud.now.github.settled();
      });
      await Promise.all([pushed.untilReady(), closed.untilGone()]);

      expect((await pushed.record())?.servedSha).toBe(pushed.head());
      expect(await closed.inAccount()).toEqual([]);
    },
    CLOUD_MS,
  );
});
