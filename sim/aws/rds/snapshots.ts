import type {
  CopyDBClusterSnapshotMessage,
  CopyDBClusterSnapshotResult,
  CreateDBClusterSnapshotMessage,
  CreateDBClusterSnapshotResult,
  DeleteDBClusterSnapshotMessage,
  DeleteDBClusterSnapshotResult,
  DescribeDBClusterSnapshotAttributesMessage,
  DescribeDBClusterSnapshotsMessage,
  ModifyDBClusterSnapshotAttributeMessage,
  RestoreDBClusterFromSnapshotMessage,
} from '@aws-sdk/client-rds';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { requireState } from './cluster-state.ts';
import { describeSnapshots } from './describe-snapshots.ts';
import { rdsArn } from './identifiers.ts';
import { clusterNamed } from './lookup.ts';
import { addSnapshot, newSnapshotIdentifier, takeSnapshot } from './new-snapshot.ts';
import { restoreFromSnapshot } from './restore-from-snapshot.ts';
import { describeSnapshotAttributes, modifySnapshotAttribute } from './snapshot-attributes.ts';
import { ownSnapshotNamed, requireAvailable, snapshotNamed } from './snapshot-lookup.ts';
import type { ClusterSnapshot } from './snapshot-state.ts';
import { snapshotView } from './snapshot-view.ts';
import { tagsIn } from './tag-rules.ts';
import { removeVolume } from './volume-changes.ts';

function createSnapshot(world: World, input: CreateDBClusterSnapshotMessage): CreateDBClusterSnapshotResult {
  const cluster = clusterNamed(world, input.DBClusterIdentifier ?? '');
  const tags = tagsIn(input.Tags);
  const id = newSnapshotIdentifier(world, 'DBClusterSnapshotIdentifier', input.DBClusterSnapshotIdentifier ?? '');
  requireState(cluster);
  return { DBClusterSnapshot: snapshotView(world, takeSnapshot(world, cluster, { id, tags })) };
}

/** The answer shows the status from before, as AWS's does. */
function deleteSnapshot(world: World, input: DeleteDBClusterSnapshotMessage): DeleteDBClusterSnapshotResult {
  const snapshot = ownSnapshotNamed(world, input.DBClusterSnapshotIdentifier ?? '');
  if (snapshot.type === 'automated') {
    throw new Refusal('InvalidDBClusterSnapshotStateFault', 'Only manual snapshots may be deleted.');
  }
  if (snapshot.status !== 'failed') {
    requireAvailable(snapshot);
  }
  const answer = { DBClusterSnapshot: snapshotView(world, snapshot) };
  world.rds.snapshots.delete(snapshot.id);
  world.tagIndex.remove(snapshot.arn);
  removeVolume(world, snapshot.volumeId);
  return answer;
}

/** A manual snapshot with another's data; its tags only when they are asked for. */
function copySnapshot(world: World, input: CopyDBClusterSnapshotMessage): CopyDBClusterSnapshotResult {
  const source = snapshotNamed(world, input.SourceDBClusterSnapshotIdentifier ?? '');
  const tags = tagsIn(input.Tags);
  const target = input.TargetDBClusterSnapshotIdentifier ?? '';
  const id = newSnapshotIdentifier(world, 'TargetDBClusterSnapshotIdentifier', target);
  requireAvailable(source);
  checkKey(world, input, source);
  const copy: ClusterSnapshot = {
    ...source,
    id,
    arn: rdsArn(world, 'cluster-snapshot', id),
    accountId: world.accountId,
    type: 'manual',
    createdAt: world.clock.now(),
    kmsKeyId: input.KmsKeyId ?? source.kmsKeyId,
    copiedFromArn: source.arn,
    volumeId: `snapshot-${world.uniqueHex(26)}`,
    status: 'copying',
    sharedWith: [],
    tags: input.CopyTags ? { ...source.tags, ...tags } : tags,
  };
  addSnapshot(world, copy, { seconds: world.durations.snapshotCopied, from: source.volumeId });
  return { DBClusterSnapshot: snapshotView(world, copy) };
}

/** The rules are the API reference's of CopyDBClusterSnapshot; the codes that go with them are assumed. */
function checkKey({ accountId }: World, { KmsKeyId }: CopyDBClusterSnapshotMessage, source: ClusterSnapshot): void {
  if (KmsKeyId !== undefined && !source.storageEncrypted) {
    throw new Refusal('InvalidParameterCombination', 'KmsKeyId cannot be given: the snapshot is not encrypted.');
  }
  if (KmsKeyId === undefined && source.storageEncrypted && source.accountId !== accountId) {
    throw new Refusal(
      'InvalidParameterCombination',
      'KmsKeyId is required to copy an encrypted snapshot that is shared.',
    );
  }
}

export function snapshotHandlers(world: World): Record<string, Handler> {
  return {
    CreateDBClusterSnapshot: (input: CreateDBClusterSnapshotMessage) => createSnapshot(world, input),
    DescribeDBClusterSnapshots: (input: DescribeDBClusterSnapshotsMessage) => describeSnapshots(world, input),
    DeleteDBClusterSnapshot: (input: DeleteDBClusterSnapshotMessage) => deleteSnapshot(world, input),
    CopyDBClusterSnapshot: (input: CopyDBClusterSnapshotMessage) => copySnapshot(world, input),
    RestoreDBClusterFromSnapshot: (input: RestoreDBClusterFromSnapshotMessage) => restoreFromSnapshot(world, input),
    ModifyDBClusterSnapshotAttribute: (input: ModifyDBClusterSnapshotAttributeMessage) =>
      modifySnapshotAttribute(world, input),
    DescribeDBClusterSnapshotAttributes: (input: DescribeDBClusterSnapshotAttributesMessage) =>
      describeSnapshotAttributes(world, input),
  };
}
