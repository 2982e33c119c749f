import type { DBClusterSnapshot } from '@aws-sdk/client-rds';
import type { World } from '../world.ts';
import { kindOf } from './snapshot-lookup.ts';
import type { ClusterSnapshot } from './snapshot-state.ts';
import { tagListOf } from './tag-rules.ts';

/**
 * A snapshot as RDS describes it. What another account shares has its ARN for an identifier, as its User Guide shows of
 * DB snapshots; that its type reads `shared` is assumed.
 */
export function snapshotView(world: World, snapshot: ClusterSnapshot): DBClusterSnapshot {
  const isOwn = snapshot.accountId === world.accountId;
  return {
    DBClusterSnapshotIdentifier: isOwn ? snapshot.id : snapshot.arn,
    DBClusterSnapshotArn: snapshot.arn,
    DBClusterIdentifier: snapshot.clusterId,
    DbClusterResourceId: snapshot.clusterResourceId,
    SnapshotType: kindOf(world, snapshot),
    SnapshotCreateTime: snapshot.createdAt,
    ClusterCreateTime: snapshot.clusterCreatedAt,
    Status: snapshot.status,
    PercentProgress: snapshot.status === 'available' ? 100 : 0,
    Engine: snapshot.engine,
    EngineVersion: snapshot.engineVersion,
    EngineMode: 'provisioned',
    LicenseModel: snapshot.engine,
    MasterUsername: snapshot.masterUsername,
    Port: snapshot.port,
    VpcId: snapshot.vpcId,
    AvailabilityZones: [...snapshot.availabilityZones],
    AllocatedStorage: 1,
    StorageType: 'aurora',
    StorageEncrypted: snapshot.storageEncrypted,
    KmsKeyId: snapshot.kmsKeyId,
    IAMDatabaseAuthenticationEnabled: snapshot.iamAuthentication,
    SourceDBClusterSnapshotArn: snapshot.copiedFromArn,
    TagList: isOwn ? tagListOf(snapshot.tags) : [],
  };
}
