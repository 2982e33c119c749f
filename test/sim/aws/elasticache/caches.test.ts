import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  AddTagsToResourceCommand,
  CreateCacheParameterGroupCommand,
  CreateCacheSubnetGroupCommand,
  CreateReplicationGroupCommand,
  type CreateReplicationGroupMessage,
  CreateServerlessCacheCommand,
  type CreateServerlessCacheRequest,
  DecreaseReplicaCountCommand,
  DeleteCacheParameterGroupCommand,
  DeleteCacheSubnetGroupCommand,
  DeleteReplicationGroupCommand,
  DeleteServerlessCacheCommand,
  DescribeCacheClustersCommand,
  DescribeCacheParametersCommand,
  DescribeReplicationGroupsCommand,
  DescribeServerlessCachesCommand,
  ElastiCacheClient,
  IncreaseReplicaCountCommand,
  ListTagsForResourceCommand,
  ModifyCacheParameterGroupCommand,
  ModifyReplicationGroupCommand,
  type ModifyReplicationGroupMessage,
  ModifyServerlessCacheCommand,
} from '@aws-sdk/client-elasticache';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { World } from '../../../../sim/aws/world.ts';
import type { SteppedClock } from '../../../../sim/clock.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

let world: World;
let clock: SteppedClock;
let cache: ElastiCacheClient;

beforeEach(async () => {
  const { aws, clock: stepped, client } = await startSteppedAws();
  world = aws.world;
  clock = stepped;
  cache = new ElastiCacheClient(client);
  const { Subnets = [] } = await new EC2Client(client).send(new DescribeSubnetsCommand({}));
  await cache.send(
    new CreateCacheSubnetGroupCommand({
      CacheSubnetGroupName: 'private',
      CacheSubnetGroupDescription: 'private',
      SubnetIds: Subnets.map(({ SubnetId = '' }) => SubnetId),
    }),
  );
});

const create = async (more: Partial<CreateReplicationGroupMessage> = {}) =>
  await cache.send(
    new CreateReplicationGroupCommand({
      ReplicationGroupId: 'Sessions',
      ReplicationGroupDescription: 'sessions',
      Engine: 'valkey',
      CacheNodeType: 'cache.t4g.micro',
      CacheSubnetGroupName: 'private',
      ...more,
    }),
  );

async function described() {
  const { ReplicationGroups } = await cache.send(
    new DescribeReplicationGroupsCommand({ ReplicationGroupId: 'sessions' }),
  );
  return ReplicationGroups?.[0];
}

async function nodes() {
  const { CacheClusters = [] } = await cache.send(new DescribeCacheClustersCommand({ ShowCacheNodeInfo: true }));
  return CacheClusters;
}

const modify = async (more: Partial<ModifyReplicationGroupMessage>) =>
  await cache.send(new ModifyReplicationGroupCommand({ ReplicationGroupId: 'sessions', ...more }));

const remove = async () => await cache.send(new DeleteReplicationGroupCommand({ ReplicationGroupId: 'sessions' }));

describe('a replication group', () => {
  it('has endpoints once it is available, and nodes with the version that runs', async () => {
    await create({ NumCacheClusters: 2, AutomaticFailoverEnabled: true, TransitEncryptionEnabled: true });
    expect((await described())?.NodeGroups).toEqual([]);
    clock.advance(world.durations.cacheCreated);
    expect(await described()).toMatchObject({
      Status: 'available',
      MemberClusters: ['sessions-001', 'sessions-002'],
      NodeGroups: [
        {
          PrimaryEndpoint: {
            Port: 6379,
            Address: expect.stringMatching(/^master\.sessions\.\w+\.euw1\.cache\.amazonaws/),
          },
          NodeGroupMembers: [{ CurrentRole: 'primary' }, { CurrentRole: 'replica' }],
        },
      ],
    });
    expect((await nodes())[0]).toMatchObject({
      EngineVersion: '8.0.1',
      CacheParameterGroup: { CacheParameterGroupName: 'default.valkey8' },
      CacheSubnetGroupName: 'private',
    });
  });

  it('is split over shards in cluster mode, and then has one endpoint for its configuration', async () => {
    await create({
      Engine: 'redis',
      NumNodeGroups: 2,
      ReplicasPerNodeGroup: 1,
      AutomaticFailoverEnabled: true,
      CacheParameterGroupName: 'default.redis7.cluster.on',
    });
    clock.advance(world.durations.cacheCreated);
    const group = await described();
    expect(group?.NodeGroups?.map(({ Slots }) => Slots)).toEqual(['0-8191', '8192-16383']);
    expect([group?.ClusterEnabled, group?.ConfigurationEndpoint?.Port, group?.MemberClusters?.length]).toEqual([
      true,
      6379,
      4,
    ]);
  });

  it.each([
    {
      reason: 'failover and no replica',
      code: 'InvalidParameterCombinationException',
      more: { AutomaticFailoverEnabled: true },
    },
    {
      reason: 'Multi-AZ and no failover',
      code: 'InvalidParameterCombinationException',
      more: { MultiAZEnabled: true, NumCacheClusters: 2 },
    },
    { reason: 'more than five replicas', code: 'InvalidParameterValueException', more: { NumCacheClusters: 7 } },
    {
      reason: 'a password in the clear',
      code: 'InvalidParameterCombinationException',
      more: { AuthToken: 'sixteen-characters-long' },
    },
    {
      reason: 'a version of the other engine',
      code: 'InvalidParameterCombinationException',
      more: { EngineVersion: '6.2' },
    },
    {
      reason: 'parameters of the other engine',
      code: 'InvalidParameterCombinationException',
      more: { CacheParameterGroupName: 'default.redis7' },
    },
    { reason: 'another engine', code: 'InvalidParameterValueException', more: { Engine: 'memcached' } },
    {
      reason: 'a subnet group that is not there',
      code: 'CacheSubnetGroupNotFoundFault',
      more: { CacheSubnetGroupName: 'none' },
    },
    {
      reason: 'a name that ends in a hyphen',
      code: 'InvalidParameterValueException',
      more: { ReplicationGroupId: 'sessions-' },
    },
  ])('is refused with $reason', async ({ code, more }) => {
    await expect(create(more)).rejects.toMatchObject({ name: code });
    expect(world.elasticache.replicationGroups.size).toBe(0);
  });

  it('is refused beyond the quota of nodes', async () => {
    world.elasticache.quotas.nodes = 2;
    await create({ NumCacheClusters: 2 });
    await expect(create({ ReplicationGroupId: 'more' })).rejects.toMatchObject({
      name: 'NodeQuotaForCustomerExceededFault',
    });
    await expect(create()).rejects.toMatchObject({ name: 'ReplicationGroupAlreadyExistsFault' });
  });

  it('changes at once only when it is told to, and never to an older version', async () => {
    await create();
    await expect(modify({ CacheNodeType: 'cache.t4g.small' })).rejects.toMatchObject({
      name: 'InvalidReplicationGroupStateFault',
    });
    clock.advance(world.durations.cacheCreated);
    await modify({ CacheNodeType: 'cache.t4g.small', ReplicationGroupDescription: 'two' });
    expect(await described()).toMatchObject({
      Status: 'available',
      CacheNodeType: 'cache.t4g.micro',
      Description: 'two',
    });
    await modify({ ApplyImmediately: true, SnapshotRetentionLimit: 3 });
    expect((await described())?.Status).toBe('modifying');
    clock.advance(world.durations.cacheModified);
    expect(await described()).toMatchObject({ CacheNodeType: 'cache.t4g.small', SnapshotRetentionLimit: 3 });
    await expect(modify({ EngineVersion: '7.2' })).rejects.toMatchObject({
      name: 'InvalidParameterCombinationException',
    });
  });

  it('gains and loses replicas, but not the last one that it could fail over to', async () => {
    await create({ NumCacheClusters: 2, AutomaticFailoverEnabled: true });
    clock.advance(world.durations.cacheCreated);
    const input = { ReplicationGroupId: 'sessions', ApplyImmediately: true };
    await cache.send(new IncreaseReplicaCountCommand({ ...input, NewReplicaCount: 2 }));
    clock.advance(world.durations.cacheModified);
    expect((await described())?.MemberClusters).toHaveLength(3);
    const none = cache.send(new DecreaseReplicaCountCommand({ ...input, NewReplicaCount: 0 }));
    await expect(none).rejects.toMatchObject({ name: 'InvalidParameterCombinationException' });
  });

  it('is deleted with its nodes, and until then keeps its groups', async () => {
    await create();
    await expect(remove()).rejects.toMatchObject({ name: 'InvalidReplicationGroupStateFault' });
    clock.advance(world.durations.cacheCreated);
    await remove();
    const dropGroup = async () =>
      await cache.send(new DeleteCacheSubnetGroupCommand({ CacheSubnetGroupName: 'private' }));
    await expect(dropGroup()).rejects.toMatchObject({ name: 'CacheSubnetGroupInUse' });
    clock.advance(world.durations.cacheDeleted);
    await expect(described()).rejects.toMatchObject({ name: 'ReplicationGroupNotFoundFault' });
    await dropGroup();
    expect(await nodes()).toEqual([]);
  });

  it('gives its tags to its nodes', async () => {
    const { ReplicationGroup } = await create({ Tags: [{ Key: 'Team', Value: 'ours' }] });
    await cache.send(
      new AddTagsToResourceCommand({ ResourceName: ReplicationGroup?.ARN, Tags: [{ Key: 'Name', Value: 'sessions' }] }),
    );
    const [node] = await nodes();
    const { TagList } = await cache.send(new ListTagsForResourceCommand({ ResourceName: node?.ARN }));
    expect(TagList).toEqual([
      { Key: 'Team', Value: 'ours' },
      { Key: 'Name', Value: 'sessions' },
    ]);
  });
});

describe('a cache parameter group', () => {
  it('tells what somebody set, and is not deleted while a cache uses it', async () => {
    const CacheParameterGroupName = 'lru';
    const family = { CacheParameterGroupFamily: 'valkey8', Description: 'lru' };
    await cache.send(new CreateCacheParameterGroupCommand({ CacheParameterGroupName, ...family }));
    const ParameterNameValues = [{ ParameterName: 'maxmemory-policy', ParameterValue: 'allkeys-lru' }];
    await cache.send(new ModifyCacheParameterGroupCommand({ CacheParameterGroupName, ParameterNameValues }));
    const { Parameters } = await cache.send(
      new DescribeCacheParametersCommand({ CacheParameterGroupName, Source: 'user' }),
    );
    expect(Parameters).toMatchObject(ParameterNameValues);
    await create({ CacheParameterGroupName });
    const drop = cache.send(new DeleteCacheParameterGroupCommand({ CacheParameterGroupName }));
    await expect(drop).rejects.toMatchObject({ name: 'InvalidCacheParameterGroupStateFault' });
    const ofAws = new ModifyCacheParameterGroupCommand({
      CacheParameterGroupName: 'default.valkey8',
      ParameterNameValues,
    });
    await expect(cache.send(ofAws)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });
});

describe('a serverless cache', () => {
  const make = async (more: Partial<CreateServerlessCacheRequest> = {}) =>
    await cache.send(new CreateServerlessCacheCommand({ ServerlessCacheName: 'shared', Engine: 'valkey', ...more }));
  const one = async () =>
    (await cache.send(new DescribeServerlessCachesCommand({ ServerlessCacheName: 'shared' }))).ServerlessCaches?.[0];

  it('is created, changed and deleted in its own time', async () => {
    await make();
    expect(await one()).toMatchObject({ Status: 'creating', MajorEngineVersion: '8', SubnetIds: { length: 3 } });
    expect((await one())?.Endpoint).toBeUndefined();
    const change = {
      ServerlessCacheName: 'shared',
      CacheUsageLimits: { DataStorage: { Maximum: 2, Unit: 'GB' as const } },
    };
    await expect(cache.send(new ModifyServerlessCacheCommand(change))).rejects.toMatchObject({
      name: 'InvalidServerlessCacheStateFault',
    });
    clock.advance(world.durations.serverlessCacheSettled);
    expect((await one())?.Endpoint).toMatchObject({
      Port: 6379,
      Address: expect.stringContaining('.serverless.euw1.'),
    });
    await cache.send(new ModifyServerlessCacheCommand(change));
    clock.advance(world.durations.serverlessCacheSettled);
    expect((await one())?.CacheUsageLimits).toEqual({ DataStorage: { Maximum: 2, Unit: 'GB' } });
    await cache.send(new DeleteServerlessCacheCommand({ ServerlessCacheName: 'shared' }));
    expect((await one())?.Status).toBe('deleting');
    clock.advance(world.durations.serverlessCacheDeleted);
    await expect(one()).rejects.toMatchObject({ name: 'ServerlessCacheNotFoundFault' });
  });

  it.each([
    {
      reason: 'less than 1,000 ECPUs',
      code: 'InvalidParameterValueException',
      more: { CacheUsageLimits: { ECPUPerSecond: { Maximum: 999 } } },
    },
    {
      reason: 'a version that is not there',
      code: 'InvalidParameterCombinationException',
      more: { MajorEngineVersion: '9' },
    },
    { reason: 'a subnet that is not there', code: 'InvalidParameterValueException', more: { SubnetIds: ['subnet-0'] } },
  ])('is refused with $reason', async ({ code, more }) => {
    await expect(make(more)).rejects.toMatchObject({ name: code });
  });
});
