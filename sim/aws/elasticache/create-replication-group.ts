import type { CreateReplicationGroupMessage, CreateReplicationGroupResult } from '@aws-sdk/client-elasticache';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { engineNamed, fullVersion } from './engines.ts';
import {
  checkAuthToken,
  checkFailover,
  checkNodeQuotas,
  checkNodeType,
  checkReplicas,
  checkRetention,
  parameterGroupFor,
} from './group-rules.ts';
import { beginCreating } from './group-transitions.ts';
import { cacheArn, newName } from './names.ts';
import { hasClusterMode } from './parameter-groups.ts';
import { invalidCombination, invalidValue } from './refusals.ts';
import { replicationGroupView } from './replication-group-view.ts';
import { securityGroupsIn } from './security-groups.ts';
import type { GroupSettings, ReplicationGroup } from './state.ts';
import { subnetGroupFor } from './subnet-groups.ts';
import { tagsIn } from './tag-rules.ts';

const DEFAULT_PORT = 6379;

/** A group of Redis OSS or Valkey nodes; the local cloud has no global ones, no users and no snapshots to restore. */
export function createReplicationGroup(
  world: World,
  input: CreateReplicationGroupMessage,
): CreateReplicationGroupResult {
  const id = newName('ReplicationGroupId', input.ReplicationGroupId);
  if (world.elasticache.replicationGroups.has(id)) {
    throw new Refusal('ReplicationGroupAlreadyExistsFault', `Replication group ${id} already exists.`);
  }
  refuseWhatIsUnknown(input);
  const size = sizeIn(input);
  const subnetGroup = subnetGroupFor(world, input.CacheSubnetGroupName);
  const transitEncryption = input.TransitEncryptionEnabled ?? false;
  checkAuthToken(input.AuthToken, { transitEncryption });
  const engine = engineNamed(input.Engine ?? 'redis');
  const engineVersion = fullVersion(engine, input.EngineVersion);
  const isSharded = input.ClusterMode === 'enabled' || size.shards > 1;
  const parameterGroup = parameterGroupFor(world, {
    engine,
    version: engineVersion,
    asked: input.CacheParameterGroupName,
    isSharded,
  });
  const settings: GroupSettings = {
    ...settingsIn(input),
    engine,
    engineVersion,
    parameterGroup: parameterGroup.name,
    securityGroupIds: securityGroupsIn(world, subnetGroup.vpcId, input.SecurityGroupIds),
    transitEncryptionMode: transitEncryption ? (input.TransitEncryptionMode ?? 'required') : undefined,
    hasAuthToken: input.AuthToken !== undefined,
    replicas: size.replicas,
  };
  checkFailover(settings, { isSharded: hasClusterMode(parameterGroup) });
  checkNodeQuotas(world, size);
  const group: ReplicationGroup = {
    id,
    arn: cacheArn(world, 'replicationgroup', id),
    createdAt: world.clock.now(),
    subnetGroup: subnetGroup.name,
    port: input.Port ?? DEFAULT_PORT,
    shards: size.shards,
    hasClusterMode: hasClusterMode(parameterGroup),
    atRestEncryption: input.AtRestEncryptionEnabled ?? engine === 'valkey',
    transitEncryption,
    kmsKeyId: input.KmsKeyId,
    status: 'creating',
    settings,
    pending: {},
    tags: tagsIn(input.Tags),
    cancelTransition: () => undefined,
  };
  world.elasticache.replicationGroups.set(id, group);
  world.tagIndex.put(group.arn, group.tags);
  beginCreating(world, group);
  return { ReplicationGroup: replicationGroupView(world, group) };
}

function refuseWhatIsUnknown(input: CreateReplicationGroupMessage): void {
  const { GlobalReplicationGroupId, PrimaryClusterId, SnapshotArns, SnapshotName, UserGroupIds } = input;
  const from = [GlobalReplicationGroupId, PrimaryClusterId, SnapshotArns?.[0], SnapshotName];
  if (from.some((one) => one !== undefined)) {
    throw invalidValue('The local cloud makes caches anew, not from a global group, a cluster or a snapshot.');
  }
  const [user] = UserGroupIds ?? [];
  if (user !== undefined) {
    throw new Refusal('UserGroupNotFoundFault', `User group ${user} not found.`);
  }
}

/** Either the nodes of the one shard, or shards and replicas of each. */
function sizeIn(input: CreateReplicationGroupMessage): { shards: number; replicas: number } {
  const { NumCacheClusters: nodes, NumNodeGroups, ReplicasPerNodeGroup, NodeGroupConfiguration = [] } = input;
  const shards = NumNodeGroups ?? Math.max(NodeGroupConfiguration.length, 1);
  if (!Number.isInteger(shards) || shards < 1) {
    throw invalidValue(`NumNodeGroups must be 1 or more, not ${shards}`);
  }
  const asked = ReplicasPerNodeGroup ?? NodeGroupConfiguration[0]?.ReplicaCount;
  if (nodes !== undefined && (asked !== undefined || shards > 1)) {
    throw invalidCombination('NumCacheClusters cannot be combined with several node groups or ReplicasPerNodeGroup.');
  }
  return { shards, replicas: checkReplicas(asked ?? (nodes ?? 1) - 1) };
}

function settingsIn(input: CreateReplicationGroupMessage) {
  return {
    description: input.ReplicationGroupDescription ?? '',
    nodeType: checkNodeType(input.CacheNodeType),
    hasAutomaticFailover: input.AutomaticFailoverEnabled ?? false,
    isMultiAz: input.MultiAZEnabled ?? false,
    snapshotRetentionDays: checkRetention(input.SnapshotRetentionLimit ?? 0),
    snapshotWindow: input.SnapshotWindow ?? '02:00-03:00',
    maintenanceWindow: input.PreferredMaintenanceWindow ?? 'sun:04:00-sun:05:00',
    autoMinorVersionUpgrade: input.AutoMinorVersionUpgrade ?? true,
    notificationTopicArn: input.NotificationTopicArn,
    logDelivery: input.LogDeliveryConfigurations ?? [],
  };
}
