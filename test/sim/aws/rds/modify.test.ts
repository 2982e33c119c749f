import { ModifyDBClusterCommand, type ModifyDBClusterMessage, ModifyDBInstanceCommand } from '@aws-sdk/client-rds';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Aurora, startAurora } from './aurora.ts';

describe('modifying a cluster', () => {
  let aurora: Aurora;
  beforeEach(async () => {
    aurora = await startAurora();
  });

  async function modify(input: Omit<ModifyDBClusterMessage, 'DBClusterIdentifier'>) {
    const { DBCluster } = await aurora.rds.send(
      new ModifyDBClusterCommand({ DBClusterIdentifier: 'golden', ...input }),
    );
    return DBCluster;
  }

  it('goes on saying available for a moment, then resets the master credentials, then is done', async () => {
    const { modifyLag, clusterModified } = aurora.world.durations;
    const answer = await modify({ MasterUserPassword: 'another-password' });
    expect(answer).toMatchObject({ Status: 'available', PendingModifiedValues: { MasterUserPassword: '****' } });
    expect((await aurora.cluster('golden')).Status).toBe('available');
    aurora.clock.advance(modifyLag);
    expect((await aurora.cluster('golden')).Status).toBe('resetting-master-credentials');
    expect(aurora.world.rds.clusters.get('golden')?.masterPassword).toBe('golden-password');
    aurora.clock.advance(clusterModified);
    const done = await aurora.cluster('golden');
    expect(done.Status).toBe('available');
    expect(done.PendingModifiedValues).toBeUndefined();
    expect(aurora.world.rds.clusters.get('golden')?.masterPassword).toBe('another-password');
  });

  it('is refused while a modification is carried out', async () => {
    await modify({ MasterUserPassword: 'another-password' });
    aurora.clock.advance(aurora.world.durations.modifyLag);
    await expect(modify({ DeletionProtection: true })).rejects.toMatchObject({ name: 'InvalidDBClusterStateFault' });
  });

  it('changes the scaling range through modifying', async () => {
    const { modifyLag, clusterModified } = aurora.world.durations;
    await modify({ ServerlessV2ScalingConfiguration: { MinCapacity: 0, SecondsUntilAutoPause: 600 } });
    aurora.clock.advance(modifyLag);
    expect((await aurora.cluster('golden')).Status).toBe('modifying');
    aurora.clock.advance(clusterModified);
    expect((await aurora.cluster('golden')).ServerlessV2ScalingConfiguration).toEqual({
      MinCapacity: 0,
      MaxCapacity: 2,
      SecondsUntilAutoPause: 600,
    });
  });

  it('keeps an engine version pending unless it is applied immediately', async () => {
    const { modifyLag, clusterModified } = aurora.world.durations;
    await modify({ EngineVersion: '8.0.mysql_aurora.3.10.0' });
    aurora.clock.advance(modifyLag + clusterModified);
    expect(await aurora.cluster('golden')).toMatchObject({
      EngineVersion: '8.0.mysql_aurora.3.08.2',
      PendingModifiedValues: { EngineVersion: '8.0.mysql_aurora.3.10.0' },
    });
    await modify({ EngineVersion: '8.0.mysql_aurora.3.10.0', ApplyImmediately: true });
    aurora.clock.advance(modifyLag + clusterModified);
    expect((await aurora.cluster('golden')).EngineVersion).toBe('8.0.mysql_aurora.3.10.0');
  });

  it.each([
    { reason: 'is too short', password: 'seven77' },
    { reason: 'holds an @', password: 'pass@word' },
    { reason: 'holds a space', password: 'pass word' },
    { reason: 'is too long', password: 'p'.repeat(42) },
  ])('is refused when the password $reason', async ({ password }) => {
    await expect(modify({ MasterUserPassword: password })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  it('is refused when the password is given and managed too', async () => {
    const both = modify({ MasterUserPassword: 'another-password', ManageMasterUserPassword: true });
    await expect(both).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
  });

  it('is refused when the password of a cluster that has one is to be managed', async () => {
    await expect(modify({ ManageMasterUserPassword: true })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  it('changes nothing when one of the settings is refused', async () => {
    await expect(modify({ DeletionProtection: true, BackupRetentionPeriod: 36 })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
    expect((await aurora.cluster('golden')).DeletionProtection).toBe(false);
  });
});

describe('modifying an instance', () => {
  it('changes the class through modifying and the tier at once', async () => {
    const { rds, clock, world, instance } = await startAurora();
    await rds.send(
      new ModifyDBInstanceCommand({
        DBInstanceIdentifier: 'golden-1',
        DBInstanceClass: 'db.r6g.large',
        PromotionTier: 3,
        ApplyImmediately: true,
      }),
    );
    expect(await instance('golden-1')).toMatchObject({ PromotionTier: 3, DBInstanceClass: 'db.serverless' });
    clock.advance(world.durations.modifyLag);
    expect((await instance('golden-1')).DBInstanceStatus).toBe('modifying');
    clock.advance(world.durations.clusterModified);
    expect(await instance('golden-1')).toMatchObject({
      DBInstanceClass: 'db.r6g.large',
      DBInstanceStatus: 'available',
    });
  });
});
