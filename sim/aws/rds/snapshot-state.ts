import type { Tags } from '../tag-index.ts';

/** What of a cluster a snapshot keeps, and a cluster restored from it begins with. */
interface KeptOfCluster {
  readonly engine: string;
  readonly engineVersion: string;
  readonly masterUsername: string;
  readonly masterPassword: string;
  readonly databaseName: string | undefined;
  readonly storageEncrypted: boolean;
  readonly kmsKeyId: string | undefined;
  readonly port: number;
  readonly iamAuthentication: boolean;
  readonly backupRetentionDays: number;
  readonly backupWindow: string;
  readonly maintenanceWindow: string;
}

/** A snapshot of a cluster: of this account, or of another one that shares it with this one. */
export interface ClusterSnapshot extends KeptOfCluster {
  /** `rds:` before it where RDS itself took it. */
  readonly id: string;
  readonly arn: string;
  readonly accountId: string;
  readonly type: 'manual' | 'automated';
  readonly clusterId: string;
  readonly clusterResourceId: string;
  readonly clusterCreatedAt: Date;
  readonly createdAt: Date;
  readonly vpcId: string;
  readonly availabilityZones: readonly string[];
  readonly copiedFromArn: string | undefined;
  /** Whoever keeps the data knows it by this; never on the wire. */
  readonly volumeId: string;
  status: 'creating' | 'copying' | 'available' | 'failed';
  /** Account ids and `all`. */
  sharedWith: readonly string[];
  tags: Tags;
}
