import {
  AddTagsToResourceCommand,
  CopyDBClusterSnapshotCommand,
  CreateDBClusterSnapshotCommand,
  type DBClusterSnapshot,
  DeleteDBClusterCommand,
  DeleteDBClusterSnapshotCommand,
  DescribeDBClusterSnapshotAttributesCommand,
  DescribeDBClusterSnapshotsCommand,
  type DescribeDBClusterSnapshotsMessage,
  ListTagsForResourceCommand,
  ModifyDBClusterCommand,
  ModifyDBClusterSnapshotAttributeCommand,
} from '@aws-sdk/client-rds';
import { GetResourcesCommand, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { plantSnapshot } from '../../../../sim/aws/rds/plant-snapshot.ts';
import { type Aurora, startAurora } from './aurora.ts';

let aurora: Aurora;
beforeEach(async () => {
  aurora = await startAurora();
});

const OTHER = '210987654321';

async function take(id: string, more: object = {}): Promise<DBClusterSnapshot> {
  const input = { DBClusterIdentifier: 'golden', DBClusterSnapshotIdentifier: id, ...more };
  const { DBClusterSnapshot } = await aurora.rds.send(new CreateDBClusterSnapshotCommand(input));
  return DBClusterSnapshot ?? {};
}

async function taken(id: string, more: object = {}): Promise<DBClusterSnapshot> {
  const made = await take(id, more);
  aurora.clock.advance(aurora.world.durations.snapshotCreated);
  return made;
}

async function listed(input: DescribeDBClusterSnapshotsMessage = {}): Promise<DBClusterSnapshot[]> {
  return (await aurora.rds.send(new DescribeDBClusterSnapshotsCommand(input))).DBClusterSnapshots ?? [];
}

const names = async (input: DescribeDBClusterSnapshotsMessage = {}) =>
  (await listed(input)).map(({ DBClusterSnapshotIdentifier }) => DBClusterSnapshotIdentifier);

describe('a snapshot of a cluster', () => {
  it('answers creating and becomes available in its time, with what the cluster was', async () => {
    const made = await take('Before-7');
    expect(made).toMatchObject({
      DBClusterSnapshotIdentifier: 'before-7',
      DBClusterSnapshotArn: 'arn:aws:rds:eu-west-1:123456789012:cluster-snapshot:before-7',
      DBClusterIdentifier: 'golden',
      Status: 'creating',
      SnapshotType: 'manual',
      Engine: 'aurora-mysql',
      MasterUsername: 'admin',
      Port: 3306,
      TagList: [],
    });
    aurora.clock.advance(aurora.world.durations.snapshotCreated - 1);
    expect(await listed()).toMatchObject([{ Status: 'creating', PercentProgress: 0 }]);
    aurora.clock.advance(1);
    expect(await listed()).toMatchObject([{ Status: 'available', PercentProgress: 100 }]);
  });

  it("has its own tags, and the cluster's where the cluster says so", async () => {
    const tags = { Tags: [{ Key: 'Purpose', Value: 'masking' }] };
    expect((await take('own', tags)).TagList).toEqual(tags.Tags);
    await aurora.rds.send(new ModifyDBClusterCommand({ DBClusterIdentifier: 'golden', CopyTagsToSnapshot: true }));
    expect((await take('both', tags)).TagList).toEqual([{ Key: 'Team', Value: 'data' }, ...tags.Tags]);
  });

  it('is tagged, untagged and found by its tags', async () => {
    const { DBClusterSnapshotArn: arn = '' } = await taken('before-7');
    await aurora.rds.send(
      new AddTagsToResourceCommand({ ResourceName: arn, Tags: [{ Key: 'Team', Value: 'masking' }] }),
    );
    const { TagList } = await aurora.rds.send(new ListTagsForResourceCommand({ ResourceName: arn }));
    expect(TagList).toEqual([{ Key: 'Team', Value: 'masking' }]);
    aurora.clock.advance(aurora.world.durations.tagIndexed);
    const tagging = new ResourceGroupsTaggingAPIClient(aurora.client);
    const { ResourceTagMappingList } = await tagging.send(
      new GetResourcesCommand({ TagFilters: [{ Key: 'Team', Values: ['masking'] }] }),
    );
    expect(ResourceTagMappingList?.map(({ ResourceARN }) => ResourceARN)).toEqual([arn]);
  });

  it.each([
    { reason: 'a cluster that is not there', more: { DBClusterIdentifier: 'no' }, code: 'DBClusterNotFoundFault' },
    {
      reason: 'a name that is taken',
      more: { DBClusterSnapshotIdentifier: 'TAKEN' },
      code: 'DBClusterSnapshotAlreadyExistsFault',
    },
    {
      reason: 'a name that is none',
      more: { DBClusterSnapshotIdentifier: 'a--b' },
      code: 'InvalidParameterValue',
    },
  ])('is refused for $reason', async ({ more, code }) => {
    await taken('taken');
    await expect(take('new', more)).rejects.toMatchObject({ name: code });
  });

  it('is refused for a cluster that is not available, and beyond the quota', async () => {
    await aurora.clone('pr-7');
    await expect(take('early', { DBClusterIdentifier: 'pr-7' })).rejects.toMatchObject({
      name: 'InvalidDBClusterStateFault',
    });
    aurora.world.rds.quotas.manualSnapshots = 1;
    plantSnapshot(aurora.world, { type: 'automated', cluster: 'golden' });
    await take('first');
    await expect(take('second')).rejects.toMatchObject({ name: 'SnapshotQuotaExceededFault' });
  });

  it('is left behind by a cluster that is deleted with a final one', async () => {
    await aurora.deleteInstance('golden-1');
    await aurora.rds.send(
      new DeleteDBClusterCommand({ DBClusterIdentifier: 'golden', FinalDBSnapshotIdentifier: 'last' }),
    );
    aurora.clock.advance(aurora.world.durations.instanceDeleted + aurora.world.durations.clusterDeleted);
    await expect(aurora.cluster('golden')).rejects.toMatchObject({ name: 'DBClusterNotFoundFault' });
    expect(await listed({ DBClusterIdentifier: 'golden' })).toMatchObject([
      { DBClusterSnapshotIdentifier: 'last', Status: 'available' },
    ]);
  });

  it('goes when it is deleted, once it is available, and RDS keeps its own', async () => {
    await take('before-7');
    const remove = async (id: string) =>
      await aurora.rds.send(new DeleteDBClusterSnapshotCommand({ DBClusterSnapshotIdentifier: id }));
    await expect(remove('before-7')).rejects.toMatchObject({ name: 'InvalidDBClusterSnapshotStateFault' });
    aurora.clock.advance(aurora.world.durations.snapshotCreated);
    expect((await remove('before-7')).DBClusterSnapshot?.Status).toBe('available');
    expect(await names()).toEqual([]);
    await expect(remove('before-7')).rejects.toMatchObject({ name: 'DBClusterSnapshotNotFoundFault' });
    const { id } = plantSnapshot(aurora.world, { type: 'automated', cluster: 'golden' });
    await expect(remove(id)).rejects.toMatchObject({ name: 'InvalidDBClusterSnapshotStateFault' });
  });
});

describe('the list of snapshots', () => {
  it('has those of the account, and what others share when it is asked for', async () => {
    await taken('mine');
    const own = plantSnapshot(aurora.world, { type: 'automated', cluster: 'golden' });
    const theirs = plantSnapshot(aurora.world, {
      type: 'shared',
      account: OTHER,
      name: 'mine',
      masterPassword: 'production-password',
    });
    expect(own.id).toMatch(/^rds:golden-2026-11-20-\d\d-\d\d$/);
    expect(await names()).toEqual(['mine', own.id]);
    expect(await names({ SnapshotType: 'manual' })).toEqual(['mine']);
    expect(await names({ SnapshotType: 'automated' })).toEqual([own.id]);
    expect(await names({ SnapshotType: 'shared' })).toEqual([theirs.arn]);
    expect(await names({ IncludeShared: true })).toHaveLength(3);
    theirs.sharedWith = [];
    expect(await names({ SnapshotType: 'shared' })).toEqual([]);
  });

  it('is narrowed by cluster, by name and by filters', async () => {
    await aurora.clone('pr-7');
    aurora.clock.advance(aurora.world.durations.cloneClusterAvailable);
    await take('one');
    await take('two', { DBClusterIdentifier: 'pr-7' });
    const { id } = plantSnapshot(aurora.world, { type: 'automated', cluster: 'golden' });
    expect(await names({ DBClusterIdentifier: 'PR-7' })).toEqual(['two']);
    expect(await names({ DBClusterSnapshotIdentifier: 'ONE' })).toEqual(['one']);
    expect(await names({ DBClusterSnapshotIdentifier: id, SnapshotType: 'automated' })).toEqual([id]);
    const { DbClusterResourceId = '' } = await aurora.cluster('pr-7');
    expect(await names({ DbClusterResourceId })).toEqual(['two']);
    const filter = (Name: string, ...Values: string[]) => ({ Filters: [{ Name, Values }] });
    expect(await names(filter('db-cluster-id', 'golden'))).toEqual(['one', id]);
    expect(await names(filter('db-cluster-snapshot-id', 'two'))).toEqual(['two']);
    expect(await names(filter('snapshot-type', 'automated'))).toEqual([id]);
    expect(await names(filter('engine', 'aurora-postgresql'))).toEqual([]);
  });

  it.each([
    {
      reason: 'a snapshot that is not there',
      input: { DBClusterSnapshotIdentifier: 'no' },
      code: 'DBClusterSnapshotNotFoundFault',
    },
    {
      reason: 'a cluster and a snapshot at once',
      input: { DBClusterSnapshotIdentifier: 'one', DBClusterIdentifier: 'golden' },
      code: 'InvalidParameterCombination',
    },
    { reason: 'a type that is none', input: { SnapshotType: 'daily' }, code: 'InvalidParameterValue' },
    {
      reason: 'a filter that is none',
      input: { Filters: [{ Name: 'status', Values: [] }] },
      code: 'InvalidParameterValue',
    },
    { reason: 'nineteen records', input: { MaxRecords: 19 }, code: 'InvalidParameterValue' },
  ])('is refused for $reason', async ({ input, code }) => {
    await expect(listed(input)).rejects.toMatchObject({ name: code });
  });

  it('comes in pages', async () => {
    for (let number = 10; number < 35; number++) {
      await take(`s-${number}`);
    }
    const first = await aurora.rds.send(new DescribeDBClusterSnapshotsCommand({ MaxRecords: 20 }));
    expect(first.DBClusterSnapshots).toHaveLength(20);
    expect(await names({ MaxRecords: 20, Marker: first.Marker })).toEqual(['s-30', 's-31', 's-32', 's-33', 's-34']);
  });
});

describe('a copy of a snapshot', () => {
  const copy = async (more: object = {}) =>
    await aurora.rds.send(
      new CopyDBClusterSnapshotCommand({
        SourceDBClusterSnapshotIdentifier: 'first',
        TargetDBClusterSnapshotIdentifier: 'second',
        ...more,
      }),
    );

  it('tells where it is from, and has its tags only when they are asked for', async () => {
    const tags = [{ Key: 'Team', Value: 'masking' }];
    const { DBClusterSnapshotArn: arn } = await taken('first', { Tags: tags });
    const { DBClusterSnapshot: made } = await copy();
    expect(made).toMatchObject({ Status: 'copying', SourceDBClusterSnapshotArn: arn, TagList: [] });
    aurora.clock.advance(aurora.world.durations.snapshotCopied);
    expect(await listed({ DBClusterSnapshotIdentifier: 'second' })).toMatchObject([{ Status: 'available' }]);
    const tagged = await copy({ TargetDBClusterSnapshotIdentifier: 'third', CopyTags: true });
    expect(tagged.DBClusterSnapshot?.TagList).toEqual(tags);
  });

  it('needs a key of this account where another shares an encrypted one', async () => {
    const { arn } = plantSnapshot(aurora.world, {
      type: 'shared',
      account: OTHER,
      name: 'theirs',
      masterPassword: 'production-password',
      kmsKeyId: `arn:aws:kms:eu-west-1:${OTHER}:key/1`,
    });
    const source = { SourceDBClusterSnapshotIdentifier: arn };
    await expect(copy(source)).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
    const { DBClusterSnapshot } = await copy({ ...source, KmsKeyId: 'alias/ours' });
    expect(DBClusterSnapshot).toMatchObject({ KmsKeyId: 'alias/ours', SnapshotType: 'manual' });
  });

  it('is refused of one that is not there or not whole, and under a name that is taken', async () => {
    await expect(copy()).rejects.toMatchObject({ name: 'DBClusterSnapshotNotFoundFault' });
    await take('first');
    await expect(copy()).rejects.toMatchObject({ name: 'InvalidDBClusterSnapshotStateFault' });
    aurora.clock.advance(aurora.world.durations.snapshotCreated);
    await expect(copy({ TargetDBClusterSnapshotIdentifier: 'first' })).rejects.toMatchObject({
      name: 'DBClusterSnapshotAlreadyExistsFault',
    });
    await expect(copy({ KmsKeyId: 'key' })).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
  });
});

describe('sharing a snapshot', () => {
  const change = async (more: object, id = 'mine') => {
    const { DBClusterSnapshotAttributesResult: result } = await aurora.rds.send(
      new ModifyDBClusterSnapshotAttributeCommand({
        DBClusterSnapshotIdentifier: id,
        AttributeName: 'restore',
        ...more,
      }),
    );
    return result?.DBClusterSnapshotAttributes?.[0]?.AttributeValues;
  };

  it('gives it to accounts and takes it from them', async () => {
    await taken('mine');
    expect(await change({ ValuesToAdd: [OTHER, 'all'] })).toEqual([OTHER, 'all']);
    await change({ ValuesToRemove: ['all'] });
    const { DBClusterSnapshotAttributesResult } = await aurora.rds.send(
      new DescribeDBClusterSnapshotAttributesCommand({ DBClusterSnapshotIdentifier: 'mine' }),
    );
    expect(DBClusterSnapshotAttributesResult).toEqual({
      DBClusterSnapshotIdentifier: 'mine',
      DBClusterSnapshotAttributes: [{ AttributeName: 'restore', AttributeValues: [OTHER] }],
    });
  });

  it('is refused for what is no attribute, no account, too many, or of RDS itself', async () => {
    await taken('mine');
    aurora.world.rds.quotas.sharedAccounts = 1;
    const { id } = plantSnapshot(aurora.world, { type: 'automated', cluster: 'golden' });
    await expect(change({ AttributeName: 'copy' })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(change({ ValuesToAdd: ['someone'] })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(change({ ValuesToAdd: [OTHER, '111111111111'] })).rejects.toMatchObject({
      name: 'SharedSnapshotQuotaExceededFault',
    });
    await expect(change({ ValuesToAdd: [OTHER] }, id)).rejects.toMatchObject({
      name: 'InvalidDBClusterSnapshotStateFault',
    });
  });
});
