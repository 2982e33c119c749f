import { describe, expect, it } from '@jest/globals';
import { checkTruth } from '../../../sim/chaos/truth/check-truth.ts';
import type { Violation } from '../../../sim/chaos/truth/violation.ts';
import { callWitness } from '../../../sim/chaos/truth/witness.ts';
import { MAYFLY_CREDENTIALS } from '../../../sim/local/credentials.ts';
import { quickBlueprint } from '../../support/blueprints.ts';
import { CLOUD_MS, useLocalCloud } from '../../support/local-cloud.ts';
import { openPullRequest } from '../../support/pull-request.ts';

const cloud = useLocalCloud();

describe('the truth of a local cloud', () => {
  it(
    'has nothing to say of a life without troubles, while it lasts and after it, and reports a leftover by name',
    async () => {
      const { aws, github, fetch, label, mayfly, platform, seed } = cloud.now;
      const slots = platform.limits.environments;
      const witness = callWitness({ aws, accessKeyId: MAYFLY_CREDENTIALS.accessKeyId, slots });
      const { repository } = seed;
      const truth = async (): Promise<readonly Violation[]> =>
        await checkTruth({ aws, github, repository, label, prefix: 'pr', slots, fetch, witness, store: mayfly.store });
      const pull = openPullRequest(cloud, { blueprint: quickBlueprint({ database: {} }), labelled: true });
      await pull.untilReady();
      expect(await truth()).toEqual([]);

      const pushed = pull.push({ 'app/more.js': 'more()\n' });
      await pull.until('the push', () => pull.check(pushed).includes('Ready:'));
      await pull.untilReady();
      expect(await truth()).toEqual([]);

      const service = [...aws.world.ecs.services.values()].find(({ name }) => name.includes(pull.environment));
      pull.close();
      await pull.untilGone();
      expect(await truth()).toEqual([]);
      expect(witness.made.length).toBeGreaterThan(5);

      if (service) {
        aws.world.ecs.services.set(service.arn, { ...service, status: 'ACTIVE' });
      }
      expect((await truth()).map(({ statement, subject }) => [statement, subject])).toContainEqual([
        6,
        pull.environment,
      ]);
      witness.stop();
    },
    CLOUD_MS,
  );
});
