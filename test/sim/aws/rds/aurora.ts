import { CreateSecurityGroupCommand, CreateSubnetCommand, CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  CreateDBSubnetGroupCommand,
  type DBCluster,
  type DBInstance,
  DeleteDBInstanceCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  RDSClient,
  RestoreDBClusterToPointInTimeCommand,
  type RestoreDBClusterToPointInTimeMessage,
} from '@aws-sdk/client-rds';
import type { AwsSimulator } from '../../../../sim/aws/server.ts';
import type { World } from '../../../../sim/aws/world.ts';
import type { SteppedClock } from '../../../../sim/clock.ts';
import { type AwsClientOptions, startSteppedAws } from '../../../support/aws-simulator.ts';

export interface Aurora {
  readonly aws: AwsSimulator;
  readonly world: World;
  readonly clock: SteppedClock;
  readonly client: AwsClientOptions;
  readonly rds: RDSClient;
  readonly securityGroupId: string;
  readonly otherVpcGroupId: string;
  readonly subnetIds: readonly string[];
  cluster(id: string): Promise<DBCluster>;
  instance(id: string): Promise<DBInstance>;
  clone(id: string, more?: Partial<RestoreDBClusterToPointInTimeMessage>): Promise<DBCluster>;
  /** A db.serverless instance of the cluster, waited for. */
  addInstance(id: string, clusterId: string): Promise<void>;
  deleteInstance(id: string): Promise<void>;
}

/** An account with a network and the cluster `golden`, available, with the writer `golden-1`; nothing waits. */
export async function startAurora(): Promise<Aurora> {
  const { aws, clock, client } = await startSteppedAws();
  const ec2 = new EC2Client(client);
  const rds = new RDSClient(client);
  const { durations } = aws.world;
  const network = await seedNetwork(ec2);
  await rds.send(
    new CreateDBSubnetGroupCommand({
      DBSubnetGroupName: 'private',
      DBSubnetGroupDescription: 'private',
      SubnetIds: [...network.subnetIds],
    }),
  );

  const describe = async (id: string): Promise<DBCluster> => {
    const { DBClusters } = await rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: id }));
    return DBClusters?.[0] ?? {};
  };
  const aurora: Aurora = {
    ...network,
    aws,
    world: aws.world,
    clock,
    client,
    rds,
    cluster: describe,
    async instance(id) {
      const { DBInstances } = await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: id }));
      return DBInstances?.[0] ?? {};
    },
    async clone(id, more = {}) {
      const input = { ...cloneOf(id, network.securityGroupId), ...more };
      const { DBCluster } = await rds.send(new RestoreDBClusterToPointInTimeCommand(input));
      return DBCluster ?? {};
    },
    async addInstance(id, clusterId) {
      await rds.send(new CreateDBInstanceCommand(serverless(id, clusterId)));
      clock.advance(durations.instanceAvailable);
    },
    async deleteInstance(id) {
      await rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: id }));
    },
  };

  await rds.send(
    new CreateDBClusterCommand({
      DBClusterIdentifier: 'golden',
      Engine: 'aurora-mysql',
      MasterUsername: 'admin',
      MasterUserPassword: 'golden-password',
      DBSubnetGroupName: 'private',
      VpcSecurityGroupIds: [network.securityGroupId],
      ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 2 },
      Tags: [{ Key: 'Team', Value: 'data' }],
    }),
  );
  clock.advance(durations.newClusterAvailable);
  await aurora.addInstance('golden-1', 'golden');
  return aurora;
}

export function serverless(id: string, clusterId: string) {
  return {
    DBInstanceIdentifier: id,
    DBClusterIdentifier: clusterId,
    DBInstanceClass: 'db.serverless',
    Engine: 'aurora-mysql',
  };
}

function cloneOf(id: string, securityGroupId: string): RestoreDBClusterToPointInTimeMessage {
  return {
    DBClusterIdentifier: id,
    SourceDBClusterIdentifier: 'golden',
    RestoreType: 'copy-on-write',
    UseLatestRestorableTime: true,
    DBSubnetGroupName: 'private',
    VpcSecurityGroupIds: [securityGroupId],
    ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 1 },
  };
}

async function seedNetwork(
  ec2: EC2Client,
): Promise<{ securityGroupId: string; otherVpcGroupId: string; subnetIds: readonly string[] }> {
  const vpc = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const VpcId = vpc.Vpc?.VpcId;
  const subnetIds: string[] = [];
  for (const [index, zone] of ['eu-west-1a', 'eu-west-1b'].entries()) {
    const CidrBlock = `10.0.${index}.0/24`;
    const made = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone: zone }));
    subnetIds.push(made.Subnet?.SubnetId ?? '');
  }
  const group = await ec2.send(new CreateSecurityGroupCommand({ VpcId, GroupName: 'db', Description: 'db' }));
  const other = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.1.0.0/16' }));
  const otherGroup = await ec2.send(
    new CreateSecurityGroupCommand({ VpcId: other.Vpc?.VpcId, GroupName: 'db', Description: 'db' }),
  );
  return { securityGroupId: group.GroupId ?? '', otherVpcGroupId: otherGroup.GroupId ?? '', subnetIds };
}
