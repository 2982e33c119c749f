import {
  DeleteDBClusterCommand,
  type DeleteDBClusterMessage,
  DeleteDBInstanceCommand,
  ModifyDBClusterCommand,
} from '@aws-sdk/client-rds';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Aurora, startAurora } from './aurora.ts';

describe('deleting', () => {
  let aurora: Aurora;
  beforeEach(async () => {
    aurora = await startAurora();
    await aurora.clone('pr-7', { Tags: [{ Key: 'Environment', Value: 'pr-7' }] });
    aurora.clock.advance(aurora.world.durations.cloneClusterAvailable);
    await aurora.addInstance('pr-7-1', 'pr-7');
  });

  async function deleteCluster(more: Partial<DeleteDBClusterMessage> = {}) {
    const input = { DBClusterIdentifier: 'pr-7', SkipFinalSnapshot: true, ...more };
    return (await aurora.rds.send(new DeleteDBClusterCommand(input))).DBCluster;
  }

  it('refuses a cluster that still has an instance', async () => {
    await expect(deleteCluster()).rejects.toMatchObject({
      name: 'InvalidDBClusterStateFault',
      message: 'Cluster cannot be deleted, it still contains DB instances in non-deleting state.',
    });
  });

  it('takes a cluster whose instances are all being deleted, and answers available', async () => {
    await aurora.deleteInstance('pr-7-1');
    expect((await deleteCluster())?.Status).toBe('available');
    expect((await aurora.cluster('pr-7')).Status).toBe('deleting');
  });

  it('takes the cluster away after the last of its instances', async () => {
    const { instanceDeleted, clusterDeleted } = aurora.world.durations;
    await aurora.deleteInstance('pr-7-1');
    await deleteCluster();
    aurora.clock.advance(instanceDeleted);
    await expect(aurora.instance('pr-7-1')).rejects.toMatchObject({
      name: 'DBInstanceNotFoundFault',
      Code: 'DBInstanceNotFound',
      $metadata: { httpStatusCode: 404 },
    });
    expect((await aurora.cluster('pr-7')).Status).toBe('deleting');
    aurora.clock.advance(clusterDeleted);
    await expect(aurora.cluster('pr-7')).rejects.toMatchObject({ name: 'DBClusterNotFoundFault' });
  });

  it('says that an instance is already being deleted', async () => {
    const input = { DBInstanceIdentifier: 'pr-7-1' };
    const first = await aurora.rds.send(new DeleteDBInstanceCommand(input));
    expect(first.DBInstance?.DBInstanceStatus).toBe('deleting');
    await expect(aurora.rds.send(new DeleteDBInstanceCommand(input))).rejects.toMatchObject({
      name: 'InvalidDBInstanceStateFault',
      Code: 'InvalidDBInstanceState',
      message: 'Instance pr-7-1 is already being deleted.',
    });
  });

  it('refuses a protected cluster until it is protected no more, but never its instances', async () => {
    const protect = async (DeletionProtection: boolean) =>
      await aurora.rds.send(
        new ModifyDBClusterCommand({ DBClusterIdentifier: 'pr-7', DeletionProtection, ApplyImmediately: true }),
      );
    await protect(true);
    await aurora.deleteInstance('pr-7-1');
    await expect(deleteCluster()).rejects.toMatchObject({
      name: 'InvalidParameterCombination',
      message: 'Cannot delete protected Cluster, please disable deletion protection and try again.',
    });
    await protect(false);
    expect((await deleteCluster())?.Status).toBe('available');
  });

  it('wants a choice about the final snapshot', async () => {
    await aurora.deleteInstance('pr-7-1');
    await expect(deleteCluster({ SkipFinalSnapshot: false })).rejects.toMatchObject({
      name: 'InvalidParameterCombination',
    });
    await expect(deleteCluster({ FinalDBSnapshotIdentifier: 'last' })).rejects.toMatchObject({
      name: 'InvalidParameterCombination',
    });
  });

  it('refuses a cluster that is being created, and one that is being deleted', async () => {
    await aurora.clone('pr-8');
    await expect(deleteCluster({ DBClusterIdentifier: 'pr-8' })).rejects.toMatchObject({
      name: 'InvalidDBClusterStateFault',
      message: expect.stringContaining('is not currently in the available state'),
    });
    await aurora.deleteInstance('pr-7-1');
    await deleteCluster();
    await expect(deleteCluster()).rejects.toMatchObject({ name: 'InvalidDBClusterStateFault' });
  });

  it('leaves the clones of a deleted source alone', async () => {
    await aurora.deleteInstance('golden-1');
    await deleteCluster({ DBClusterIdentifier: 'golden' });
    aurora.clock.advance(aurora.world.durations.instanceDeleted + aurora.world.durations.clusterDeleted);
    await expect(aurora.cluster('golden')).rejects.toMatchObject({ name: 'DBClusterNotFoundFault' });
    expect((await aurora.cluster('pr-7')).Status).toBe('available');
  });

  it('gives its place in the clone group and the quota back', async () => {
    aurora.world.rds.quotas.clusters = 2;
    aurora.world.rds.quotas.clonesPerGroup = 1;
    await aurora.deleteInstance('pr-7-1');
    await deleteCluster();
    await expect(aurora.clone('pr-8')).rejects.toMatchObject({ name: 'DBClusterQuotaExceededFault' });
    aurora.clock.advance(aurora.world.durations.instanceDeleted + aurora.world.durations.clusterDeleted);
    expect((await aurora.clone('pr-8')).CloneGroupId).toBeDefined();
  });

  it('lets the tag index go on listing what is gone, for a while', async () => {
    const arns = () => [...aurora.world.tagIndex.entries()].map(([arn]) => arn);
    const { instanceDeleted, clusterDeleted, tagForgotten } = aurora.world.durations;
    await aurora.deleteInstance('pr-7-1');
    await deleteCluster();
    aurora.clock.advance(instanceDeleted + clusterDeleted);
    expect(arns()).toContain('arn:aws:rds:eu-west-1:123456789012:cluster:pr-7');
    aurora.clock.advance(tagForgotten);
    expect(arns()).not.toContain('arn:aws:rds:eu-west-1:123456789012:cluster:pr-7');
  });
});
