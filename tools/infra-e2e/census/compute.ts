import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  DescribeClustersCommand,
  ECSClient,
  ListClustersCommand,
  ListTaskDefinitionsCommand,
} from '@aws-sdk/client-ecs';
import type { Endpoint, Listings } from './listing.ts';

export function computeListings(endpoint: Endpoint): Listings {
  const ecs = new ECSClient(endpoint);
  const ecr = new ECRClient(endpoint);
  const logs = new CloudWatchLogsClient(endpoint);
  return {
    cluster: async () => {
      const { clusterArns = [] } = await ecs.send(new ListClustersCommand({}));
      const { clusters = [] } = await ecs.send(new DescribeClustersCommand({ clusters: clusterArns }));
      return clusters.filter(({ status }) => status !== 'INACTIVE').map(({ clusterName }) => clusterName);
    },
    'task definition': async () => (await ecs.send(new ListTaskDefinitionsCommand({}))).taskDefinitionArns,
    repository: async () =>
      (await ecr.send(new DescribeRepositoriesCommand({}))).repositories?.map(({ repositoryName }) => repositoryName),
    'log group': async () =>
      (await logs.send(new DescribeLogGroupsCommand({}))).logGroups?.map(({ logGroupName }) => logGroupName),
  };
}
