import { expect, it } from '@jest/globals';
import { describeWithAwsCli, runAwsCli } from '../../../support/aws-cli.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

const CLI_TIMEOUT_MS = 60_000;

describeWithAwsCli('the AWS CLI and Budgets', () => {
  it(
    'make a budget with a notification, read both, and delete them',
    async () => {
      const { aws } = await startSteppedAws();
      const cli = async (...words: string[]) =>
        await runAwsCli(aws.url, ['budgets', ...words, '--account-id', '123456789012']);
      const budget = {
        BudgetName: 'previews',
        BudgetType: 'COST',
        TimeUnit: 'MONTHLY',
        BudgetLimit: { Amount: '800', Unit: 'USD' },
      };
      const notification = { NotificationType: 'ACTUAL', ComparisonOperator: 'GREATER_THAN', Threshold: 80 };
      const subscriber = { SubscriptionType: 'EMAIL', Address: 'platform@example.gov.uk' };
      const told = [{ Notification: notification, Subscribers: [subscriber] }];
      const create = ['create-budget', '--budget', JSON.stringify(budget)];

      expect(await cli(...create, '--notifications-with-subscribers', JSON.stringify(told))).toMatchObject({
        exitCode: 0,
      });
      expect((await cli(...create)).stderr).toContain('(DuplicateRecordException)');
      expect((await cli('describe-budget', '--budget-name', 'previews')).json).toMatchObject({
        Budget: { ...budget, BudgetLimit: { Amount: '800.0' } },
      });
      const named = ['--budget-name', 'previews', '--notification', JSON.stringify(notification)];
      expect((await cli('describe-subscribers-for-notification', ...named)).json).toEqual({
        Subscribers: [subscriber],
      });
      expect((await cli('delete-budget', '--budget-name', 'previews')).exitCode).toBe(0);
      expect((await cli('delete-budget', '--budget-name', 'previews')).stderr).toContain('(NotFoundException)');
    },
    CLI_TIMEOUT_MS,
  );
});
