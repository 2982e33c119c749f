import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import type { ClusterSnapshot } from './snapshot-state.ts';

/** Taken by hand, by RDS, or in another account that shares it with this one: how DescribeDBClusterSnapshots sorts them. */
export type SnapshotKind = 'manual' | 'automated' | 'shared' | 'public';

export function kindOf({ accountId }: Pick<World, 'accountId'>, snapshot: ClusterSnapshot): SnapshotKind {
  if (snapshot.accountId === accountId) {
    return snapshot.type;
  }
  return snapshot.sharedWith.includes(accountId) ? 'shared' : 'public';
}

/** This account's, by identifier or ARN, or another's by ARN, while it is shared. Throws DBClusterSnapshotNotFoundFault. */
export function snapshotNamed(world: World, name: string): ClusterSnapshot {
  const { snapshots } = world.rds;
  const id = name.toLowerCase();
  const snapshot = snapshots.get(id) ?? [...snapshots.values()].find(({ arn }) => arn === id);
  if (!snapshot || !isVisible(world, snapshot)) {
    throw notFound(name);
  }
  return snapshot;
}

/** Of this account alone. */
export function ownSnapshotNamed(world: World, name: string): ClusterSnapshot {
  const snapshot = snapshotNamed(world, name);
  if (snapshot.accountId !== world.accountId) {
    throw notFound(name);
  }
  return snapshot;
}

/** What another account shares no more is as if it were gone. */
export function isVisible({ accountId }: Pick<World, 'accountId'>, snapshot: ClusterSnapshot): boolean {
  return (
    snapshot.accountId === accountId || snapshot.sharedWith.includes(accountId) || snapshot.sharedWith.includes('all')
  );
}

export function notFound(name: string): Refusal {
  return new Refusal('DBClusterSnapshotNotFoundFault', `DBClusterSnapshot not found: ${name}`);
}

/** Throws InvalidDBClusterSnapshotStateFault. */
export function requireAvailable({ id, status }: ClusterSnapshot): void {
  if (status !== 'available') {
    throw new Refusal(
      'InvalidDBClusterSnapshotStateFault',
      `The DB cluster snapshot ${id} is not in the available state (it is ${status}).`,
    );
  }
}
