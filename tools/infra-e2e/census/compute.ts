import { ApplicationAutoScalingClient, DescribeScalableTargetsCommand } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  DescribeClustersCommand,
  ECSClient,
  ListClustersCommand,
  ListTaskDefinitionsCommand,
} from '@aws-sdk/client-ecs';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListScheduleGroupsCommand, ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import type { Endpoint, Listings } from './listing.ts';

export function computeListings(endpoint: Endpoint): Listings {
  const ecs = new ECSClient(endpoint);
  const ecr = new ECRClient(endpoint);
  const logs = new CloudWatchLogsClient(endpoint);
  const lambda = new LambdaClient(endpoint);
  const scaling = new ApplicationAutoScalingClient(endpoint);
  const scheduler = new SchedulerClient(endpoint);
  return {
    function: async () =>
      (await lambda.send(new ListFunctionsCommand({}))).Functions?.map(({ FunctionName }) => FunctionName),
    'scalable target': async () =>
      (await scaling.send(new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs' }))).ScalableTargets?.map(
        ({ ResourceId }) => ResourceId,
      ),
    schedule: async () => (await scheduler.send(new ListSchedulesCommand({}))).Schedules?.map(({ Name }) => Name),
    'schedule group': async () =>
      (await scheduler.send(new ListScheduleGroupsCommand({}))).ScheduleGroups?.map(({ Name }) => Name),
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
