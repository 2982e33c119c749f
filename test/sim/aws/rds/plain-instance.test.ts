import {
  CreateDBInstanceCommand,
  type CreateDBInstanceMessage,
  CreateDBParameterGroupCommand,
  DeleteDBInstanceCommand,
  DeleteDBParameterGroupCommand,
  DeleteDBSubnetGroupCommand,
  ModifyDBInstanceCommand,
  type ModifyDBInstanceMessage,
} from '@aws-sdk/client-rds';
import { GetSecretValueCommand, ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { isDatabaseReachable } from '../../../../sim/aws/rds/reachability.ts';
import { type Aurora, startAurora } from './aurora.ts';

let aurora: Aurora;

beforeEach(async () => {
  aurora = await startAurora();
});

async function create(more: Partial<CreateDBInstanceMessage> = {}) {
  const input = {
    DBInstanceIdentifier: 'state',
    Engine: 'postgres',
    DBInstanceClass: 'db.t4g.micro',
    AllocatedStorage: 20,
    MasterUsername: 'mayfly',
    ManageMasterUserPassword: true,
    DBSubnetGroupName: 'private',
    ...more,
  };
  return (await aurora.rds.send(new CreateDBInstanceCommand(input))).DBInstance;
}

function settle(): void {
  const { plainInstanceCreated, firstBackup } = aurora.world.durations;
  aurora.clock.advance(plainInstanceCreated);
  aurora.clock.advance(firstBackup);
}

async function modify(more: Partial<ModifyDBInstanceMessage>) {
  const input = { DBInstanceIdentifier: 'state', ...more };
  return (await aurora.rds.send(new ModifyDBInstanceCommand(input))).DBInstance;
}

const remove = async (more: { SkipFinalSnapshot?: boolean; FinalDBSnapshotIdentifier?: string }) =>
  await aurora.rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: 'state', ...more }));

describe('a PostgreSQL instance outside clusters', () => {
  it('is created, backed up, and only then available', async () => {
    expect(await create({ EngineVersion: '16' })).toMatchObject({
      DBInstanceStatus: 'creating',
      EngineVersion: expect.stringMatching(/^16\.\d+$/),
      StorageType: 'gp3',
      Iops: 3000,
      StorageThroughput: 125,
      DBParameterGroups: [{ DBParameterGroupName: 'default.postgres16' }],
    });
    const endpoint = async () => (await aurora.instance('state')).Endpoint;
    expect(await endpoint()).toBeUndefined();
    aurora.clock.advance(aurora.world.durations.plainInstanceCreated);
    expect((await aurora.instance('state')).DBInstanceStatus).toBe('backing-up');
    expect(isDatabaseReachable(aurora.world, (await endpoint())?.Address ?? '')).toBe(true);
    aurora.clock.advance(aurora.world.durations.firstBackup);
    expect((await aurora.instance('state')).DBInstanceStatus).toBe('available');
  });

  it('goes without the backup when none are kept', async () => {
    await create({ BackupRetentionPeriod: 0 });
    aurora.clock.advance(aurora.world.durations.plainInstanceCreated);
    expect((await aurora.instance('state')).DBInstanceStatus).toBe('available');
  });

  it.each([
    { reason: 'another engine', code: 'InvalidParameterValue', more: { Engine: 'aurora-mysql' } },
    { reason: 'an unknown version', code: 'InvalidParameterCombination', more: { EngineVersion: '9.6' } },
    { reason: 'a serverless class', code: 'InvalidParameterValue', more: { DBInstanceClass: 'db.serverless' } },
    { reason: 'too little storage', code: 'InvalidParameterValue', more: { AllocatedStorage: 19 } },
    {
      reason: 'bought IOPS on a small volume',
      code: 'InvalidParameterCombination',
      more: { StorageType: 'gp3', Iops: 4000 },
    },
    { reason: 'a reserved user', code: 'InvalidParameterValue', more: { MasterUsername: 'admin' } },
    { reason: 'two passwords', code: 'InvalidParameterCombination', more: { MasterUserPassword: 'a-password' } },
    {
      reason: 'a name of a cluster member',
      code: 'DBInstanceAlreadyExistsFault',
      more: { DBInstanceIdentifier: 'golden-1' },
    },
    {
      reason: 'a group of another family',
      code: 'InvalidParameterCombination',
      more: { DBParameterGroupName: 'default.postgres13' },
    },
    { reason: 'an unknown group', code: 'DBParameterGroupNotFoundFault', more: { DBParameterGroupName: 'none' } },
    {
      reason: 'an old certificate',
      code: 'CertificateNotFoundFault',
      more: { CACertificateIdentifier: 'rds-ca-2019' },
    },
    {
      reason: 'a zone of its own and Multi-AZ',
      code: 'InvalidParameterCombination',
      more: { MultiAZ: true, AvailabilityZone: 'eu-west-1a' },
    },
  ])('is refused with $reason', async ({ code, more }) => {
    await expect(create(more)).rejects.toMatchObject({ name: code });
    expect(aurora.world.rds.plainInstances.size).toBe(0);
  });

  it('shares its quota with the members of clusters', async () => {
    aurora.world.rds.quotas.instances = 1;
    await expect(create()).rejects.toMatchObject({ name: 'InstanceQuotaExceededFault' });
  });

  it('leaves a change of class pending until it is to be applied at once, and takes a retention as it comes', async () => {
    await create();
    await expect(modify({ DBInstanceClass: 'db.t4g.small' })).rejects.toMatchObject({
      name: 'InvalidDBInstanceStateFault',
    });
    settle();
    const pending = await modify({ DBInstanceClass: 'db.t4g.small', BackupRetentionPeriod: 14 });
    expect(pending).toMatchObject({
      DBInstanceClass: 'db.t4g.micro',
      BackupRetentionPeriod: 14,
      PendingModifiedValues: { DBInstanceClass: 'db.t4g.small' },
    });
    await modify({ ApplyImmediately: true });
    const { modifyLag, clusterModified } = aurora.world.durations;
    aurora.clock.advance(modifyLag);
    expect((await aurora.instance('state')).DBInstanceStatus).toBe('modifying');
    aurora.clock.advance(clusterModified);
    expect(await aurora.instance('state')).toMatchObject({
      DBInstanceStatus: 'available',
      DBInstanceClass: 'db.t4g.small',
    });
  });

  it('grows and never shrinks, and needs leave for a major version', async () => {
    await create({ EngineVersion: '16.8' });
    settle();
    await expect(modify({ AllocatedStorage: 10 })).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
    await expect(modify({ EngineVersion: '17.4' })).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
    await modify({
      AllocatedStorage: 400,
      EngineVersion: '17.4',
      AllowMajorVersionUpgrade: true,
      ApplyImmediately: true,
    });
    aurora.clock.advance(60);
    expect(await aurora.instance('state')).toMatchObject({
      AllocatedStorage: 400,
      Iops: 12_000,
      EngineVersion: '17.4',
    });
  });

  it('is deleted only without protection and with a choice about the last snapshot', async () => {
    await create({ DeletionProtection: true });
    settle();
    await expect(remove({})).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
    await expect(remove({ SkipFinalSnapshot: true })).rejects.toMatchObject({
      message: expect.stringContaining('Cannot delete protected DB Instance'),
    });
    await modify({ DeletionProtection: false });
    const inUse = aurora.rds.send(new DeleteDBSubnetGroupCommand({ DBSubnetGroupName: 'private' }));
    await expect(inUse).rejects.toMatchObject({ name: 'InvalidDBSubnetGroupStateFault' });
    await remove({ SkipFinalSnapshot: true });
    expect((await aurora.instance('state')).DBInstanceStatus).toBe('deleting');
    aurora.clock.advance(aurora.world.durations.instanceDeleted);
    await expect(aurora.instance('state')).rejects.toMatchObject({ name: 'DBInstanceNotFoundFault' });
  });

  it('keeps a group of parameters that it uses from being deleted', async () => {
    const DBParameterGroupName = 'tuned';
    const group = { DBParameterGroupName, DBParameterGroupFamily: 'postgres17', Description: 'tuned' };
    await aurora.rds.send(new CreateDBParameterGroupCommand(group));
    await create({ DBParameterGroupName });
    const drop = async () => await aurora.rds.send(new DeleteDBParameterGroupCommand({ DBParameterGroupName }));
    await expect(drop()).rejects.toMatchObject({ name: 'InvalidDBParameterGroupStateFault' });
    await remove({ SkipFinalSnapshot: true });
    aurora.clock.advance(aurora.world.durations.instanceDeleted);
    await drop();
    expect(aurora.world.rds.instanceParameterGroups.size).toBe(0);
  });

  it('has its password in a secret of RDS, which goes with it', async () => {
    await create();
    settle();
    const secrets = new SecretsManagerClient(aurora.client);
    const { MasterUserSecret } = await aurora.instance('state');
    const { Name, SecretString = '' } = await secrets.send(
      new GetSecretValueCommand({ SecretId: MasterUserSecret?.SecretArn }),
    );
    expect([Name, JSON.parse(SecretString)]).toEqual([
      expect.stringMatching(/^rds!db-/),
      { username: 'mayfly', password: expect.any(String) },
    ]);
    await expect(modify({ ManageMasterUserPassword: false })).rejects.toMatchObject({
      name: 'InvalidParameterCombination',
    });
    await modify({ ManageMasterUserPassword: false, MasterUserPassword: 'a-password-of-ours' });
    expect((await secrets.send(new ListSecretsCommand({}))).SecretList).toEqual([]);
    expect((await aurora.instance('state')).MasterUserSecret).toBeUndefined();
  });
});
