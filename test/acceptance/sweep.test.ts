import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateTargetGroupCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from '@jest/globals';
import { environmentId } from '../../src/domain/environment.ts';
import { resourceName } from '../../src/domain/resource-name.ts';
import { encodeTags } from '../../src/domain/tags.ts';
import { quickBlueprint } from '../support/blueprints.ts';
import { CLOUD_MS, useLocalCloud } from '../support/local-cloud.ts';
import { openPullRequest, type PullRequest } from '../support/pull-request.ts';

const HALF_HOUR = 1800;
const cloud = useLocalCloud();

interface Told {
  readonly budgets: readonly { readonly kind: string; readonly used: number; readonly limit: number }[];
  readonly sweep: { readonly at: string; readonly found: number; readonly deleted: number } | null;
}

async function figures(): Promise<Told> {
  return (await (await fetch(new URL('/healthz?figures', cloud.now.mayfly.webhookUrl))).json()) as Told;
}

/** What Mayfly calls and tags so, of a service that no blueprint has, and of which nothing is on record. */
async function plantLost({ environment: name, at: { repository, number } }: PullRequest): Promise<void> {
  const { mayflyClients, platform, clock } = cloud.now;
  const pullRequest = { repository, number };
  const environment = { id: environmentId(pullRequest), pullRequest, name };
  const of = { platform: platform.name, environment, service: 'lost' };
  const expiresAt = new Date(clock.now().getTime() + 86_400_000);
  const tagged = (called: string) =>
    encodeTags({ environment, name: called, branch: 'main', commit: 'c'.repeat(40), expiresAt });
  const logGroupName = resourceName({ ...of, kind: 'log-group' });
  const Name = resourceName({ ...of, kind: 'target-group' });
  await mayflyClients.logs.send(new CreateLogGroupCommand({ logGroupName, tags: tagged(logGroupName) }));
  await mayflyClients.elb.send(
    new CreateTargetGroupCommand({
      Name,
      Protocol: 'HTTP',
      Port: 80,
      VpcId: platform.network.vpcId,
      TargetType: 'ip',
      Tags: Object.entries(tagged(Name)).map(([Key, Value]) => ({ Key, Value })),
    }),
  );
}

const lostOf = async (pull: PullRequest) => (await pull.inAccount()).filter((name) => name.includes('lost'));

describe('a Mayfly that sweeps', () => {
  it(
    'has what nothing keeps deleted after two looks, beside what is kept, and says so to whoever asks',
    async () => {
      const lives = openPullRequest(cloud, { blueprint: quickBlueprint(), labelled: true });
      const unwanted = openPullRequest(cloud, { blueprint: quickBlueprint() });
      await lives.untilReady();
      const kept = await lives.inAccount();
      await plantLost(lives);
      await plantLost(unwanted);
      expect(await unwanted.inAccount()).toHaveLength(2);

      cloud.now.clock.jump(HALF_HOUR);
      await lives.until('a look that finds them', async () => (await figures()).sweep?.found === 4);
      expect(await lostOf(lives)).toHaveLength(2);
      cloud.now.clock.jump(HALF_HOUR);
      await lives.until('the end of what lives on', async () => (await lostOf(lives)).length === 0);
      await unwanted.until('the end of it', async () => (await unwanted.inAccount()).length === 0);

      await lives.until('a look that finds them gone', async () => (await figures()).sweep?.found === 0);
      expect(await lives.inAccount()).toEqual(kept);
      expect((await lives.visit('web')).status).toBe(200);
      expect((await figures()).budgets.map(({ kind }) => kind)).toEqual([
        'clones',
        'listener-rules',
        'target-groups',
        'listener-certificates',
      ]);
    },
    CLOUD_MS,
  );
});
