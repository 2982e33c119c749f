import { expect, it } from '@jest/globals';
import { describeWithAwsCli, runAwsCli } from '../../../support/aws-cli.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

const CLI_TIMEOUT_MS = 60_000;

describeWithAwsCli('the AWS CLI and ElastiCache', () => {
  it(
    'make a replication group and a serverless cache, read them, and delete them',
    async () => {
      const { aws, clock } = await startSteppedAws();
      const { durations } = aws.world;
      const cli = async (line: string) => await runAwsCli(aws.url, ['elasticache', ...line.trim().split(/\s+/)]);

      const made = await cli(
        `create-replication-group --replication-group-id Sessions --replication-group-description sessions
         --engine valkey --cache-node-type cache.t4g.micro --num-cache-clusters 2 --automatic-failover-enabled
         --transit-encryption-enabled --tags Key=Team,Value=ours`,
      );
      expect(made.json).toMatchObject({ ReplicationGroup: { ReplicationGroupId: 'sessions', Status: 'creating' } });
      await cli('create-serverless-cache --serverless-cache-name shared --engine redis');
      clock.advance(durations.cacheCreated);
      expect((await cli('describe-cache-clusters --show-cache-node-info')).json).toMatchObject({
        CacheClusters: [{ CacheClusterId: 'sessions-001', CacheNodes: [{ CacheNodeId: '0001' }] }, {}],
      });
      expect((await cli('describe-serverless-caches')).json).toMatchObject({
        ServerlessCaches: [{ Status: 'available', FullEngineVersion: '7.1' }],
      });
      expect((await cli('delete-replication-group --replication-group-id sessions')).exitCode).toBe(0);
      clock.advance(durations.cacheDeleted);
      expect((await cli('describe-replication-groups --replication-group-id sessions')).stderr).toContain(
        '(ReplicationGroupNotFoundFault)',
      );
      expect((await cli('describe-cache-clusters --cache-cluster-id sessions-001')).stderr).toContain(
        '(CacheClusterNotFound)',
      );
    },
    CLI_TIMEOUT_MS,
  );
});
