import * as rds from '@aws-sdk/client-rds';
import type { ServiceDefinition } from '../wire/service.ts';
import type { World } from '../world.ts';
import { createCluster } from './create-cluster.ts';
import { deleteCluster } from './delete-cluster.ts';
import { describeClusters } from './describe-clusters.ts';
import { describeGlobalClusters } from './global-clusters.ts';
import { instanceParameterGroupHandlers } from './instance-parameter-groups.ts';
import { instanceHandlers } from './instances.ts';
import { modifyClusterSettings } from './modify-cluster.ts';
import { createParameterGroup, deleteParameterGroup, describeParameterGroups } from './parameter-groups.ts';
import { describeParameters, modifyParameterGroup, resetParameterGroup } from './parameters.ts';
import { restoreCluster } from './restore-cluster.ts';
import { snapshotHandlers } from './snapshots.ts';
import { start, stop } from './stop-start-cluster.ts';
import { createSubnetGroup, deleteSubnetGroup, describeSubnetGroups, modifySubnetGroup } from './subnet-groups.ts';
import { addTags, listTags, removeTags } from './tagging.ts';

/** Aurora clusters, their snapshots, their instances and those of PostgreSQL that stand alone, groups and tags. */
export function rdsService(world: World): ServiceDefinition {
  return {
    signingName: 'rds',
    protocol: 'query',
    sdk: rds,
    xmlNamespace: 'http://rds.amazonaws.com/doc/2014-10-31/',
    handlers: {
      CreateDBCluster: (input: rds.CreateDBClusterMessage) => createCluster(world, input),
      RestoreDBClusterToPointInTime: (input: rds.RestoreDBClusterToPointInTimeMessage) => restoreCluster(world, input),
      DescribeDBClusters: (input: rds.DescribeDBClustersMessage) => describeClusters(world, input),
      ModifyDBCluster: (input: rds.ModifyDBClusterMessage) => modifyClusterSettings(world, input),
      DeleteDBCluster: (input: rds.DeleteDBClusterMessage) => deleteCluster(world, input),
      StopDBCluster: (input: rds.StopDBClusterMessage) => stop(world, input),
      StartDBCluster: (input: rds.StartDBClusterMessage) => start(world, input),
      ...snapshotHandlers(world),
      ...instanceHandlers(world),
      ...instanceParameterGroupHandlers(world),
      CreateDBSubnetGroup: (input: rds.CreateDBSubnetGroupMessage) => createSubnetGroup(world, input),
      DescribeDBSubnetGroups: (input: rds.DescribeDBSubnetGroupsMessage) => describeSubnetGroups(world, input),
      ModifyDBSubnetGroup: (input: rds.ModifyDBSubnetGroupMessage) => modifySubnetGroup(world, input),
      DeleteDBSubnetGroup: (input: rds.DeleteDBSubnetGroupMessage) => deleteSubnetGroup(world, input),
      CreateDBClusterParameterGroup: (input: rds.CreateDBClusterParameterGroupMessage) =>
        createParameterGroup(world, input),
      DescribeDBClusterParameterGroups: (input: rds.DescribeDBClusterParameterGroupsMessage) =>
        describeParameterGroups(world, input),
      DeleteDBClusterParameterGroup: (input: rds.DeleteDBClusterParameterGroupMessage) =>
        deleteParameterGroup(world, input),
      ModifyDBClusterParameterGroup: (input: rds.ModifyDBClusterParameterGroupMessage) =>
        modifyParameterGroup(world, input),
      ResetDBClusterParameterGroup: (input: rds.ResetDBClusterParameterGroupMessage) =>
        resetParameterGroup(world, input),
      DescribeDBClusterParameters: (input: rds.DescribeDBClusterParametersMessage) => describeParameters(world, input),
      DescribeGlobalClusters: (input: rds.DescribeGlobalClustersMessage) => describeGlobalClusters(input),
      AddTagsToResource: (input: rds.AddTagsToResourceMessage) => addTags(world, input),
      RemoveTagsFromResource: (input: rds.RemoveTagsFromResourceMessage) => removeTags(world, input),
      ListTagsForResource: (input: rds.ListTagsForResourceMessage) => listTags(world, input),
    },
  };
}
