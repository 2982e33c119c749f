import {
  CreateDBClusterCommand,
  CreateDBClusterParameterGroupCommand,
  CreateDBInstanceCommand,
  CreateDBSubnetGroupCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  type RDSClient,
} from '@aws-sdk/client-rds';
import type { SeededNetwork } from './network.ts';
import { unlessThere } from './unless-there.ts';

export interface SeededSource {
  readonly sourceIdentifier: string;
  readonly subnetGroup: string;
  readonly parameterGroup: string;
}

interface Place {
  readonly prefix: string;
  readonly sourceIdentifier: string;
  readonly network: SeededNetwork;
  pause(seconds: number): Promise<void>;
}

/** Errors' names; moto has other codes on the wire than RDS for some. */
const THERE = [
  'DBSubnetGroupAlreadyExistsFault',
  'DBSubnetGroupAlreadyExists',
  'DBParameterGroupAlreadyExistsFault',
  'DBParameterGroupAlreadyExists',
  'DBClusterAlreadyExistsFault',
  'DBInstanceAlreadyExistsFault',
];
const LOOKS = 200;
const PAUSE_SECONDS = 15;

/** The source that clones come from: Aurora MySQL with one serverless instance, as the first users run it. */
export async function seedDatabase(rds: RDSClient, place: Place): Promise<SeededSource> {
  const { prefix, sourceIdentifier, network, pause } = place;
  const parameterGroup = `${prefix}-aurora-mysql8`;
  const subnets = new CreateDBSubnetGroupCommand({
    DBSubnetGroupName: prefix,
    DBSubnetGroupDescription: prefix,
    SubnetIds: network.subnetIds,
  });
  const parameters = new CreateDBClusterParameterGroupCommand({
    DBClusterParameterGroupName: parameterGroup,
    DBParameterGroupFamily: 'aurora-mysql8.0',
    Description: prefix,
  });
  await unlessThere(THERE, async () => await rds.send(subnets));
  await unlessThere(THERE, async () => await rds.send(parameters));
  await unlessThere(THERE, async () => await createSource(rds, { ...place, parameterGroup }));
  const instance = `${sourceIdentifier}-1`;
  await until(pause, async () => (await clusterStatus(rds, sourceIdentifier)) === 'available');
  const first = new CreateDBInstanceCommand({
    DBInstanceIdentifier: instance,
    DBClusterIdentifier: sourceIdentifier,
    DBInstanceClass: 'db.serverless',
    Engine: 'aurora-mysql',
  });
  await unlessThere(THERE, async () => await rds.send(first));
  await until(pause, async () => (await instanceStatus(rds, instance)) === 'available');
  return { sourceIdentifier, subnetGroup: prefix, parameterGroup };
}

async function createSource(
  rds: RDSClient,
  { prefix, sourceIdentifier, network, parameterGroup }: Place & { parameterGroup: string },
): Promise<void> {
  await rds.send(
    new CreateDBClusterCommand({
      DBClusterIdentifier: sourceIdentifier,
      Engine: 'aurora-mysql',
      EngineVersion: '8.0.mysql_aurora.3.12.0',
      MasterUsername: 'admin',
      MasterUserPassword: 'of-the-local-source',
      DatabaseName: 'app',
      DBSubnetGroupName: prefix,
      DBClusterParameterGroupName: parameterGroup,
      VpcSecurityGroupIds: [network.databaseSecurityGroupId],
      ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 4 },
      // As a real source has it: a clone that inherited it could not be deleted.
      DeletionProtection: true,
      Tags: [{ Key: 'Name', Value: sourceIdentifier }],
    }),
  );
}

async function until(pause: Place['pause'], reached: () => Promise<boolean>): Promise<void> {
  for (let looks = 0; looks < LOOKS; looks += 1) {
    if (await reached()) {
      return;
    }
    await pause(PAUSE_SECONDS);
  }
  throw new Error('the source database did not become available');
}

async function clusterStatus(rds: RDSClient, identifier: string): Promise<string | undefined> {
  const { DBClusters } = await rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: identifier }));
  return DBClusters?.[0]?.Status;
}

async function instanceStatus(rds: RDSClient, identifier: string): Promise<string | undefined> {
  const { DBInstances } = await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: identifier }));
  return DBInstances?.[0]?.DBInstanceStatus;
}
