import {
  DescribeCacheClustersCommand,
  DescribeReplicationGroupsCommand,
  ElastiCacheClient,
} from '@aws-sdk/client-elasticache';
import {
  DescribeDBClusterParameterGroupsCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeDBParameterGroupsCommand,
  DescribeDBSubnetGroupsCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DescribeParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Endpoint, Listings } from './listing.ts';

export function dataListings(endpoint: Endpoint): Listings {
  const cache = new ElastiCacheClient(endpoint);
  const rds = new RDSClient(endpoint);
  const s3 = new S3Client({ ...endpoint, forcePathStyle: true });
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
    // AWS's own, `default.` and a family, come with the first instance of the family and cannot be deleted.
    'parameter group': async () =>
      (await rds.send(new DescribeDBParameterGroupsCommand({}))).DBParameterGroups?.map(
        ({ DBParameterGroupName }) => DBParameterGroupName,
      ).filter((name) => !name?.startsWith('default.')),
    'replication group': async () =>
      (await cache.send(new DescribeReplicationGroupsCommand({}))).ReplicationGroups?.map(
        ({ ReplicationGroupId }) => ReplicationGroupId,
      ),
    'cache cluster': async () =>
      (await cache.send(new DescribeCacheClustersCommand({}))).CacheClusters?.map(
        ({ CacheClusterId }) => CacheClusterId,
      ),
    bucket: async () => (await s3.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name),
    secret: async () => (await secrets.send(new ListSecretsCommand({}))).SecretList?.map(({ Name }) => Name),
    parameter: async () => (await ssm.send(new DescribeParametersCommand({}))).Parameters?.map(({ Name }) => Name),
  };
}
