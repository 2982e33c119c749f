import { DeleteServiceCommand } from '@aws-sdk/client-ecs';
import { CreateTargetGroupCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { StartDBClusterCommand, StopDBClusterCommand } from '@aws-sdk/client-rds';
import { afterEach, describe, expect, it } from '@jest/globals';
import { quickBlueprint } from '../support/blueprints.ts';
import { CLOUD_MS, useLocalCloud } from '../support/local-cloud.ts';
import { openPullRequest } from '../support/pull-request.ts';

const cloud = useLocalCloud();
const withDatabase = quickBlueprint({ database: {} });

/** As long as Mayfly leaves an environment alone, and GitHub, where nothing tells it to look. Nobody has to wait for it. */
const UNTOLD_SECONDS = 600;

afterEach(() => {
  cloud.now.aws.faults.clear();
  cloud.now.github.faults.clear();
});

describe('an AWS that has its moods', () => {
  it(
    'ends in the same place when calls are throttled, refused, cut off or answered by nobody, on both ways',
    async () => {
      const { faults } = cloud.now.aws;
      const effects = [
        { service: 'rds', times: 6, effect: { kind: 'throttle' } },
        { service: 'ecs', times: 6, effect: { kind: 'throttle' } },
        { service: 'elasticloadbalancing', times: 6, effect: { kind: 'throttle' } },
        { service: 'rds', operation: 'RestoreDBClusterToPointInTime', effect: { kind: 'drop-response' } },
        { service: 'rds', operation: 'CreateDBInstance', effect: { kind: 'drop-response' } },
        { service: 'ecs', operation: 'CreateService', effect: { kind: 'drop-response' } },
        { service: 'elasticloadbalancing', operation: 'CreateTargetGroup', effect: { kind: 'drop-response' } },
        { service: 'elasticloadbalancing', operation: 'CreateRule', effect: { kind: 'drop-response' } },
        { service: 'logs', times: 2, effect: { kind: 'error', code: 'ServiceUnavailableException', status: 503 } },
      ] as const;
      for (const rule of effects) {
        faults.add(rule);
      }
      const pull = openPullRequest(cloud, { blueprint: withDatabase, labelled: true });
      await pull.untilReady();

      expect(faults.list().filter(({ struck }) => struck === 0)).toEqual([]);
      const names = await pull.inAccount();
      for (const kind of ['cluster ', 'instance ', 'target group ', 'rule for ', 'log group ']) {
        expect(names.filter((name) => name.startsWith(kind))).toHaveLength(1);
      }

      faults.clear();
      for (const operation of [
        'DeleteDBInstance',
        'DeleteDBCluster',
        'DeleteService',
        'DeleteRule',
        'DeleteLogGroup',
      ]) {
        faults.add({ operation, effect: { kind: 'error', code: 'InternalFailure', status: 500 } });
        faults.add({ operation, nth: 2, effect: { kind: 'drop-response' } });
      }
      faults.add({ service: 'route53', times: 4, effect: { kind: 'throttle' } });
      pull.close();
      await pull.untilGone();

      expect(faults.list().filter(({ struck }) => struck === 0)).toEqual([]);
      expect(await pull.inAccount()).toEqual([]);
    },
    CLOUD_MS,
  );

  it(
    'makes again a service that somebody deleted by hand',
    async () => {
      const pull = openPullRequest(cloud, { blueprint: quickBlueprint(), labelled: true });
      await pull.untilReady();
      const name = (await pull.rows()).find(({ kind }) => kind === 'service')?.name;
      await cloud.now.clients.ecs.send(
        new DeleteServiceCommand({ cluster: cloud.now.platform.cluster.arn, service: name, force: true }),
      );
      await pull.until('it to fail', async () => (await pull.visit('web')).status !== 200);
      cloud.now.clock.jump(UNTOLD_SECONDS);
      await pull.until('another', async () => (await pull.visit('web')).status === 200);
      await pull.untilReady();
      pull.close();
      await pull.untilGone();
      expect(await pull.inAccount()).toEqual([]);
    },
    CLOUD_MS,
  );

  it(
    "leaves alone what has our name and is somebody else's, on the way up and on the way down",
    async () => {
      const pull = openPullRequest(cloud, { blueprint: quickBlueprint() });
      const Name = `nonprod-${pull.environment}-web-8080`;
      await cloud.now.clients.elb.send(
        new CreateTargetGroupCommand({
          Name,
          Protocol: 'HTTP',
          Port: 8080,
          TargetType: 'ip',
          VpcId: cloud.now.platform.network.vpcId,
          Tags: [{ Key: 'Owner', Value: 'somebody else' }],
        }),
      );
      pull.label();
      await pull.until('the comment to name it', () => pull.comment().includes(Name));
      await pull.until('the check', () => pull.check().startsWith('completed failure'));
      expect(pull.comment()).toContain('is failing');

      pull.close();
      await pull.until('everything else to go', async () => (await pull.inAccount()).length === 1);
      expect(await pull.inAccount()).toEqual([`target group ${Name}`]);
      await pull.until('the comment to say so', () => pull.comment().includes(`\`${Name}\``));
    },
    CLOUD_MS,
  );

  it(
    'waits for a source that is stopped, and goes on once it runs',
    async () => {
      const { rds } = cloud.now.clients;
      const DBClusterIdentifier = cloud.now.platform.database.sourceIdentifier;
      await rds.send(new StopDBClusterCommand({ DBClusterIdentifier }));
      const pull = openPullRequest(cloud, { blueprint: withDatabase, labelled: true });
      await pull.until('the comment to name the source', () => pull.comment().includes(DBClusterIdentifier));
      await pull.until('it to be stopped', async () => await started(DBClusterIdentifier));
      await pull.untilReady();

      expect((await pull.visit('web')).status).toBe(200);
      pull.close();
      await pull.untilGone();
    },
    CLOUD_MS,
  );

  /** True once AWS takes the order to start it: it refuses while the cluster is still stopping. */
  async function started(DBClusterIdentifier: string): Promise<boolean> {
    try {
      await cloud.now.clients.rds.send(new StartDBClusterCommand({ DBClusterIdentifier }));
      return true;
    } catch {
      return false;
    }
  }
});

describe('a GitHub that has its moods', () => {
  it(
    'ends with one comment, one check run and one deployment when GitHub fails or loses answers',
    async () => {
      const { faults } = cloud.now.github;
      faults.addRest({ operation: 'issues/create-comment', effect: { kind: 'lose-answer' } });
      faults.addRest({ operation: 'checks/create', effect: { kind: 'lose-answer' } });
      faults.addRest({ operation: 'repos/create-deployment', effect: { kind: 'lose-answer' } });
      faults.addRest({ operation: 'repos/get-content', effect: { kind: 'status', status: 502 } });
      faults.addRest({ operation: 'issues/update-comment', effect: { kind: 'status', status: 500 } });
      const pull = openPullRequest(cloud, { blueprint: quickBlueprint(), labelled: true });
      await pull.untilReady();

      expect(pull.comments()).toHaveLength(1);
      expect(pull.checks()).toHaveLength(1);
      expect(pull.deployments()).toHaveLength(1);
    },
    CLOUD_MS,
  );

  it(
    'finds a push whose webhook was lost',
    async () => {
      const pull = openPullRequest(cloud, { blueprint: quickBlueprint(), labelled: true });
      await pull.untilReady();
      cloud.now.github.faults.addWebhook({ event: 'pull_request', action: 'synchronize', effect: 'drop' });
      const head = pull.push({ 'app/lost.js': 'lost()\n' });
      await cloud.now.github.settled();
      cloud.now.clock.jump(UNTOLD_SECONDS);
      await pull.untilReady();

      expect((await pull.record())?.servedSha).toBe(head);
    },
    CLOUD_MS,
  );

  it(
    'finds a close whose webhook was lost',
    async () => {
      const pull = openPullRequest(cloud, { blueprint: quickBlueprint(), labelled: true });
      await pull.untilReady();
      cloud.now.github.faults.addWebhook({ event: 'pull_request', action: 'closed', effect: 'drop' });
      pull.close();
      await cloud.now.github.settled();
      cloud.now.clock.jump(UNTOLD_SECONDS);
      await pull.untilGone();

      expect(await pull.inAccount()).toEqual([]);
    },
    CLOUD_MS,
  );
});
