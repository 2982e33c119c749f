import { describe, expect, it } from '@jest/globals';
import { quickBlueprint } from '../support/blueprints.ts';
import { CLOUD_MS, useLocalCloud } from '../support/local-cloud.ts';
import { openPullRequest, type PullRequest } from '../support/pull-request.ts';

// Each restart of this Mayfly begins with an empty database.
const cloud = useLocalCloud({ dataDir: 'memory://' });
const withDatabase = quickBlueprint({ database: {} });

/** Somebody who may label on GitHub, which takes `triage`, and may not have environments made, which takes `write`. */
function labelAsTriager({ at }: PullRequest): void {
  const { github, seed, label } = cloud.now;
  const actor = seed.people.outsider;
  github.store.repository(at.repository).collaborators.set(actor, 'triage');
  github.actions.label({ ...at, actor, label });
}

describe('a Mayfly whose database is lost, and that cannot have webhooks delivered again', () => {
  it(
    'finds on GitHub what is wanted: it adopts what there is, makes what there is not, and obeys nobody else',
    async () => {
      const known = openPullRequest(cloud, { blueprint: withDatabase, labelled: true });
      const unheard = openPullRequest(cloud, { blueprint: quickBlueprint() });
      // Newest first: when the others are found, this one has been judged.
      const outsiders = openPullRequest(cloud, { blueprint: quickBlueprint() });
      await known.untilReady();
      const before = await known.inAccount();
      await cloud.now.restartMayfly(async () => {
        unheard.label();
        labelAsTriager(outsiders);
        await cloud.now.github.settled();
        const effect = { kind: 'status', status: 404 } as const;
        cloud.now.github.faults.addRest({ operation: 'apps/list-webhook-deliveries', effect });
      });
      await unheard.untilReady();
      await known.until('ready again', async () => (await known.record())?.servedSha === known.head());

      expect(await known.inAccount()).toEqual(before);
      expect(known.comments()).toHaveLength(1);
      expect((await known.record())?.intent.owner).toBe(known.at.actor);
      expect((await unheard.visit('web')).status).toBe(200);
      expect(await outsiders.record()).toBeUndefined();
      expect(outsiders.comments()).toEqual([]);
      expect(await outsiders.inAccount()).toEqual([]);
      expect(cloud.now.github.violations).toEqual([]);
    },
    CLOUD_MS,
  );
});
