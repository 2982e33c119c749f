import type {
  CacheCluster,
  LogDeliveryConfiguration,
  NodeGroup,
  ReplicationGroup as View,
} from '@aws-sdk/client-elasticache';
import type { World } from '../world.ts';
import { configurationEndpoint, nodeEndpoint, primaryEndpoint, readerEndpoint } from './endpoints.ts';
import { cacheArn } from './names.ts';
import { type Member, membersOf } from './replication-group-lookup.ts';
import type { ReplicationGroup } from './state.ts';
import { subnetGroupNamed } from './subnet-groups.ts';

/** A group as ElastiCache describes it; it has endpoints once it is there. */
export function replicationGroupView(world: World, group: ReplicationGroup): View {
  const { settings, pending, status } = group;
  return {
    ReplicationGroupId: group.id,
    ARN: group.arn,
    Description: settings.description,
    Status: status,
    Engine: settings.engine,
    CacheNodeType: settings.nodeType,
    MemberClusters: membersOf(group).map(({ clusterId }) => clusterId),
    NodeGroups: shardsOf(world, group),
    ...(group.hasClusterMode &&
      status !== 'creating' && { ConfigurationEndpoint: configurationEndpoint(world, group) }),
    ClusterEnabled: group.hasClusterMode,
    ClusterMode: group.hasClusterMode ? 'enabled' : 'disabled',
    AutomaticFailover: settings.hasAutomaticFailover ? 'enabled' : 'disabled',
    MultiAZ: settings.isMultiAz ? 'enabled' : 'disabled',
    SnapshotRetentionLimit: settings.snapshotRetentionDays,
    SnapshotWindow: settings.snapshotWindow,
    AuthTokenEnabled: settings.hasAuthToken,
    TransitEncryptionEnabled: group.transitEncryption,
    TransitEncryptionMode: settings.transitEncryptionMode,
    AtRestEncryptionEnabled: group.atRestEncryption,
    KmsKeyId: group.kmsKeyId,
    UserGroupIds: [],
    LogDeliveryConfigurations: logsOf(group),
    ReplicationGroupCreateTime: group.createdAt,
    DataTiering: 'disabled',
    AutoMinorVersionUpgrade: settings.autoMinorVersionUpgrade,
    NetworkType: 'ipv4',
    IpDiscovery: 'ipv4',
    PendingModifiedValues:
      pending.hasAutomaticFailover === undefined
        ? {}
        : { AutomaticFailoverStatus: pending.hasAutomaticFailover ? 'enabled' : 'disabled' },
  };
}

function logsOf({ settings }: ReplicationGroup): LogDeliveryConfiguration[] {
  return settings.logDelivery.map(({ LogType, DestinationType, DestinationDetails, LogFormat }) => ({
    LogType,
    DestinationType,
    DestinationDetails,
    LogFormat,
    Status: 'active',
  }));
}

function shardsOf(world: World, group: ReplicationGroup): NodeGroup[] {
  if (group.status === 'creating') {
    return [];
  }
  const byShard = Map.groupBy(membersOf(group), ({ shard }) => shard);
  return [...byShard].map(([shard, members]) => ({
    NodeGroupId: String(shard).padStart(4, '0'),
    Status: group.status,
    ...(group.hasClusterMode
      ? { Slots: slotsOf(shard, group.shards) }
      : { PrimaryEndpoint: primaryEndpoint(world, group), ReaderEndpoint: readerEndpoint(world, group) }),
    NodeGroupMembers: members.map((member) => ({
      CacheClusterId: member.clusterId,
      CacheNodeId: '0001',
      PreferredAvailabilityZone: zoneOf(world, group, member),
      ...(!group.hasClusterMode && {
        ReadEndpoint: nodeEndpoint(world, group, member.clusterId),
        CurrentRole: member.isPrimary ? 'primary' : 'replica',
      }),
    })),
  }));
}

const SLOTS = 16_384;

function slotsOf(shard: number, shards: number): string {
  const start = (number: number): number => Math.floor((number * SLOTS) / shards);
  return `${start(shard - 1)}-${start(shard) - 1}`;
}

/** Nodes are spread over the zones of the subnet group. */
function zoneOf(world: World, group: ReplicationGroup, { clusterId }: Member): string {
  const { subnetIds } = subnetGroupNamed(world, group.subnetGroup);
  const zones = subnetIds.flatMap((id) => world.ec2.subnets.get(id)?.availabilityZone ?? []);
  return zones[(Number(clusterId.slice(-3)) - 1) % zones.length] ?? '';
}

/** One node of a group, as DescribeCacheClusters has it. */
export function nodeView(world: World, group: ReplicationGroup, member: Member): CacheCluster {
  const { settings, status } = group;
  const zone = zoneOf(world, group, member);
  return {
    CacheClusterId: member.clusterId,
    ARN: cacheArn(world, 'cluster', member.clusterId),
    ReplicationGroupId: group.id,
    CacheClusterStatus: status,
    CacheNodeType: settings.nodeType,
    Engine: settings.engine,
    EngineVersion: settings.engineVersion,
    NumCacheNodes: 1,
    PreferredAvailabilityZone: zone,
    CacheClusterCreateTime: group.createdAt,
    PreferredMaintenanceWindow: settings.maintenanceWindow,
    PendingModifiedValues: {},
    ...(settings.notificationTopicArn !== undefined && {
      NotificationConfiguration: { TopicArn: settings.notificationTopicArn, TopicStatus: 'active' },
    }),
    CacheSecurityGroups: [],
    CacheParameterGroup: {
      CacheParameterGroupName: settings.parameterGroup,
      ParameterApplyStatus: 'in-sync',
      CacheNodeIdsToReboot: [],
    },
    CacheSubnetGroupName: group.subnetGroup,
    SecurityGroups: settings.securityGroupIds.map((id) => ({ SecurityGroupId: id, Status: 'active' })),
    AutoMinorVersionUpgrade: settings.autoMinorVersionUpgrade,
    SnapshotRetentionLimit: settings.snapshotRetentionDays,
    SnapshotWindow: settings.snapshotWindow,
    AuthTokenEnabled: settings.hasAuthToken,
    TransitEncryptionEnabled: group.transitEncryption,
    TransitEncryptionMode: settings.transitEncryptionMode,
    AtRestEncryptionEnabled: group.atRestEncryption,
    ReplicationGroupLogDeliveryEnabled: settings.logDelivery.length > 0,
    NetworkType: 'ipv4',
    IpDiscovery: 'ipv4',
    CacheNodes: [
      {
        CacheNodeId: '0001',
        CacheNodeStatus: status,
        CacheNodeCreateTime: group.createdAt,
        ParameterGroupStatus: 'in-sync',
        CustomerAvailabilityZone: zone,
        Endpoint: nodeEndpoint(world, group, member.clusterId),
      },
    ],
  };
}
