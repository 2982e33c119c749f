import {
  CreateDBClusterSnapshotCommand,
  type DBCluster,
  ModifyDBClusterCommand,
  RestoreDBClusterFromSnapshotCommand,
} from '@aws-sdk/client-rds';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { plantSnapshot } from '../../../../sim/aws/rds/plant-snapshot.ts';
import { type Aurora, startAurora } from './aurora.ts';

describe('a cluster restored from a snapshot', () => {
  let aurora: Aurora;
  beforeEach(async () => {
    aurora = await startAurora();
    await aurora.rds.send(
      new CreateDBClusterSnapshotCommand({
        DBClusterIdentifier: 'golden',
        DBClusterSnapshotIdentifier: 'before',
        Tags: [{ Key: 'Purpose', Value: 'masking' }],
      }),
    );
    aurora.clock.advance(aurora.world.durations.snapshotCreated);
  });

  async function restore(more: object = {}): Promise<DBCluster> {
    const input = { DBClusterIdentifier: 'masked', SnapshotIdentifier: 'before', Engine: 'aurora-mysql', ...more };
    const { DBCluster } = await aurora.rds.send(new RestoreDBClusterFromSnapshotCommand(input));
    return DBCluster ?? {};
  }

  it('becomes available in its time, without an instance and in no clone group', async () => {
    await aurora.clone('pr-7');
    const made = await restore();
    expect(made).toMatchObject({ Status: 'creating', DBClusterMembers: [] });
    expect(made.CloneGroupId).toBeUndefined();
    aurora.clock.advance(aurora.world.durations.snapshotRestored - 1);
    expect((await aurora.cluster('masked')).Status).toBe('creating');
    aurora.clock.advance(1);
    expect((await aurora.cluster('masked')).Status).toBe('available');
  });

  it('founds a clone group of its own', async () => {
    const ofGolden = await aurora.clone('pr-7');
    await restore({ ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 4 } });
    aurora.clock.advance(aurora.world.durations.snapshotRestored);
    await aurora.addInstance('masked-1', 'masked');
    const ofMasked = await aurora.clone('pr-8', { SourceDBClusterIdentifier: 'masked' });
    expect(ofMasked.CloneGroupId).toBeDefined();
    expect(ofMasked.CloneGroupId).not.toBe(ofGolden.CloneGroupId);
  });

  it('has the user and the password of the time of the snapshot, and none of the switches and tags', async () => {
    await aurora.rds.send(
      new ModifyDBClusterCommand({ DBClusterIdentifier: 'golden', MasterUserPassword: 'changed-since' }),
    );
    aurora.clock.advance(60);
    const made = await restore({ DeletionProtection: true });
    expect(made).toMatchObject({
      MasterUsername: 'admin',
      Port: 3306,
      DeletionProtection: true,
      CopyTagsToSnapshot: false,
      DBClusterParameterGroup: 'default.aurora-mysql8.0',
      StorageEncrypted: false,
      TagList: [],
    });
    expect(made.ServerlessV2ScalingConfiguration).toBeUndefined();
    expect(aurora.world.rds.clusters.get('masked')?.masterPassword).toBe('golden-password');
  });

  it('has what is asked for', async () => {
    const made = await restore({
      DBSubnetGroupName: 'private',
      VpcSecurityGroupIds: [aurora.securityGroupId],
      Port: 3310,
      KmsKeyId: 'alias/ours',
      BackupRetentionPeriod: 3,
      ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 4 },
      Tags: [{ Key: 'Purpose', Value: 'masking' }],
    });
    expect(made).toMatchObject({
      DBSubnetGroup: 'private',
      VpcSecurityGroups: [{ VpcSecurityGroupId: aurora.securityGroupId }],
      Port: 3310,
      StorageEncrypted: true,
      KmsKeyId: 'alias/ours',
      BackupRetentionPeriod: 3,
      ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 4, SecondsUntilAutoPause: 300 },
      TagList: [{ Key: 'Purpose', Value: 'masking' }],
    });
  });

  it('is made of what another account shares, by ARN alone, for as long as it is shared', async () => {
    const theirs = plantSnapshot(aurora.world, {
      type: 'shared',
      account: '210987654321',
      name: 'theirs',
      masterUsername: 'producer',
      masterPassword: 'production-password',
    });
    await expect(restore({ SnapshotIdentifier: 'theirs' })).rejects.toMatchObject({
      name: 'DBClusterSnapshotNotFoundFault',
    });
    expect(await restore({ SnapshotIdentifier: theirs.arn })).toMatchObject({ MasterUsername: 'producer' });
    theirs.sharedWith = [];
    await expect(restore({ DBClusterIdentifier: 'again', SnapshotIdentifier: theirs.arn })).rejects.toMatchObject({
      name: 'DBClusterSnapshotNotFoundFault',
    });
  });

  it.each([
    { reason: 'a name that is taken', more: { DBClusterIdentifier: 'GOLDEN' }, code: 'DBClusterAlreadyExistsFault' },
    { reason: 'no such snapshot', more: { SnapshotIdentifier: 'no' }, code: 'DBClusterSnapshotNotFoundFault' },
    { reason: 'another engine', more: { Engine: 'aurora-postgresql' }, code: 'InvalidParameterCombination' },
    {
      reason: 'an older version',
      more: { EngineVersion: '8.0.mysql_aurora.3.04.0' },
      code: 'InvalidParameterCombination',
    },
    { reason: 'serverless of the first version', more: { EngineMode: 'serverless' }, code: 'InvalidParameterValue' },
    {
      reason: 'an instance class',
      more: { DBClusterInstanceClass: 'db.m6gd.large' },
      code: 'InvalidParameterCombination',
    },
    {
      reason: 'a subnet group that is not there',
      more: { DBSubnetGroupName: 'no' },
      code: 'DBSubnetGroupNotFoundFault',
    },
    {
      reason: 'a parameter group that is not there',
      more: { DBClusterParameterGroupName: 'no' },
      code: 'DBClusterParameterGroupNotFoundFault',
    },
    { reason: 'a port below 1150', more: { Port: 80 }, code: 'InvalidParameterValue' },
  ])('is refused for $reason, and leaves nothing', async ({ more, code }) => {
    await expect(restore(more)).rejects.toMatchObject({ name: code });
    expect([...aurora.world.rds.clusters.keys()]).toEqual(['golden']);
  });

  it('is refused while the snapshot is not whole, and beyond the quota', async () => {
    await aurora.rds.send(
      new CreateDBClusterSnapshotCommand({ DBClusterIdentifier: 'golden', DBClusterSnapshotIdentifier: 'young' }),
    );
    await expect(restore({ SnapshotIdentifier: 'young' })).rejects.toMatchObject({
      name: 'InvalidDBClusterSnapshotStateFault',
    });
    aurora.world.rds.quotas.clusters = 1;
    await expect(restore()).rejects.toMatchObject({ name: 'DBClusterQuotaExceededFault' });
  });
});
