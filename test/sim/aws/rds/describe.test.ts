import {
  AddTagsToResourceCommand,
  CreateDBClusterParameterGroupCommand,
  CreateDBSubnetGroupCommand,
  DeleteDBClusterParameterGroupCommand,
  DeleteDBSubnetGroupCommand,
  DescribeDBClusterParameterGroupsCommand,
  DescribeDBClustersCommand,
  DescribeDBSubnetGroupsCommand,
  ListTagsForResourceCommand,
  paginateDescribeDBClusters,
  RemoveTagsFromResourceCommand,
} from '@aws-sdk/client-rds';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { inventoryOf } from '../../../../sim/aws/rds/inventory.ts';
import { type Aurora, startAurora } from './aurora.ts';

const goldenArn = 'arn:aws:rds:eu-west-1:123456789012:cluster:golden';
let aurora: Aurora;
beforeEach(async () => {
  aurora = await startAurora();
});

describe('describing clusters', () => {
  it('pages by Marker', async () => {
    aurora.world.rds.quotas.clusters = 100;
    for (let number = 10; number < 55; number++) {
      await aurora.clone(`pr-${number}`);
    }
    const pages: number[] = [];
    const names = new Set<string | undefined>();
    for await (const page of paginateDescribeDBClusters({ client: aurora.rds }, { MaxRecords: 20 })) {
      pages.push(page.DBClusters?.length ?? 0);
      page.DBClusters?.forEach((cluster) => names.add(cluster.DBClusterIdentifier));
    }
    expect(pages).toEqual([20, 20, 6]);
    expect(names.size).toBe(46);
  });

  it('takes 20 to 100 records a page', async () => {
    const few = aurora.rds.send(new DescribeDBClustersCommand({ MaxRecords: 5 }));
    await expect(few).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  it('finds by ARN, and by filter without complaint about what is not there', async () => {
    expect((await aurora.cluster(goldenArn)).DBClusterIdentifier).toBe('golden');
    const Filters = [{ Name: 'db-cluster-id', Values: ['golden', 'missing'] }];
    const { DBClusters } = await aurora.rds.send(new DescribeDBClustersCommand({ Filters }));
    expect(DBClusters?.map((cluster) => cluster.DBClusterIdentifier)).toEqual(['golden']);
    const none = [{ Name: 'db-cluster-id', Values: ['missing'] }];
    expect((await aurora.rds.send(new DescribeDBClustersCommand({ Filters: none }))).DBClusters).toEqual([]);
  });

  it('dates creation by the simulated clock', async () => {
    const { ClusterCreateTime } = await aurora.cluster('golden');
    expect(ClusterCreateTime).toEqual(new Date('2026-11-20T09:00:00Z'));
  });
});

describe('tags', () => {
  it('are added, replaced, removed and listed, and reach the tag index late', async () => {
    const ResourceName = goldenArn;
    const Tags = [
      { Key: 'Team', Value: 'platform' },
      { Key: 'TTL', Value: '2026-11-27T09:00:00Z' },
    ];
    await aurora.rds.send(new AddTagsToResourceCommand({ ResourceName, Tags }));
    const listed = await aurora.rds.send(new ListTagsForResourceCommand({ ResourceName }));
    expect(listed.TagList).toEqual(Tags);
    expect(new Map(aurora.world.tagIndex.entries()).get(goldenArn)).toEqual({ Team: 'data' });
    await aurora.rds.send(new RemoveTagsFromResourceCommand({ ResourceName, TagKeys: ['Team', 'absent'] }));
    expect((await aurora.cluster('golden')).TagList).toEqual([Tags[1]]);
    aurora.clock.advance(aurora.world.durations.tagIndexed);
    expect(new Map(aurora.world.tagIndex.entries()).get(goldenArn)).toEqual({ TTL: '2026-11-27T09:00:00Z' });
  });

  it('are refused on what is not there', async () => {
    const ResourceName = 'arn:aws:rds:eu-west-1:123456789012:db:missing';
    await expect(aurora.rds.send(new ListTagsForResourceCommand({ ResourceName }))).rejects.toMatchObject({
      name: 'DBInstanceNotFoundFault',
    });
  });
});

describe('groups', () => {
  it('of subnets need two zones and are kept while a cluster uses them', async () => {
    const DBSubnetGroupName = 'narrow';
    const narrow = aurora.rds.send(
      new CreateDBSubnetGroupCommand({
        DBSubnetGroupName,
        DBSubnetGroupDescription: '',
        SubnetIds: aurora.subnetIds.slice(0, 1),
      }),
    );
    await expect(narrow).rejects.toMatchObject({ name: 'DBSubnetGroupDoesNotCoverEnoughAZs' });
    const used = aurora.rds.send(new DeleteDBSubnetGroupCommand({ DBSubnetGroupName: 'private' }));
    await expect(used).rejects.toMatchObject({ name: 'InvalidDBSubnetGroupStateFault' });
    const { DBSubnetGroups } = await aurora.rds.send(
      new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: 'private' }),
    );
    expect(DBSubnetGroups?.[0]?.Subnets?.map((subnet) => subnet.SubnetIdentifier)).toEqual(aurora.subnetIds);
  });

  it('of parameters are made, found, and deleted once', async () => {
    const name = { DBClusterParameterGroupName: 'tuned' };
    await aurora.rds.send(
      new CreateDBClusterParameterGroupCommand({
        ...name,
        DBParameterGroupFamily: 'aurora-mysql8.0',
        Description: 'tuned',
      }),
    );
    const found = await aurora.rds.send(new DescribeDBClusterParameterGroupsCommand(name));
    expect(found.DBClusterParameterGroups).toHaveLength(1);
    await aurora.rds.send(new DeleteDBClusterParameterGroupCommand(name));
    await expect(aurora.rds.send(new DeleteDBClusterParameterGroupCommand(name))).rejects.toMatchObject({
      name: 'DBParameterGroupNotFoundFault',
    });
  });
});

describe('the inventory', () => {
  it('lists clusters, instances and groups with their tags', () => {
    const items = inventoryOf(aurora.world);
    expect(items.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'DB cluster golden',
      'DB instance golden-1',
      'DB subnet group private',
    ]);
    expect(items[0]).toMatchObject({ arn: goldenArn, status: 'available', tags: { Team: 'data' } });
  });
});
