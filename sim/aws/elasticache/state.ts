import type { CacheUsageLimits, LogDeliveryConfigurationRequest, Parameter } from '@aws-sdk/client-elasticache';
import type { Tags } from '../tag-index.ts';

export type Engine = 'redis' | 'valkey';

/** What of a replication group may change while it lives. */
export interface GroupSettings {
  description: string;
  nodeType: string;
  engine: Engine;
  engineVersion: string;
  parameterGroup: string;
  securityGroupIds: readonly string[];
  hasAutomaticFailover: boolean;
  isMultiAz: boolean;
  snapshotRetentionDays: number;
  snapshotWindow: string;
  maintenanceWindow: string;
  autoMinorVersionUpgrade: boolean;
  notificationTopicArn: string | undefined;
  logDelivery: readonly LogDeliveryConfigurationRequest[];
  transitEncryptionMode: 'preferred' | 'required' | undefined;
  hasAuthToken: boolean;
  /** Of each shard. */
  replicas: number;
}

export interface ReplicationGroup {
  readonly id: string;
  readonly arn: string;
  readonly createdAt: Date;
  readonly subnetGroup: string;
  readonly port: number;
  /** 1 unless cluster mode is on. */
  readonly shards: number;
  readonly hasClusterMode: boolean;
  readonly atRestEncryption: boolean;
  readonly transitEncryption: boolean;
  readonly kmsKeyId: string | undefined;
  status: 'creating' | 'available' | 'modifying' | 'deleting';
  settings: GroupSettings;
  /** What waits for the maintenance window. */
  pending: Partial<GroupSettings>;
  tags: Tags;
  cancelTransition: () => void;
}

export interface ServerlessCache {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: Date;
  readonly endpoint: string;
  readonly subnetIds: readonly string[];
  readonly kmsKeyId: string | undefined;
  engine: Engine;
  majorVersion: string;
  status: 'creating' | 'available' | 'modifying' | 'deleting';
  description: string;
  limits: CacheUsageLimits | undefined;
  securityGroupIds: readonly string[];
  snapshotRetentionDays: number;
  dailySnapshotTime: string | undefined;
  tags: Tags;
  cancelTransition: () => void;
}

export interface CacheSubnetGroup {
  readonly name: string;
  readonly arn: string;
  readonly vpcId: string;
  description: string;
  subnetIds: readonly string[];
  tags: Tags;
}

export interface CacheParameterGroup {
  readonly name: string;
  readonly arn: string;
  readonly family: string;
  readonly description: string;
  /** By name; those that were set. */
  readonly parameters: Map<string, Parameter>;
  tags: Tags;
}

/** The account's limits; a test may lower them. Defaults: https://docs.aws.amazon.com/general/latest/gr/elasticache-service.html */
interface ElastiCacheQuotas {
  nodes: number;
  nodesPerCluster: number;
  serverlessCaches: number;
}

/** Everything ElastiCache holds in this account and Region, each kind by its name in lower case. */
export interface ElastiCacheState {
  readonly replicationGroups: Map<string, ReplicationGroup>;
  readonly serverlessCaches: Map<string, ServerlessCache>;
  readonly subnetGroups: Map<string, CacheSubnetGroup>;
  readonly parameterGroups: Map<string, CacheParameterGroup>;
  readonly quotas: ElastiCacheQuotas;
}

export function createElastiCacheState(): ElastiCacheState {
  return {
    replicationGroups: new Map(),
    serverlessCaches: new Map(),
    subnetGroups: new Map(),
    parameterGroups: new Map(),
    quotas: { nodes: 300, nodesPerCluster: 90, serverlessCaches: 40 },
  };
}
