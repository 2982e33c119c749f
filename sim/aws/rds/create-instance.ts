import type { CreateDBInstanceMessage, CreateDBInstanceResult } from '@aws-sdk/client-rds';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { requireState } from './cluster-state.ts';
import { engineNamed } from './engines.ts';
import { rdsArn } from './identifiers.ts';
import { beginCreatingInstance } from './instance-transitions.ts';
import { instanceView } from './instance-view.ts';
import { clusterNamed, membersOf } from './lookup.ts';
import { subnetGroupNamed } from './network.ts';
import { newInstanceIdentifier } from './new-instance.ts';
import type { Cluster, Instance } from './state.ts';
import { tagsIn } from './tag-rules.ts';

/** A member of an Aurora cluster; the first of a cluster writes. */
export function createInstance(world: World, input: CreateDBInstanceMessage): CreateDBInstanceResult {
  const id = newInstanceIdentifier(world, input.DBInstanceIdentifier);
  const cluster = clusterNamed(world, input.DBClusterIdentifier ?? '');
  checkAgainstCluster(input, cluster);
  const instance: Instance = {
    id,
    arn: rdsArn(world, 'db', id),
    resourceId: `db-${world.uniqueHex(26).toUpperCase()}`,
    createdAt: world.clock.now(),
    clusterId: cluster.id,
    availabilityZone: zoneFor(world, input, cluster),
    parameterGroup:
      input.DBParameterGroupName ?? `default.${engineNamed(cluster.engine).family(cluster.engineVersion)}`,
    status: 'creating',
    instanceClass: input.DBInstanceClass ?? '',
    isWriter: !membersOf(world, cluster).some(({ isWriter }) => isWriter),
    promotionTier: tierIn(input.PromotionTier),
    publiclyAccessible: input.PubliclyAccessible ?? false,
    autoMinorVersionUpgrade: input.AutoMinorVersionUpgrade ?? true,
    copyTagsToSnapshot: input.CopyTagsToSnapshot ?? false,
    maintenanceWindow: input.PreferredMaintenanceWindow ?? cluster.maintenanceWindow,
    tags: tagsIn(input.Tags),
    cancelTransition: () => undefined,
  };
  world.rds.instances.set(id, instance);
  world.tagIndex.put(instance.arn, instance.tags);
  beginCreatingInstance(world, instance);
  return { DBInstance: instanceView(world, instance) };
}

/** Settings that belong to the cluster, and what the refusal calls them. */
const clusterSettings: readonly (readonly [keyof CreateDBInstanceMessage, string])[] = [
  ['MasterUsername', 'master user name'],
  ['MasterUserPassword', 'master user password'],
  ['VpcSecurityGroupIds', 'vpc security group'],
  ['BackupRetentionPeriod', 'backup retention period'],
  ['Port', 'database endpoint port number'],
];

function checkAgainstCluster(input: CreateDBInstanceMessage, cluster: Cluster): void {
  const { Engine: engine = '', DBInstanceClass: instanceClass = '' } = input;
  if (engine !== cluster.engine) {
    throw new Refusal(
      'InvalidParameterCombination',
      `The engine name requested for your DB instance (${engine}) doesn't match the engine name of your DB cluster (${cluster.engine}).`,
    );
  }
  const misplaced = clusterSettings.find(([parameter]) => input[parameter] !== undefined);
  if (misplaced) {
    throw new Refusal(
      'InvalidParameterCombination',
      `The requested DB Instance will be a member of a DB Cluster. Set ${misplaced[1]} for the DB Cluster.`,
    );
  }
  if (!/^db\.(serverless|[a-z]\w*\.\w+)$/.test(instanceClass)) {
    throw new Refusal('InvalidParameterValue', `Invalid DB Instance class: ${instanceClass}`);
  }
  requireState(cluster);
  if (instanceClass === 'db.serverless' && !cluster.scaling) {
    throw new Refusal(
      'InvalidDBClusterStateFault',
      'Set the Serverless v2 scaling configuration on the parent DB cluster before creating a Serverless v2 DB instance.',
    );
  }
}

function zoneFor(world: World, { AvailabilityZone: asked }: CreateDBInstanceMessage, cluster: Cluster): string {
  const { subnetIds } = subnetGroupNamed(world, cluster.subnetGroup);
  const zones = subnetIds.flatMap((id) => world.ec2.subnets.get(id)?.availabilityZone ?? []);
  if (asked !== undefined && !zones.includes(asked)) {
    throw new Refusal(
      'InvalidVPCNetworkStateFault',
      `The DB subnet group does not cover the Availability Zone ${asked}.`,
    );
  }
  return asked ?? zones[membersOf(world, cluster).length % zones.length] ?? '';
}

function tierIn(asked = 1): number {
  if (!Number.isInteger(asked) || asked < 0 || asked > 15) {
    throw new Refusal('InvalidParameterValue', `The parameter PromotionTier must be between 0 and 15, not ${asked}.`);
  }
  return asked;
}
