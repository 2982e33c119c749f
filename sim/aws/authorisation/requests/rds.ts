import type {
  CreateDBInstanceMessage,
  DeleteDBClusterMessage,
  ModifyDBClusterMessage,
  RestoreDBClusterToPointInTimeMessage,
} from '@aws-sdk/client-rds';
import { keyOf } from '../../rds/identifiers.ts';
import type { Cluster } from '../../rds/state.ts';
import type { World } from '../../world.ts';
import { type Need, type NeedsOf, type NeedsTable, taggedOnCreation, tagsIn } from '../need.ts';
import { defaultsOf, type Kind, rds } from './rds-resources.ts';
import { snapshotNeeds } from './rds-snapshots.ts';

const clusterOf = ({ rds: { clusters } }: World, identifier = ''): Cluster | undefined =>
  clusters.get(keyOf(identifier));

function restore(world: World, input: RestoreDBClusterToPointInTimeMessage): Need[] {
  const source = clusterOf(world, input.SourceDBClusterIdentifier);
  const made = rds(world, 'cluster', input.DBClusterIdentifier ?? '');
  const requestTags = tagsIn(input.Tags);
  return [
    {
      action: 'rds:RestoreDBClusterToPointInTime',
      resources: [
        made,
        rds(world, 'cluster', input.SourceDBClusterIdentifier ?? ''),
        rds(world, 'cluster-pg', input.DBClusterParameterGroupName ?? 'default'),
        rds(world, 'subgrp', input.DBSubnetGroupName ?? 'default'),
        defaultsOf(world, source).optionGroup,
      ],
      requestTags,
    },
    ...taggedOnCreation({ action: 'rds:AddTagsToResource', resources: [made], requestTags }),
  ];
}

function createInstance(world: World, input: CreateDBInstanceMessage): Need[] {
  const cluster = clusterOf(world, input.DBClusterIdentifier);
  const made = rds(world, 'db', input.DBInstanceIdentifier ?? '');
  const requestTags = tagsIn(input.Tags);
  const { parameterGroup, optionGroup } = defaultsOf(world, cluster);
  return [
    {
      action: 'rds:CreateDBInstance',
      resources: [
        made,
        rds(world, 'cluster', input.DBClusterIdentifier ?? ''),
        rds(world, 'subgrp', cluster?.subnetGroup ?? 'default'),
        parameterGroup,
        optionGroup,
      ],
      requestTags,
    },
    ...taggedOnCreation({ action: 'rds:AddTagsToResource', resources: [made], requestTags }),
  ];
}

const onCluster =
  (action: string): NeedsOf =>
  (world, { DBClusterIdentifier = '' }: ModifyDBClusterMessage) => [
    { action, resources: [rds(world, 'cluster', DBClusterIdentifier)] },
  ];

/** Listing is judged on all of a kind. */
const described =
  (action: string, kind: Kind, member: string): NeedsOf =>
  (world, input: Readonly<Record<string, string>>) => [{ action, resources: [rds(world, kind, input[member] ?? '*')] }];

export const rdsNeeds: NeedsTable = {
  DescribeDBClusters: described('rds:DescribeDBClusters', 'cluster', 'DBClusterIdentifier'),
  DescribeDBInstances: described('rds:DescribeDBInstances', 'db', 'DBInstanceIdentifier'),
  DescribeGlobalClusters: ({ accountId }, { GlobalClusterIdentifier = '*' }) => [
    {
      action: 'rds:DescribeGlobalClusters',
      resources: [`arn:aws:rds::${accountId}:global-cluster:${GlobalClusterIdentifier}`],
    },
  ],
  RestoreDBClusterToPointInTime: restore,
  ...snapshotNeeds,
  CreateDBInstance: createInstance,
  ModifyDBCluster: (world, input: ModifyDBClusterMessage) => [
    ...onCluster('rds:ModifyDBCluster')(world, input),
    ...(input.DBClusterParameterGroupName === undefined
      ? []
      : [
          {
            action: 'rds:ModifyDBCluster',
            resources: [rds(world, 'cluster-pg', input.DBClusterParameterGroupName)],
          },
        ]),
  ],
  StartDBCluster: onCluster('rds:StartDBCluster'),
  StopDBCluster: onCluster('rds:StopDBCluster'),
  // The reference marks the snapshot as required, and does not say which it is where none is to be made.
  DeleteDBCluster: (world, { DBClusterIdentifier = '', FinalDBSnapshotIdentifier = '*' }: DeleteDBClusterMessage) => [
    {
      action: 'rds:DeleteDBCluster',
      resources: [
        rds(world, 'cluster', DBClusterIdentifier),
        rds(world, 'cluster-snapshot', FinalDBSnapshotIdentifier),
      ],
    },
  ],
  DeleteDBInstance: described('rds:DeleteDBInstance', 'db', 'DBInstanceIdentifier'),
  AddTagsToResource: (_world, { ResourceName = '', Tags }) => [
    { action: 'rds:AddTagsToResource', resources: [ResourceName], requestTags: tagsIn(Tags) },
  ],
  RemoveTagsFromResource: (_world, { ResourceName = '' }) => [
    { action: 'rds:RemoveTagsFromResource', resources: [ResourceName] },
  ],
  ListTagsForResource: (_world, { ResourceName = '' }) => [
    { action: 'rds:ListTagsForResource', resources: [ResourceName] },
  ],
};
