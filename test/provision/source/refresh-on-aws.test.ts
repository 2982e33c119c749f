import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ListTasksCommand, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import {
  AddTagsToResourceCommand,
  CreateDBClusterSnapshotCommand,
  DeleteDBClusterSnapshotCommand,
  DescribeDBClustersCommand,
  StopDBClusterCommand,
} from '@aws-sdk/client-rds';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { plantSnapshot } from '../../../sim/aws/rds/plant-snapshot.ts';
import { signPassport } from '../../../src/domain/passport.ts';
import { passportLines } from '../../../src/domain/passport-lines.ts';
import { sourceState } from '../../../src/domain/source.ts';
import { type SourceShape, signShape } from '../../../src/domain/source-shape.ts';
import { shapeLines } from '../../../src/domain/source-shape-lines.ts';
import { TAG_KEYS } from '../../../src/domain/tags.ts';
import { createMaskLog } from '../../../src/provision/aws/source/mask-log.ts';
import { createMaskTask } from '../../../src/provision/aws/source/mask-task.ts';
import { createSnapshots } from '../../../src/provision/aws/source/snapshots.ts';
import { createSourceClusters } from '../../../src/provision/aws/source/source-clusters.ts';
import { refreshSource } from '../../../src/reconcile/source/refresh-source.ts';
import { type LocalCloud, startLocalCloud } from '../../contract/local-cloud.ts';
import { createMemorySchemas } from '../../support/memory-schemas.ts';
import { createMemorySources } from '../../support/memory-sources.ts';
import { goodPassport, passportKeys } from '../../support/passports.ts';

// A refresh is some hundred calls on the wire, which a busy machine makes long.
jest.setTimeout(60_000);

const FAMILY = 'masking';
const SHAPE: SourceShape = {
  version: 1,
  source: '',
  database: 'vol',
  schema: { tables: [] },
  histories: [{ table: 'doctrine_migration_versions', rows: [{ version: 'Version1' }] }],
};
const GROUP = '/mayfly/nonprod/source';

let cloud: LocalCloud;
beforeEach(async () => {
  cloud = await startLocalCloud();
  const { clients, platform } = cloud;
  await clients.logs.send(new CreateLogGroupCommand({ logGroupName: GROUP }));
  await clients.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: FAMILY,
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      executionRoleArn: platform.executionRoleArn,
      containerDefinitions: [
        {
          name: 'anonymise',
          image: `${platform.registry}/app/migrate:head`,
          essential: true,
          logConfiguration: {
            logDriver: 'awslogs',
            options: { 'awslogs-group': GROUP, 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'mask' },
          },
        },
      ],
    }),
  );
  await snapshot('first');
}, 60_000);
afterEach(async () => {
  await cloud.close();
});

async function snapshot(DBClusterSnapshotIdentifier: string): Promise<void> {
  const DBClusterIdentifier = cloud.platform.sourceIdentifier;
  await cloud.clients.rds.send(
    new CreateDBClusterSnapshotCommand({ DBClusterIdentifier, DBClusterSnapshotIdentifier }),
  );
  cloud.clock.advance(3600);
}

function setUp({ snapshotsOf = cloud.platform.sourceIdentifier } = {}) {
  const { clients, platform, clock } = cloud;
  const keys = passportKeys();
  const store = createMemorySources();
  const memory = createMemorySchemas();
  const log = createMaskLog({ ...clients, family: FAMILY, container: 'anonymise' });
  const ports = {
    store,
    clock,
    passports: log,
    shapes: log,
    memory,
    snapshots: createSnapshots({ rds: clients.rds, of: snapshotsOf, accountId: platform.accountId }),
    clusters: createSourceClusters({
      ...clients,
      making: {
        platform: 'nonprod',
        subnetGroup: platform.subnetGroup,
        securityGroupIds: [platform.databaseSecurityGroupId],
        parameterGroup: platform.parameterGroup,
        instanceClass: 'db.serverless',
        capacity: { min: 1, max: 16 },
        passwordSecret: 'app/source',
      },
    }),
    task: createMaskTask({
      ecs: clients.ecs,
      log,
      mask: {
        platform: 'nonprod',
        clusterArn: platform.clusterArn,
        family: FAMILY,
        container: 'anonymise',
        subnetIds: platform.subnetIds,
        securityGroupIds: [platform.serviceSecurityGroupId],
        database: 'vol',
        rules: 'rules.yml',
        caFile: '/etc/ssl/rds/global-bundle.pem',
      },
    }),
  };
  const settings = {
    platform: 'nonprod',
    publicKey: keys.publicKey,
    schedule: null,
    keepDays: 7,
    failedSeconds: 86_400,
    maskSeconds: 86_400,
  };

  async function look() {
    return await refreshSource({ ports, settings, signal: new AbortController().signal, tell: () => undefined });
  }

  /** The task masks well, if it is told of the source that is made. */
  async function masksWell(): Promise<void> {
    const [version] = await store.versions();
    const id = version?.id ?? '';
    const lines = [
      ...shapeLines(signShape({ ...SHAPE, source: id }, keys.privateKey)),
      ...passportLines(signPassport(goodPassport(id), keys.privateKey)),
    ];
    cloud.behave({
      image: '*',
      command: `anonymise * --source ${version?.id} * --ca /etc/ssl/rds/global-bundle.pem *`,
      oneOffLines: ['masking', ...lines],
    });
  }

  async function ask(kind: 'refresh' | 'rollback' = 'refresh'): Promise<void> {
    await store.ask({ kind, askedBy: 'octocat', askedAt: clock.now() });
  }

  async function settle(): Promise<void> {
    for (let looks = 0; looks < 500; looks += 1) {
      const { requeueAfterSeconds, troubles } = await look();
      expect(troubles).toEqual([]);
      if (requeueAfterSeconds === null) {
        return;
      }
      clock.advance(Math.max(requeueAfterSeconds, 120));
    }
    throw new Error(`it does not come to rest: ${JSON.stringify(await store.versions())}`);
  }

  async function refreshed(): Promise<string> {
    await ask();
    await look();
    await masksWell();
    await settle();
    return (await store.inService())?.id ?? JSON.stringify(await store.versions());
  }

  return { store, memory, ports, keys, look, masksWell, ask, settle, refreshed };
}

async function clusterOf(DBClusterIdentifier: string) {
  const { DBClusters = [] } = await cloud.clients.rds.send(new DescribeDBClustersCommand({}));
  return DBClusters.find((cluster) => cluster.DBClusterIdentifier === DBClusterIdentifier);
}

describe('a source on AWS', () => {
  it('is restored with the settings of the platform, masked by a task and put in service', async () => {
    const { memory, refreshed, store } = setUp();
    const id = await refreshed();

    const history = { source: id, database: 'vol', table: 'doctrine_migration_versions' };
    expect(await memory.history(history)).toMatchObject({ history: { ids: ['1'] } });
    expect(id).toMatch(/^nonprod-source-\d{8}-[0-9a-f]{4}$/);
    expect((await store.versions()).map(sourceState)).toEqual(['in-service']);
    const cluster = await clusterOf(id);
    expect(cluster).toMatchObject({
      Status: 'available',
      DBClusterParameterGroup: cloud.platform.parameterGroup,
      VpcSecurityGroups: [{ VpcSecurityGroupId: cloud.platform.databaseSecurityGroupId }],
      DeletionProtection: false,
      CopyTagsToSnapshot: true,
      BackupRetentionPeriod: 1,
      DBClusterMembers: [{ DBInstanceIdentifier: `${id}-1` }],
    });
    expect(Object.fromEntries((cluster?.TagList ?? []).map(({ Key, Value }) => [Key, Value]))).toEqual({
      [TAG_KEYS.name]: id,
      [TAG_KEYS.managedBy]: 'mayfly',
      [TAG_KEYS.sourceOf]: 'nonprod',
    });
  });

  it('gives way to the next, comes back by a rollback, and goes when it is old', async () => {
    const { ask, refreshed, settle, store } = setUp();
    const first = await refreshed();
    await snapshot('second');
    const second = await refreshed();
    expect(second).not.toBe(first);

    await ask('rollback');
    await settle();
    expect((await store.inService())?.id).toBe(first);

    cloud.clock.advance(8 * 86_400);
    await settle();
    await settle();
    expect(await clusterOf(second)).toBeUndefined();
    expect(await clusterOf(first)).toBeDefined();
  });

  it('says what the task said when it fails, and leaves what there was', async () => {
    const { ask, settle, store } = setUp();
    const oneOffLines = ['person.email is covered by no rule'];
    cloud.behave({ image: '*', command: 'anonymise *', oneOffExitCode: 1, oneOffLines });
    await ask();
    await settle();

    const [failed] = await store.versions();
    expect(failed?.failure?.reason).toBe('TaskFailed');
    expect(failed?.failure?.message).toContain('person.email is covered by no rule');
    expect(await store.inService()).toBeUndefined();
    expect((await clusterOf(cloud.platform.sourceIdentifier))?.Status).toBe('available');
  });

  it('meets its own first attempts where AWS did not answer, and runs no task twice', async () => {
    const { refreshed, store } = setUp();
    for (const operation of ['RestoreDBClusterFromSnapshot', 'CreateDBInstance', 'ModifyDBCluster', 'RunTask']) {
      cloud.aws.faults.add({ operation, times: 2, effect: { kind: 'drop-response' } });
    }
    const id = await refreshed();
    expect((await store.versions()).map(sourceState)).toEqual(['in-service']);
    const { taskArns = [] } = await cloud.clients.ecs.send(
      new ListTasksCommand({ cluster: cloud.platform.clusterArn, desiredStatus: 'STOPPED' }),
    );
    expect([id, taskArns.length]).toEqual([id, 1]);
  });

  it('leaves a cluster of its name alone that is not its own', async () => {
    const { ask, look, settle, store, masksWell } = setUp();
    await ask();
    await look();
    await masksWell();
    const [version] = await store.versions();
    const arn = (await clusterOf(version?.id ?? ''))?.DBClusterArn ?? '';
    await cloud.clients.rds.send(
      new AddTagsToResourceCommand({ ResourceName: arn, Tags: [{ Key: TAG_KEYS.sourceOf, Value: 'prod' }] }),
    );
    await settle();
    expect((await store.versions())[0]?.failure?.reason).toBe('NameTaken');
    cloud.clock.advance(2 * 86_400);
    const outcome = await troublesOf(look);
    expect(outcome).toContain('its tags do not say that it is a source of nonprod');
    expect(await clusterOf(version?.id ?? '')).toBeDefined();
  });

  it('waits for a snapshot, and starts what somebody stopped', async () => {
    const { ask, look, settle, store, masksWell } = setUp();
    await cloud.clients.rds.send(new DeleteDBClusterSnapshotCommand({ DBClusterSnapshotIdentifier: 'first' }));
    await ask();
    await look();
    expect((await store.requests())[0]?.outcome).toContain('there is no snapshot');

    await snapshot('second');
    await look();
    await masksWell();
    const [version] = await store.versions();
    cloud.clock.advance(3600);
    await look();
    cloud.clock.advance(3600);
    await cloud.clients.rds.send(new StopDBClusterCommand({ DBClusterIdentifier: version?.id }));
    cloud.clock.advance(3600);
    await settle();
    expect((await store.versions()).map(sourceState)).toEqual(['in-service']);
  });

  it('is made of what another account shares', async () => {
    plantSnapshot(cloud.aws.world, {
      type: 'shared',
      account: '111122223333',
      name: 'nightly',
      masterPassword: 'of-production',
    });
    const { refreshed, store } = setUp({ snapshotsOf: 'arn:aws:rds:eu-west-1:111122223333:cluster:production' });
    await refreshed();
    expect((await store.inService())?.snapshot.arn).toBe('arn:aws:rds:eu-west-1:111122223333:cluster-snapshot:nightly');
  });
});

/** What two more looks are troubled by. */
async function troublesOf(look: () => Promise<{ troubles: readonly Error[] }>): Promise<string> {
  await look();
  return (await look()).troubles.map(({ message }) => message).join('\n');
}
