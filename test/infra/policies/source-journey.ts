import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { CreateDBClusterSnapshotCommand, ModifyDBClusterCommand, StopDBClusterCommand } from '@aws-sdk/client-rds';
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { TransientError } from '../../../src/domain/failure.ts';
import { createMaskLog } from '../../../src/provision/aws/source/mask-log.ts';
import { createMaskTask } from '../../../src/provision/aws/source/mask-task.ts';
import { createSnapshots } from '../../../src/provision/aws/source/snapshots.ts';
import { createSourceClusters } from '../../../src/provision/aws/source/source-clusters.ts';
import type { LocalCloud } from '../../contract/local-cloud.ts';
import type { Masking } from './render.ts';

const PLATFORM = 'mayfly';
const ID = `${PLATFORM}-source-20261126-3f9a`;
const LOOKS = 200;

/** A source is made of a snapshot, masked, stopped by somebody, and taken away. */
export async function liveThroughASource(stage: LocalCloud, masking: Masking): Promise<void> {
  const { clock, mayflyClients, platform } = stage;
  const { ecs, logs, rds, secrets } = mayflyClients;
  await prepare(stage, masking);
  const [snapshot] = await createSnapshots({
    rds,
    of: platform.sourceIdentifier,
    accountId: platform.accountId,
  }).available();
  if (!snapshot) {
    throw new Error('there is no snapshot');
  }
  const clusters = createSourceClusters({
    rds,
    secrets,
    making: {
      platform: PLATFORM,
      subnetGroup: platform.subnetGroup,
      securityGroupIds: [platform.databaseSecurityGroupId],
      parameterGroup: platform.parameterGroup,
      instanceClass: 'db.serverless',
      capacity: { min: 1, max: 2 },
      passwordSecret: `${PLATFORM}-sources/database-password`,
    },
  });
  const ready = async () =>
    await until(stage, async () => {
      const look = await clusters.ensure({ id: ID, snapshot, resourceId: null });
      return look.state === 'ready' ? look : undefined;
    });
  const { endpoint, port, user } = await ready();
  await clusters.setPassword(ID);
  clock.advance(120);
  const log = createMaskLog({ ecs, logs, family: masking.family, container: 'anonymise' });
  const task = createMaskTask({
    ecs,
    log,
    mask: {
      platform: PLATFORM,
      clusterArn: platform.clusterArn,
      family: masking.family,
      container: 'anonymise',
      subnetIds: platform.subnetIds,
      securityGroupIds: [platform.serviceSecurityGroupId],
      database: 'app',
      rules: '/etc/mayfly/rules.yml',
      caFile: undefined,
    },
  });
  const order = { id: ID, attempt: 1, taskArn: null, snapshot, endpoint, port, user };
  const taskArn = await task.start(order);
  await task.observe(order);
  await task.observe({ ...order, taskArn });
  await task.stop(taskArn);
  clock.advance(120);
  await log.read(taskArn);
  await stage.clients.rds.send(new StopDBClusterCommand({ DBClusterIdentifier: ID }));
  clock.advance(900);
  await ready();
  await stage.clients.rds.send(new ModifyDBClusterCommand({ DBClusterIdentifier: ID, DeletionProtection: true }));
  clock.advance(120);
  await until(stage, async () => ((await clusters.release(ID)) ? true : undefined));
}

/** What somebody else makes: the snapshot, and what Terraform does. */
async function prepare({ clients, platform, clock }: LocalCloud, masking: Masking): Promise<void> {
  await clients.rds.send(
    new CreateDBClusterSnapshotCommand({
      DBClusterIdentifier: platform.sourceIdentifier,
      DBClusterSnapshotIdentifier: 'nightly',
    }),
  );
  clock.advance(1200);
  await clients.secrets.send(
    new CreateSecretCommand({
      Name: `${PLATFORM}-sources/database-password`,
      SecretString: JSON.stringify({ password: 'of-every-source' }),
    }),
  );
  await clients.logs.send(new CreateLogGroupCommand({ logGroupName: masking.logGroup }));
  await clients.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: masking.family,
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: '256',
      memory: '512',
      executionRoleArn: masking.roleArn,
      containerDefinitions: [
        {
          name: 'anonymise',
          image: `${platform.accountId}.dkr.ecr.eu-west-1.amazonaws.com/app/migrate:head`,
          logConfiguration: {
            logDriver: 'awslogs',
            options: {
              'awslogs-group': masking.logGroup,
              'awslogs-region': 'eu-west-1',
              'awslogs-stream-prefix': 'anonymise',
            },
          },
        },
      ],
    }),
  );
}

async function until<T>({ clock }: LocalCloud, look: () => Promise<T | undefined>): Promise<T> {
  for (let looks = 0; looks < LOOKS; looks += 1) {
    try {
      const found = await look();
      if (found !== undefined) {
        return found;
      }
    } catch (error) {
      if (!(error instanceof TransientError)) {
        throw error;
      }
    }
    clock.advance(30);
  }
  throw new Error('it never came to that');
}
