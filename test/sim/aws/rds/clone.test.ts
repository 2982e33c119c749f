import {
  CreateDBClusterParameterGroupCommand,
  DescribeDBClustersCommand,
  RestoreDBClusterToPointInTimeCommand,
} from '@aws-sdk/client-rds';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Aurora, startAurora } from './aurora.ts';

describe('a copy-on-write clone', () => {
  let aurora: Aurora;
  beforeEach(async () => {
    aurora = await startAurora();
  });

  it('answers creating and becomes available in its time', async () => {
    const made = await aurora.clone('pr-7');
    expect(made.Status).toBe('creating');
    expect(made.Endpoint).toMatch(/^pr-7\.cluster-c[a-z0-9]{11}\.eu-west-1\.rds\.amazonaws\.com$/);
    expect(made.ReaderEndpoint).toMatch(/^pr-7\.cluster-ro-c[a-z0-9]{11}\.eu-west-1\.rds\.amazonaws\.com$/);
    aurora.clock.advance(aurora.world.durations.cloneClusterAvailable - 1);
    expect((await aurora.cluster('pr-7')).Status).toBe('creating');
    aurora.clock.advance(1);
    expect((await aurora.cluster('pr-7')).Status).toBe('available');
  });

  it("keeps the source's master user and password and not its tags, scaling or protection", async () => {
    const made = await aurora.clone('pr-7', { Tags: [{ Key: 'Environment', Value: 'pr-7' }] });
    expect(made.MasterUsername).toBe('admin');
    expect(aurora.world.rds.clusters.get('pr-7')?.masterPassword).toBe('golden-password');
    expect(made.TagList).toEqual([{ Key: 'Environment', Value: 'pr-7' }]);
    expect(made.ServerlessV2ScalingConfiguration).toEqual({
      MinCapacity: 0,
      MaxCapacity: 1,
      SecondsUntilAutoPause: 300,
    });
    expect(made.DeletionProtection).toBe(false);
  });

  it('gets the default security group and parameter group when none is named', async () => {
    await aurora.rds.send(
      new CreateDBClusterParameterGroupCommand({
        DBClusterParameterGroupName: 'tuned',
        DBParameterGroupFamily: 'aurora-mysql8.0',
        Description: 'tuned',
      }),
    );
    const input = {
      SourceDBClusterIdentifier: 'golden',
      RestoreType: 'copy-on-write',
      UseLatestRestorableTime: true,
      DBSubnetGroupName: 'private',
    };
    const bare = await aurora.rds.send(
      new RestoreDBClusterToPointInTimeCommand({ ...input, DBClusterIdentifier: 'bare' }),
    );
    expect(bare.DBCluster?.DBClusterParameterGroup).toBe('default.aurora-mysql8.0');
    expect(bare.DBCluster?.VpcSecurityGroups?.map((group) => group.VpcSecurityGroupId)).not.toContain(
      aurora.securityGroupId,
    );
    const tuned = await aurora.clone('tuned', { DBClusterParameterGroupName: 'tuned' });
    expect(tuned.DBClusterParameterGroup).toBe('tuned');
    expect(tuned.VpcSecurityGroups).toEqual([{ VpcSecurityGroupId: aurora.securityGroupId, Status: 'active' }]);
  });

  it('shares a clone group with its source and with clones of clones', async () => {
    const first = await aurora.clone('pr-7');
    aurora.clock.advance(aurora.world.durations.cloneClusterAvailable);
    await aurora.addInstance('pr-7-1', 'pr-7');
    const second = await aurora.clone('pr-8', { SourceDBClusterIdentifier: 'pr-7' });
    expect(second.CloneGroupId).toBe(first.CloneGroupId);
    const filters = [{ Name: 'clone-group-id', Values: [first.CloneGroupId ?? ''] }];
    const { DBClusters } = await aurora.rds.send(new DescribeDBClustersCommand({ Filters: filters }));
    expect(DBClusters?.map((cluster) => cluster.DBClusterIdentifier)).toEqual(['golden', 'pr-7', 'pr-8']);
  });

  it('is a full copy without a word when the clone group holds fifteen', async () => {
    for (let number = 1; number <= 15; number++) {
      await aurora.clone(`pr-${number}`);
    }
    const sixteenth = await aurora.clone('pr-16');
    expect(sixteenth.CloneGroupId).toBeUndefined();
    aurora.clock.advance(aurora.world.durations.fullCopyClusterAvailable - 1);
    expect((await aurora.cluster('pr-15')).Status).toBe('available');
    expect((await aurora.cluster('pr-16')).Status).toBe('creating');
    aurora.clock.advance(1);
    expect((await aurora.cluster('pr-16')).Status).toBe('available');
  });

  it('is a full copy when no restore type is given', async () => {
    await aurora.rds.send(
      new RestoreDBClusterToPointInTimeCommand({
        DBClusterIdentifier: 'copy',
        SourceDBClusterIdentifier: 'golden',
        UseLatestRestorableTime: true,
        DBSubnetGroupName: 'private',
      }),
    );
    aurora.clock.advance(aurora.world.durations.cloneClusterAvailable);
    expect((await aurora.cluster('copy')).Status).toBe('creating');
  });

  it('is refused when the name is taken, in whatever case', async () => {
    await aurora.clone('pr-7');
    const again = aurora.clone('PR-7');
    await expect(again).rejects.toMatchObject({
      name: 'DBClusterAlreadyExistsFault',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('is refused when the source is not there', async () => {
    const orphan = aurora.clone('pr-7', { SourceDBClusterIdentifier: 'missing' });
    await expect(orphan).rejects.toMatchObject({
      name: 'DBClusterNotFoundFault',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('is refused when the source has no instance, which a full copy is not', async () => {
    await aurora.deleteInstance('golden-1');
    aurora.clock.advance(aurora.world.durations.instanceDeleted);
    const headless = aurora.clone('pr-7');
    await expect(headless).rejects.toMatchObject({
      name: 'InvalidDBClusterStateFault',
      message: "You can't create a clone from an Aurora DB cluster that has no DB instances.",
    });
    expect((await aurora.clone('copy', { RestoreType: 'full-copy' })).Status).toBe('creating');
  });

  it('is refused with 403 beyond forty clusters', async () => {
    aurora.world.rds.quotas.clusters = 2;
    await aurora.clone('pr-7');
    await expect(aurora.clone('pr-8')).rejects.toMatchObject({
      name: 'DBClusterQuotaExceededFault',
      $metadata: { httpStatusCode: 403 },
    });
  });

  it.each([
    { reason: 'a digit first', id: '7-pr' },
    { reason: 'two hyphens in a row', id: 'pr--7' },
    { reason: 'a hyphen last', id: 'pr-7-' },
    { reason: 'an underscore', id: 'pr_7' },
    { reason: '64 characters', id: `p${'r'.repeat(63)}` },
  ])('is refused under a name with $reason', async ({ id }) => {
    await expect(aurora.clone(id)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  it('is accepted under a name of 63 characters and stored in lower case', async () => {
    const id = `P${'r'.repeat(62)}`;
    expect((await aurora.clone(id)).DBClusterIdentifier).toBe(id.toLowerCase());
    expect((await aurora.cluster(id)).DBClusterIdentifier).toBe(id.toLowerCase());
  });

  it.each([
    {
      reason: 'a security group that does not exist',
      code: 'InvalidParameterValue',
      more: { VpcSecurityGroupIds: ['sg-0'] },
    },
    { reason: 'a missing subnet group', code: 'DBSubnetGroupNotFoundFault', more: { DBSubnetGroupName: 'missing' } },
    {
      reason: 'a missing parameter group',
      code: 'DBClusterParameterGroupNotFoundFault',
      more: { DBClusterParameterGroupName: 'missing' },
    },
    { reason: 'the serverless engine mode', code: 'InvalidParameterValue', more: { EngineMode: 'serverless' } },
    { reason: 'an unknown restore type', code: 'InvalidParameterValue', more: { RestoreType: 'clone' } },
    { reason: 'a point in time', code: 'InvalidParameterCombination', more: { RestoreToTime: new Date() } },
    {
      reason: 'neither a time nor the latest',
      code: 'InvalidParameterCombination',
      more: { UseLatestRestorableTime: false },
    },
    {
      reason: 'a key though the source is not encrypted',
      code: 'InvalidParameterCombination',
      more: { KmsKeyId: 'key' },
    },
    { reason: 'a reserved tag', code: 'InvalidParameterValue', more: { Tags: [{ Key: 'rds:mine', Value: '' }] } },
    { reason: 'a # in a tag', code: 'InvalidParameterValue', more: { Tags: [{ Key: 'Branch', Value: 'fix/#7' }] } },
    {
      reason: 'a capacity of no half unit',
      code: 'InvalidParameterValue',
      more: { ServerlessV2ScalingConfiguration: { MinCapacity: 0.3, MaxCapacity: 1 } },
    },
  ])('is refused with $reason', async ({ code, more }) => {
    await expect(aurora.clone('pr-7', more)).rejects.toMatchObject({ name: code });
    await expect(aurora.cluster('pr-7')).rejects.toMatchObject({ name: 'DBClusterNotFoundFault' });
  });

  it('is refused with a security group of another VPC', async () => {
    await expect(aurora.clone('pr-7', { VpcSecurityGroupIds: [aurora.otherVpcGroupId] })).rejects.toMatchObject({
      name: 'InvalidParameterCombination',
      message: expect.stringContaining('different VPCs'),
    });
  });
});
