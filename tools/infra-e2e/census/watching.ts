import { BudgetsClient, DescribeBudgetsCommand } from '@aws-sdk/client-budgets';
import { CloudWatchClient, DescribeAlarmsCommand, ListDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { ACCOUNT_ID } from '../account.ts';
import type { Endpoint, Listings } from './listing.ts';

export function watchingListings(endpoint: Endpoint): Listings {
  const budgets = new BudgetsClient(endpoint);
  const cloudWatch = new CloudWatchClient(endpoint);
  const sns = new SNSClient(endpoint);
  const sqs = new SQSClient(endpoint);
  return {
    alarm: async () =>
      (await cloudWatch.send(new DescribeAlarmsCommand({}))).MetricAlarms?.map(({ AlarmName }) => AlarmName),
    dashboard: async () =>
      (await cloudWatch.send(new ListDashboardsCommand({}))).DashboardEntries?.map(
        ({ DashboardName }) => DashboardName,
      ),
    budget: async () =>
      (await budgets.send(new DescribeBudgetsCommand({ AccountId: ACCOUNT_ID }))).Budgets?.map(
        ({ BudgetName }) => BudgetName,
      ),
    topic: async () => (await sns.send(new ListTopicsCommand({}))).Topics?.map(({ TopicArn }) => TopicArn),
    queue: async () => (await sqs.send(new ListQueuesCommand({}))).QueueUrls,
  };
}
