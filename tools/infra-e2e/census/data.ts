import {
  DescribeDBClusterParameterGroupsCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeDBSubnetGroupsCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DescribeParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Endpoint, Listings } from './listing.ts';

export function dataListings(endpoint: Endpoint): Listings {
  const rds = new RDSClient(endpoint);
  const secrets = new SecretsManagerClient(endpoint);
  const ssm = new SSMClient(endpoint);
  return {
    'database cluster': async () =>
      (await rds.send(new DescribeDBClustersCommand({}))).DBClusters?.map(
        ({ DBClusterIdentifier }) => DBClusterIdentifier,
      ),
    'database instance': async () =>
      (await rds.send(new DescribeDBInstancesCommand({}))).DBInstances?.map(
        ({ DBInstanceIdentifier }) => DBInstanceIdentifier,
      ),
    'database subnet group': async () =>
      (await rds.send(new DescribeDBSubnetGroupsCommand({}))).DBSubnetGroups?.map(
        ({ DBSubnetGroupName }) => DBSubnetGroupName,
      ),
    'cluster parameter group': async () =>
      (await rds.send(new DescribeDBClusterParameterGroupsCommand({}))).DBClusterParameterGroups?.map(
        ({ DBClusterParameterGroupName }) => DBClusterParameterGroupName,
      ),
    secret: async () => (await secrets.send(new ListSecretsCommand({}))).SecretList?.map(({ Name }) => Name),
    parameter: async () => (await ssm.send(new DescribeParametersCommand({}))).Parameters?.map(({ Name }) => Name),
  };
}
