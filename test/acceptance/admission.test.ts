import { describe, expect, it } from '@jest/globals';
import { quickBlueprint } from '../support/blueprints.ts';
import { CLOUD_MS, useLocalCloud } from '../support/local-cloud.ts';
import { openPullRequest } from '../support/pull-request.ts';

const cloud = useLocalCloud({ limits: { environments: 2 } });

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

      holders[0]?.close();
      await third.untilReady();
      await fourth.until('to move up', () => fourth.comment().includes('Next in the queue'));

      expect((await third.visit('web')).status).toBe(200);
      expect(await fourth.inAccount()).toEqual([]);

      third.unlabel();
      await third.untilGone();
      await fourth.untilReady();
    },
    CLOUD_MS,
  );
});
