import type {
  CopyDBClusterSnapshotMessage,
  CreateDBClusterSnapshotMessage,
  DeleteDBClusterSnapshotMessage,
  DescribeDBClusterSnapshotsMessage,
  RestoreDBClusterFromSnapshotMessage,
} from '@aws-sdk/client-rds';
import type { World } from '../../world.ts';
import { arnIn, type Need, type NeedsOf, type NeedsTable, taggedOnCreation, tagsIn } from '../need.ts';
import { defaultsOf, rds } from './rds-resources.ts';

function restoreFromSnapshot(world: World, input: RestoreDBClusterFromSnapshotMessage): Need[] {
  const snapshot = snapshotArn(world, input.SnapshotIdentifier);
  const { engine, engineVersion } = world.rds.snapshots.get(snapshotKey(world, snapshot)) ?? {};
  const made = rds(world, 'cluster', input.DBClusterIdentifier ?? '');
  const requestTags = tagsIn(input.Tags);
  const optionGroup = defaultsOf(world, engine && engineVersion ? { engine, engineVersion } : undefined).optionGroup;
  return [
    {
      action: 'rds:RestoreDBClusterFromSnapshot',
      resources: [
        made,
        snapshot,
        rds(world, 'cluster-pg', input.DBClusterParameterGroupName ?? 'default'),
        rds(world, 'subgrp', input.DBSubnetGroupName ?? 'default'),
        optionGroup,
      ],
      requestTags,
    },
    ...taggedOnCreation({ action: 'rds:AddTagsToResource', resources: [made], requestTags }),
  ];
}

/** Its own name has a colon where RDS took the snapshot itself; another account's comes as an ARN. */
const snapshotArn = (world: World, name = ''): string =>
  name.startsWith('arn:') ? name : arnIn(world, 'rds', `cluster-snapshot:${name.toLowerCase()}`);

const snapshotKey = (world: World, arn: string): string => {
  const own = arnIn(world, 'rds', 'cluster-snapshot:');
  return arn.startsWith(own) ? arn.slice(own.length) : arn;
};

const onSnapshot =
  (action: string): NeedsOf =>
  (world, { DBClusterSnapshotIdentifier }: DeleteDBClusterSnapshotMessage) => [
    { action, resources: [snapshotArn(world, DBClusterSnapshotIdentifier)] },
  ];

function createSnapshot(world: World, input: CreateDBClusterSnapshotMessage): Need[] {
  const made = snapshotArn(world, input.DBClusterSnapshotIdentifier);
  const requestTags = tagsIn(input.Tags);
  return [
    {
      action: 'rds:CreateDBClusterSnapshot',
      resources: [made, rds(world, 'cluster', input.DBClusterIdentifier ?? '')],
      requestTags,
    },
    ...taggedOnCreation({ action: 'rds:AddTagsToResource', resources: [made], requestTags }),
  ];
}

function copySnapshot(world: World, input: CopyDBClusterSnapshotMessage): Need[] {
  const made = snapshotArn(world, input.TargetDBClusterSnapshotIdentifier);
  const requestTags = tagsIn(input.Tags);
  return [
    {
      action: 'rds:CopyDBClusterSnapshot',
      resources: [made, snapshotArn(world, input.SourceDBClusterSnapshotIdentifier)],
      requestTags,
    },
    ...taggedOnCreation({ action: 'rds:AddTagsToResource', resources: [made], requestTags }),
  ];
}

/** Those of one cluster are judged on it as well. */
function describeSnapshots(world: World, input: DescribeDBClusterSnapshotsMessage): Need[] {
  const { DBClusterSnapshotIdentifier = '*', DBClusterIdentifier: cluster } = input;
  const ofCluster = cluster === undefined ? [] : [rds(world, 'cluster', cluster)];
  return [
    {
      action: 'rds:DescribeDBClusterSnapshots',
      resources: [snapshotArn(world, DBClusterSnapshotIdentifier), ...ofCluster],
    },
  ];
}

export const snapshotNeeds: NeedsTable = {
  RestoreDBClusterFromSnapshot: restoreFromSnapshot,
  CreateDBClusterSnapshot: createSnapshot,
  CopyDBClusterSnapshot: copySnapshot,
  DescribeDBClusterSnapshots: describeSnapshots,
  DeleteDBClusterSnapshot: onSnapshot('rds:DeleteDBClusterSnapshot'),
  ModifyDBClusterSnapshotAttribute: onSnapshot('rds:ModifyDBClusterSnapshotAttribute'),
  DescribeDBClusterSnapshotAttributes: onSnapshot('rds:DescribeDBClusterSnapshotAttributes'),
};
