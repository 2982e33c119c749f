import { BudgetsClient, DescribeBudgetsCommand } from '@aws-sdk/client-budgets';
import { CloudWatchClient, DescribeAlarmsCommand, ListDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeKeyCommand, KMSClient, ListAliasesCommand, ListKeysCommand } from '@aws-sdk/client-kms';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { ACCOUNT_ID } from '../account.ts';
import type { Endpoint, Listings } from './listing.ts';

export function watchingListings(endpoint: Endpoint): Listings {
  const budgets = new BudgetsClient(endpoint);
  const cloudWatch = new CloudWatchClient(endpoint);
  const kms = new KMSClient(endpoint);
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
    key: async () => await keysInUse(kms),
    topic: async () => (await sns.send(new ListTopicsCommand({}))).Topics?.map(({ TopicArn }) => TopicArn),
    queue: async () => (await sqs.send(new ListQueuesCommand({}))).QueueUrls,
  };
}

/**
 * ARNs of the account's own: those of AWS, which come with the first use of a service and stay, are known by their
 * alias. A key that is pending deletion has come to its end, and is shown for days.
 */
async function keysInUse(kms: KMSClient): Promise<(string | undefined)[]> {
  const [{ Keys = [] }, { Aliases = [] }] = await Promise.all([
    kms.send(new ListKeysCommand({})),
    kms.send(new ListAliasesCommand({ Limit: 100 })),
  ]);
  const ofAws = new Set(
    Aliases.filter(({ AliasName }) => AliasName?.startsWith('alias/aws/')).map(({ TargetKeyId }) => TargetKeyId),
  );
  const own = Keys.filter(({ KeyId }) => !ofAws.has(KeyId));
  const described = await Promise.all(
    own.map(async ({ KeyId }) => (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata),
  );
  return described.filter((key) => key?.KeyState !== 'PendingDeletion').map((key) => key?.Arn);
}
