import type { Tags } from '../tag-index.ts';
import type { ClusterSnapshot } from './snapshot-state.ts';
import type { Volumes } from './volumes.ts';

export interface ScalingConfiguration {
  readonly minimumCapacity: number;
  readonly maximumCapacity: number;
  /** Only with a minimum of 0. */
  readonly secondsUntilAutoPause: number | undefined;
}

/** What a modification that has been accepted will change once it is carried out. */
export interface PendingModification {
  readonly masterPassword?: string;
  readonly engineVersion?: string;
  readonly scaling?: ScalingConfiguration;
  readonly securityGroupIds?: readonly string[];
  readonly parameterGroup?: string;
  readonly port?: number;
  readonly logExports?: readonly string[];
}

/** Where RDS itself keeps a master password. */
export interface ManagedSecret {
  readonly name: string;
  readonly arn: string;
  readonly kmsKeyId: string | undefined;
}

export interface Cluster {
  readonly id: string;
  readonly arn: string;
  readonly resourceId: string;
  readonly createdAt: Date;
  readonly engine: string;
  readonly subnetGroup: string;
  readonly masterUsername: string;
  readonly databaseName: string | undefined;
  readonly storageEncrypted: boolean;
  readonly kmsKeyId: string | undefined;
  /** Shares its storage pages with the cluster it was made from. */
  readonly isCopyOnWriteClone: boolean;
  cloneGroupId: string | undefined;
  status: string;
  engineVersion: string;
  parameterGroup: string;
  securityGroupIds: readonly string[];
  port: number;
  scaling: ScalingConfiguration | undefined;
  /** Kept so that a task which connects can be told from one with an old password. Never on the wire. */
  masterPassword: string;
  managedSecret: ManagedSecret | undefined;
  deletionProtection: boolean;
  copyTagsToSnapshot: boolean;
  iamAuthentication: boolean;
  httpEndpoint: boolean;
  backupRetentionDays: number;
  backupWindow: string;
  maintenanceWindow: string;
  logExports: readonly string[];
  pending: PendingModification;
  automaticRestartAt: Date | undefined;
  tags: Tags;
  /** Calls off what is still to happen to the cluster, when something else takes its place. */
  cancelTransition: () => void;
}

export interface Instance {
  readonly id: string;
  readonly arn: string;
  readonly resourceId: string;
  readonly createdAt: Date;
  readonly clusterId: string;
  readonly availabilityZone: string;
  readonly parameterGroup: string;
  status: string;
  instanceClass: string;
  isWriter: boolean;
  promotionTier: number;
  publiclyAccessible: boolean;
  autoMinorVersionUpgrade: boolean;
  /** Without effect: the cluster's own decides. */
  copyTagsToSnapshot: boolean;
  maintenanceWindow: string;
  tags: Tags;
  cancelTransition: () => void;
}

/** What a modification of an instance outside clusters changes later. */
export interface PendingInstanceChange {
  readonly instanceClass?: string;
  readonly allocatedStorage?: number;
  readonly storageType?: string;
  readonly iops?: number | undefined;
  readonly storageThroughput?: number | undefined;
  readonly engineVersion?: string;
  readonly isMultiAz?: boolean;
  readonly backupRetentionDays?: number;
  readonly port?: number;
}

/** A DB instance outside clusters, with storage of its own. */
export interface PlainInstance {
  readonly id: string;
  readonly arn: string;
  readonly resourceId: string;
  readonly createdAt: Date;
  readonly engine: 'postgres';
  readonly subnetGroup: string;
  readonly availabilityZone: string;
  readonly masterUsername: string;
  readonly databaseName: string | undefined;
  readonly storageEncrypted: boolean;
  readonly kmsKeyId: string | undefined;
  status: string;
  engineVersion: string;
  instanceClass: string;
  /** In GiB, as `maxAllocatedStorage` is. */
  allocatedStorage: number;
  maxAllocatedStorage: number | undefined;
  storageType: string;
  iops: number | undefined;
  /** In MiB a second. */
  storageThroughput: number | undefined;
  isMultiAz: boolean;
  parameterGroup: string;
  securityGroupIds: readonly string[];
  port: number;
  masterPassword: string;
  managedSecret: ManagedSecret | undefined;
  publiclyAccessible: boolean;
  autoMinorVersionUpgrade: boolean;
  copyTagsToSnapshot: boolean;
  deletionProtection: boolean;
  iamAuthentication: boolean;
  performanceInsights: boolean;
  backupRetentionDays: number;
  backupWindow: string;
  maintenanceWindow: string;
  certificateAuthority: string;
  logExports: readonly string[];
  pending: PendingInstanceChange;
  tags: Tags;
  cancelTransition: () => void;
}

export interface SubnetGroup {
  readonly name: string;
  readonly arn: string;
  readonly vpcId: string;
  description: string;
  subnetIds: readonly string[];
  tags: Tags;
}

export interface GroupParameter {
  readonly name: string;
  readonly value: string;
  readonly applyMethod: 'immediate' | 'pending-reboot';
}

/** Of clusters or of instances. */
export interface ParameterGroup {
  readonly name: string;
  readonly arn: string;
  readonly family: string;
  readonly description: string;
  /** By name; those that were set. */
  readonly parameters: Map<string, GroupParameter>;
  tags: Tags;
}

/** How much a cluster is used from a moment on. */
export interface DatabaseUse {
  readonly at: Date;
  readonly connections: number;
  /** Aurora capacity units, held within the cluster's range; undefined is the least that serves. */
  readonly capacity: number | undefined;
  /** Of 100. */
  readonly cpu: number;
  readonly volumeBytes: number;
}

/** The account's limits; a test may lower them. Defaults: Aurora User Guide, quotas. */
interface RdsQuotas {
  clusters: number;
  /** In clusters and outside them together. */
  instances: number;
  /** Copy-on-write clones a clone group may hold; what is asked for beyond it becomes a full copy, silently. */
  clonesPerGroup: number;
  manualSnapshots: number;
  /** Accounts that one snapshot may be shared with. */
  sharedAccounts: number;
}

/** Everything RDS holds in this account and Region. Keys are lower-case identifiers. */
export interface RdsState {
  readonly clusters: Map<string, Cluster>;
  /** The members of clusters. */
  readonly instances: Map<string, Instance>;
  readonly plainInstances: Map<string, PlainInstance>;
  readonly subnetGroups: Map<string, SubnetGroup>;
  /** Those of clusters. */
  readonly parameterGroups: Map<string, ParameterGroup>;
  readonly instanceParameterGroups: Map<string, ParameterGroup>;
  /** Of this account by identifier, of others by ARN. */
  readonly snapshots: Map<string, ClusterSnapshot>;
  readonly quotas: RdsQuotas;
  /** How clusters were used, by their resource id; oldest first. */
  readonly uses: Map<string, DatabaseUse[]>;
  /** Set by whoever keeps the data. */
  volumes: Volumes | undefined;
}

export function createRdsState(): RdsState {
  return {
    clusters: new Map(),
    instances: new Map(),
    plainInstances: new Map(),
    subnetGroups: new Map(),
    parameterGroups: new Map(),
    instanceParameterGroups: new Map(),
    snapshots: new Map(),
    quotas: { clusters: 40, instances: 40, clonesPerGroup: 15, manualSnapshots: 100, sharedAccounts: 20 },
    uses: new Map(),
    volumes: undefined,
  };
}
