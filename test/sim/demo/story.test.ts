import { describe, expect, it } from '@jest/globals';
import { leftoversOf } from '../../../sim/demo/leftovers.ts';
import { observe } from '../../../sim/demo/observer.ts';
import { parseOptions } from '../../../sim/demo/options.ts';
import { createPlans } from '../../../sim/demo/plans.ts';
import { resultOf } from '../../../sim/demo/result.ts';
import { tellStory } from '../../../sim/demo/story.ts';
import { CLOUD_MS, useLocalCloud } from '../../support/local-cloud.ts';

const NUMBER = 1721;
const SHA = /^[0-9a-f]{40}$/;

describe('the story that the demo tells', () => {
  const cloud = useLocalCloud();

  it(
    'ends with its figures in one document, each address answering from the head, and nothing left in the account',
    async () => {
      const local = cloud.now;
      const observer = observe(local);
      const leftWhenReady: string[][] = [];
      const looked: Promise<void>[] = [];
      const progress = {
        say(line: string) {
          if (line.startsWith('ready after')) {
            looked.push(leftoversOf(`pr-${NUMBER}`, local).then((left) => void leftWhenReady.push(left)));
          }
        },
        show: () => undefined,
        end: () => undefined,
      };
      const plans = createPlans(local.platform);
      const story = await tellStory({ cloud: local, number: NUMBER, progress, plans, observer });
      await Promise.all(looked);
      const result = resultOf(story, { cloud: local, options: parseOptions([]), notObservable: [] });
      expect(result).toMatchObject({ ok: true, problems: [], comments: 1, resourcesAfterClose: 0, leftovers: [] });
      const head = { status: 200, sha: story.headSha, isHead: true };
      const elsewhere = resultOf(story, { cloud: local, options: parseOptions(['--pr', '712']), notObservable: [] });
      expect(elsewhere).toMatchObject({ ok: false, problems: ['there are 0 comments about the environment, not one'] });
      expect(story.headSha).toMatch(SHA);
      expect(story.urls).toEqual(story.urls.map(() => expect.objectContaining(head)));
      expect(story.urls.map(({ service }) => service).sort()).toEqual(['api', 'internal', 'selfserve', 'selfserve']);
      expect(story.headShaAfterPush).not.toBe(story.headSha);
      expect(story.urlsAfterPush.map(({ sha }) => sha)).toEqual(story.urls.map(() => story.headShaAfterPush));
      expect(story.receipt.filter(({ goneAt }) => goneAt === null)).toEqual([]);
      // Nobody may say that nothing is left who could not have seen it: each kind is found while it stands.
      for (const kind of ['cluster', 'instance', 'target group', 'rule for', 'record A', 'log group', 'parameter']) {
        expect(leftWhenReady[0]?.filter((name) => name.startsWith(kind))).not.toEqual([]);
      }
      expect(leftWhenReady[0]).toContain('secret DEVAPPPR-1721-BASE-SM-APPLICATION-API');
    },
    CLOUD_MS,
  );
});
