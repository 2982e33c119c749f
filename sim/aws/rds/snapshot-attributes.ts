import type {
  DBClusterSnapshotAttributesResult,
  DescribeDBClusterSnapshotAttributesMessage,
  DescribeDBClusterSnapshotAttributesResult,
  ModifyDBClusterSnapshotAttributeMessage,
  ModifyDBClusterSnapshotAttributeResult,
} from '@aws-sdk/client-rds';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { ownSnapshotNamed, requireAvailable } from './snapshot-lookup.ts';
import type { ClusterSnapshot } from './snapshot-state.ts';

/** `restore` is the only attribute: who else may copy and restore the snapshot. */
function attributesOf({ id, sharedWith }: ClusterSnapshot): DBClusterSnapshotAttributesResult {
  return {
    DBClusterSnapshotIdentifier: id,
    DBClusterSnapshotAttributes: [{ AttributeName: 'restore', AttributeValues: [...sharedWith] }],
  };
}

export function describeSnapshotAttributes(
  world: World,
  { DBClusterSnapshotIdentifier = '' }: DescribeDBClusterSnapshotAttributesMessage,
): DescribeDBClusterSnapshotAttributesResult {
  return { DBClusterSnapshotAttributesResult: attributesOf(ownSnapshotNamed(world, DBClusterSnapshotIdentifier)) };
}

/** Adding who is there already, and removing who is not, changes nothing. */
export function modifySnapshotAttribute(
  world: World,
  input: ModifyDBClusterSnapshotAttributeMessage,
): ModifyDBClusterSnapshotAttributeResult {
  const { AttributeName, ValuesToAdd = [], ValuesToRemove = [] } = input;
  const snapshot = ownSnapshotNamed(world, input.DBClusterSnapshotIdentifier ?? '');
  if (AttributeName !== 'restore') {
    throw new Refusal('InvalidParameterValue', `Invalid attribute name: ${AttributeName}. Must be restore.`);
  }
  checkShareable(snapshot, ValuesToAdd);
  const sharedWith = [...new Set([...snapshot.sharedWith, ...ValuesToAdd])].filter(
    (account) => !ValuesToRemove.includes(account),
  );
  const most = world.rds.quotas.sharedAccounts;
  if (sharedWith.length > most) {
    throw new Refusal(
      'SharedSnapshotQuotaExceededFault',
      `A manual snapshot cannot be shared with more than ${most} accounts.`,
    );
  }
  snapshot.sharedWith = sharedWith;
  return { DBClusterSnapshotAttributesResult: attributesOf(snapshot) };
}

/** The rules are the Aurora User Guide's, "Sharing a DB cluster snapshot"; the codes of the last two are assumed. */
function checkShareable(snapshot: ClusterSnapshot, accounts: readonly string[]): void {
  if (snapshot.type === 'automated') {
    throw new Refusal('InvalidDBClusterSnapshotStateFault', 'An automated snapshot cannot be shared: copy it first.');
  }
  requireAvailable(snapshot);
  const illegal = accounts.find((account) => account !== 'all' && !/^\d{12}$/.test(account));
  if (illegal !== undefined) {
    throw new Refusal('InvalidParameterValue', `Invalid account id: ${illegal}`);
  }
  if (snapshot.storageEncrypted && accounts.includes('all')) {
    throw new Refusal('InvalidParameterValue', 'An encrypted snapshot cannot be public.');
  }
}
