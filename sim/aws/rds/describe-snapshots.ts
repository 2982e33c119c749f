import type { DBClusterSnapshotMessage, DescribeDBClusterSnapshotsMessage } from '@aws-sdk/client-rds';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { keyOf } from './identifiers.ts';
import { checkFilters, type FilterFields, passes, recordsOf } from './paging.ts';
import { isVisible, kindOf, notFound, type SnapshotKind, snapshotNamed } from './snapshot-lookup.ts';
import type { ClusterSnapshot } from './snapshot-state.ts';
import { snapshotView } from './snapshot-view.ts';

const KINDS: readonly string[] = ['automated', 'manual', 'shared', 'public'];

const filtersIn = (world: World): FilterFields<ClusterSnapshot> => ({
  'db-cluster-id': ({ clusterId, accountId }) => [
    clusterId,
    `arn:aws:rds:${world.region}:${accountId}:cluster:${clusterId}`,
  ],
  'db-cluster-snapshot-id': ({ id }) => [id],
  'snapshot-type': (snapshot) => [kindOf(world, snapshot)],
  engine: ({ engine }) => [engine],
});

/**
 * Without a type: what this account took or RDS took for it, and what others share only when it is asked for. A
 * snapshot of RDS's own is found by its name only along with its type. Snapshots of clusters that are gone are found by
 * the cluster's name all the same.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusterSnapshots.html
 */
export function describeSnapshots(world: World, input: DescribeDBClusterSnapshotsMessage): DBClusterSnapshotMessage {
  const { DBClusterSnapshotIdentifier: name, DBClusterIdentifier: cluster, DbClusterResourceId: resourceId } = input;
  const filters = filtersIn(world);
  checkFilters(input.Filters, filters);
  if (name !== undefined && cluster !== undefined) {
    throw new Refusal(
      'InvalidParameterCombination',
      'DBClusterIdentifier and DBClusterSnapshotIdentifier cannot be specified together.',
    );
  }
  const kinds = kindsIn(input);
  const isAsked = (snapshot: ClusterSnapshot): boolean =>
    isVisible(world, snapshot) &&
    kinds.includes(kindOf(world, snapshot)) &&
    (cluster === undefined || snapshot.clusterId === keyOf(cluster)) &&
    (resourceId === undefined || snapshot.clusterResourceId === resourceId) &&
    passes(snapshot, input.Filters, filters);
  const all = name === undefined ? [...world.rds.snapshots.values()] : [snapshotNamed(world, name)];
  const found = all.filter(isAsked);
  if (name !== undefined && found.length === 0) {
    throw notFound(name);
  }
  const { items, Marker } = recordsOf(found, input, ({ arn }) => arn);
  return { DBClusterSnapshots: items.map((snapshot) => snapshotView(world, snapshot)), Marker };
}

function kindsIn(input: DescribeDBClusterSnapshotsMessage): readonly SnapshotKind[] {
  const { SnapshotType: asked, IncludeShared, IncludePublic, DBClusterSnapshotIdentifier: name } = input;
  if (asked !== undefined && !KINDS.includes(asked)) {
    throw new Refusal('InvalidParameterValue', `Invalid snapshot type: ${asked}. Must be one of ${KINDS.join(', ')}.`);
  }
  if (asked !== undefined) {
    return [asked as SnapshotKind];
  }
  return [
    'manual',
    ...(name === undefined ? (['automated'] as const) : []),
    ...(IncludeShared ? (['shared'] as const) : []),
    ...(IncludePublic ? (['public'] as const) : []),
  ];
}
