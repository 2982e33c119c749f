import {
  CreateDBClusterCommand,
  DeleteDBInstanceCommand,
  DescribeDBClustersCommand,
  ModifyDBClusterCommand,
  type RDSClient,
  StopDBClusterCommand,
} from '@aws-sdk/client-rds';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readCloneGroup } from '../../src/provision/aws/clone-group.ts';
import { createDatabaseCredentialsProvisioner } from '../../src/provision/aws/database-credentials.ts';
import { type LocalCloud, startLocalCloud } from '../contract/local-cloud.ts';
import { SPECIMENS } from '../contract/specimens.ts';
import { createScene, type Scene } from '../contract/stage.ts';

let cloud: LocalCloud;
beforeEach(async () => {
  cloud = await startLocalCloud();
}, 60_000);
afterEach(async () => {
  await cloud.close();
});

async function wantedClone(scene: Scene) {
  return await SPECIMENS['clone-cluster'].desire(scene);
}

async function ensureClone(scene: Scene) {
  return await scene.provisioner('clone-cluster').ensure(await wantedClone(scene), { state: 'absent' });
}

describe('clone-cluster', () => {
  it('asks for everything that RDS would default to something else', async () => {
    const scene = createScene(cloud);
    await cloud.clients.rds.send(
      new ModifyDBClusterCommand({
        DBClusterIdentifier: cloud.platform.sourceIdentifier,
        BackupRetentionPeriod: 35,
        ApplyImmediately: true,
      }),
    );
    const desired = await wantedClone(scene);
    await scene.settle(desired);
    const { DBClusters } = await cloud.clients.rds.send(
      new DescribeDBClustersCommand({ DBClusterIdentifier: desired.name }),
    );
    expect(DBClusters?.[0]).toMatchObject({
      DBClusterParameterGroup: cloud.platform.parameterGroup,
      VpcSecurityGroups: [{ VpcSecurityGroupId: cloud.platform.databaseSecurityGroupId }],
      ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 2, SecondsUntilAutoPause: 600 },
      DeletionProtection: false,
      BackupRetentionPeriod: 1,
      EngineVersion: '8.0.mysql_aurora.3.12.0',
    });
  });

  it('shows its endpoint while it is still being made', async () => {
    const made = await ensureClone(createScene(cloud));
    expect(made).toMatchObject({
      state: 'pending',
      outputs: { endpoint: expect.stringContaining('.rds.'), port: 3306 },
    });
  });

  it('waits rather than become a full copy when fifteen clones are there, however many ask at once', async () => {
    const scenes = Array.from({ length: 17 }, () => createScene(cloud));
    const [first] = scenes;
    // One set of provisioners, as in one process: its count and its create are one step.
    const provisioner = first?.provisioner('clone-cluster');
    const made = await Promise.all(
      scenes.map(async (scene) => await provisioner?.ensure(await wantedClone(scene), { state: 'absent' })),
    );
    const waiting = made.filter((one) => one?.state === 'pending' && one.waitingFor.includes('15 of 15'));
    expect(waiting).toHaveLength(2);
    expect(waiting[0]).toMatchObject({ requeueAfterSeconds: 60 });
    expect((await readCloneGroup(cloud.clients.rds, cloud.platform.sourceIdentifier)).clones).toHaveLength(15);
  }, 20_000);

  it('waits for a source that is stopped', async () => {
    await cloud.clients.rds.send(new StopDBClusterCommand({ DBClusterIdentifier: cloud.platform.sourceIdentifier }));
    expect(await ensureClone(createScene(cloud))).toMatchObject({
      state: 'pending',
      waitingFor: 'the source database mayfly-source (stopping)',
      requeueAfterSeconds: 60,
    });
  });

  it('waits for a source that has no instance', async () => {
    await cloud.clients.rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: 'mayfly-source-1' }));
    cloud.clock.advance(3600);
    expect(await ensureClone(createScene(cloud))).toMatchObject({
      state: 'pending',
      waitingFor: expect.stringContaining('it has no instance'),
    });
  });

  it('waits for a source that a refresh has taken away', async () => {
    const scene = createScene(cloud);
    const desired = await wantedClone(scene);
    const spec = { ...desired.spec, sourceIdentifier: 'mayfly-renamed' };
    expect(await scene.provisioner('clone-cluster').ensure({ ...desired, spec }, { state: 'absent' })).toMatchObject({
      state: 'pending',
      waitingFor: 'the source database mayfly-renamed (not there; it may be being refreshed)',
    });
  });

  it('is released although it is stopped, protected and still has its instance', async () => {
    const scene = createScene(cloud);
    const instance = await SPECIMENS['clone-instance'].desire(scene);
    await scene.settle(instance);
    const clone = await wantedClone(scene);
    await SPECIMENS['clone-cluster'].drift?.(scene, clone, {} as never);
    scene.clock.advance(120);
    await cloud.clients.rds.send(new StopDBClusterCommand({ DBClusterIdentifier: clone.name }));
    scene.clock.advance(600);
    await scene.vanish(clone);
    expect(await scene.provisioner('clone-instance').observe(instance)).toEqual({ state: 'absent' });
  });

  it('starts again when somebody stopped it', async () => {
    const scene = createScene(cloud);
    const clone = await wantedClone(scene);
    await scene.settle(await SPECIMENS['clone-instance'].desire(scene));
    await cloud.clients.rds.send(new StopDBClusterCommand({ DBClusterIdentifier: clone.name }));
    scene.clock.advance(600);
    expect(await scene.provisioner('clone-cluster').observe(clone)).toMatchObject({
      state: 'drifted',
      drift: ['stopped'],
    });
    expect(await scene.settle(clone)).toHaveProperty('endpoint');
  });
});

describe('database-credentials', () => {
  it('keeps a password of the clone itself in the secret, and tells it to nobody else', async () => {
    const scene = createScene(cloud);
    const desired = await SPECIMENS['database-credentials'].desire(scene);
    const outputs = await scene.settle(desired);
    const { SecretString = '' } = await cloud.clients.secrets.send(
      new GetSecretValueCommand({ SecretId: desired.name }),
    );
    const secret: unknown = JSON.parse(SecretString);
    expect(secret).toEqual({
      host: desired.spec.endpoint,
      port: 3306,
      dbname: 'app',
      username: 'admin',
      password: expect.stringMatching(/^[A-Za-z0-9]{40}$/),
    });
    const { password } = secret as { password: string };
    expect(cloud.aws.world.rds.clusters.get(desired.spec.clusterIdentifier)).toMatchObject({
      masterPassword: password,
    });
    expect(JSON.stringify(outputs)).not.toContain(password);
  });

  it('loses no password when the process dies between the secret and the cluster', async () => {
    const scene = createScene(cloud);
    const desired = await SPECIMENS['database-credentials'].desire(scene);
    cloud.aws.faults.add({ operation: 'ModifyDBCluster', times: 2, effect: { kind: 'drop-request' } });
    await expect(scene.provisioner('database-credentials').ensure(desired, { state: 'absent' })).rejects.toMatchObject({
      name: 'TransientError',
    });
    const before = await cloud.clients.secrets.send(new GetSecretValueCommand({ SecretId: desired.name }));
    await scene.settle(desired);
    const after = await cloud.clients.secrets.send(new GetSecretValueCommand({ SecretId: desired.name }));
    expect(after.SecretString).toBe(before.SecretString);
  });

  it('is not ready while the cluster may still take the old password', async () => {
    const scene = createScene(cloud);
    const desired = await SPECIMENS['database-credentials'].desire(scene);
    const provisioner = scene.provisioner('database-credentials');
    await provisioner.ensure(desired, { state: 'absent' });
    for (const seconds of [0, 5, 20]) {
      scene.clock.advance(seconds);
      expect(await provisioner.observe(desired)).toMatchObject({ state: 'pending' });
    }
    await scene.settle(desired);
  });

  it('waits out the moment in which the cluster says available and has not begun', async () => {
    const scene = createScene(cloud);
    const desired = await SPECIMENS['database-credentials'].desire(scene);
    await scene.provisioner('database-credentials').ensure(desired, { state: 'absent' });
    const { DBClusters = [] } = await cloud.clients.rds.send(
      new DescribeDBClustersCommand({ DBClusterIdentifier: desired.spec.clusterIdentifier }),
    );
    const untouched = DBClusters.map(({ PendingModifiedValues: _pending, ...rest }) => ({
      ...rest,
      Status: 'available',
    }));
    const rds = { send: async () => await Promise.resolve({ DBClusters: untouched }) } as unknown as RDSClient;
    const { secrets } = cloud.clients;
    const provisioner = createDatabaseCredentialsProvisioner({ rds, secrets, clock: cloud.clock });
    cloud.clock.advance(29);
    expect(await provisioner.observe(desired)).toMatchObject({ state: 'pending', requeueAfterSeconds: 1 });
    cloud.clock.advance(1);
    expect(await provisioner.observe(desired)).toMatchObject({ state: 'ready' });
  });

  it("sets no password on somebody else's cluster", async () => {
    const scene = createScene(cloud);
    await cloud.clients.rds.send(
      new CreateDBClusterCommand({
        DBClusterIdentifier: 'theirs',
        Engine: 'aurora-mysql',
        MasterUsername: 'admin',
        MasterUserPassword: 'theirs-alone',
      }),
    );
    const spec = { clusterIdentifier: 'theirs', endpoint: 'x', port: 3306, databaseName: 'app' };
    const desired = scene.desire('database-credentials', 'login', spec);
    await expect(scene.provisioner('database-credentials').ensure(desired, { state: 'absent' })).rejects.toMatchObject({
      reason: 'NameTaken',
    });
  });
});
