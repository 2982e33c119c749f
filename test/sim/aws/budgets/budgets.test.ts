import {
  type Budget,
  BudgetsClient,
  CreateBudgetCommand,
  CreateNotificationCommand,
  CreateSubscriberCommand,
  DeleteBudgetCommand,
  DeleteSubscriberCommand,
  DescribeBudgetCommand,
  DescribeBudgetsCommand,
  DescribeNotificationsForBudgetCommand,
  DescribeSubscribersForNotificationCommand,
  ListTagsForResourceCommand,
  type Notification,
  type Subscriber,
  UpdateBudgetCommand,
} from '@aws-sdk/client-budgets';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

const AccountId = '123456789012';
const BudgetName = 'previews';

let budgets: BudgetsClient;
let now: Date;

beforeEach(async () => {
  const { clock, client } = await startSteppedAws();
  budgets = new BudgetsClient(client);
  now = clock.now();
});

const BUDGET: Budget = {
  BudgetName,
  BudgetType: 'COST',
  TimeUnit: 'MONTHLY',
  BudgetLimit: { Amount: '800', Unit: 'USD' },
  CostFilters: { TagKeyValue: ['user:Project$ephemeral'] },
};

const ACTUAL: Notification = { NotificationType: 'ACTUAL', ComparisonOperator: 'GREATER_THAN', Threshold: 80 };
const email = (name: string): Subscriber => ({ SubscriptionType: 'EMAIL', Address: `${name}@example.gov.uk` });
const TOPIC: Subscriber = { SubscriptionType: 'SNS', Address: 'arn:aws:sns:eu-west-1:123456789012:alerts' };

const create = async (more: Partial<Budget> = {}, subscribers?: Subscriber[]) =>
  await budgets.send(
    new CreateBudgetCommand({
      AccountId,
      Budget: { ...BUDGET, ...more },
      ...(subscribers && { NotificationsWithSubscribers: [{ Notification: ACTUAL, Subscribers: subscribers }] }),
      ResourceTags: [{ Key: 'Team', Value: 'ours' }],
    }),
  );

const described = async () => (await budgets.send(new DescribeBudgetCommand({ AccountId, BudgetName }))).Budget;

const notify = async (Notification: Notification, Subscribers: Subscriber[]) =>
  await budgets.send(new CreateNotificationCommand({ AccountId, BudgetName, Notification, Subscribers }));

const notifications = async () =>
  (await budgets.send(new DescribeNotificationsForBudgetCommand({ AccountId, BudgetName }))).Notifications;

describe('a budget', () => {
  it('is described with what AWS fills in', async () => {
    await create();
    expect(await described()).toMatchObject({
      BudgetLimit: { Amount: '800.0', Unit: 'USD' },
      CostFilters: { TagKeyValue: ['user:Project$ephemeral'] },
      CostTypes: { IncludeTax: true, UseBlended: false },
      TimePeriod: {
        Start: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth())),
        End: new Date('2087-06-15T00:00:00Z'),
      },
    });
  });

  it('is replaced as a whole, and keeps its notifications and its tags', async () => {
    await create({}, [TOPIC]);
    const { CostFilters: _, ...NewBudget } = BUDGET;
    const BudgetLimit = { Amount: '900', Unit: 'USD' };
    await budgets.send(new UpdateBudgetCommand({ AccountId, NewBudget: { ...NewBudget, BudgetLimit } }));
    expect(await described()).toMatchObject({ BudgetLimit: { Amount: '900.0' }, CostFilters: {} });
    expect(await notifications()).toHaveLength(1);
    const ResourceARN = `arn:aws:budgets::${AccountId}:budget/${BudgetName}`;
    const { ResourceTags } = await budgets.send(new ListTagsForResourceCommand({ ResourceARN }));
    expect(ResourceTags).toEqual([{ Key: 'Team', Value: 'ours' }]);
  });

  it('has a name of its own until it is deleted', async () => {
    await create();
    await expect(create()).rejects.toMatchObject({ name: 'DuplicateRecordException' });
    await budgets.send(new DeleteBudgetCommand({ AccountId, BudgetName }));
    await expect(described()).rejects.toMatchObject({ name: 'NotFoundException' });
    expect((await budgets.send(new DescribeBudgetsCommand({ AccountId }))).Budgets).toEqual([]);
  });

  it.each([
    { reason: 'no limit', more: { BudgetLimit: undefined } },
    { reason: 'a limit of nothing', more: { BudgetLimit: { Amount: '0', Unit: 'USD' } } },
    { reason: 'pounds', more: { BudgetLimit: { Amount: '1', Unit: 'GBP' } } },
    { reason: 'a colon in its name', more: { BudgetName: 'a:b' } },
    { reason: 'an unknown filter', more: { CostFilters: { Colour: ['red'] } } },
    { reason: 'a tag without its value', more: { CostFilters: { TagKeyValue: ['user:Project'] } } },
    {
      reason: 'an end before its start',
      more: { TimePeriod: { Start: new Date('2030-01-01'), End: new Date('2029-01-01') } },
    },
  ])('is refused with $reason', async ({ more }) => {
    await expect(create(more)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('of another account is nobody’s to see', async () => {
    const command = new DescribeBudgetsCommand({ AccountId: '210987654321' });
    await expect(budgets.send(command)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

describe('a notification', () => {
  const subscribers = async () => {
    const command = new DescribeSubscribersForNotificationCommand({ AccountId, BudgetName, Notification: ACTUAL });
    return (await budgets.send(command)).Subscribers;
  };

  it('is known by what it compares, and is there once', async () => {
    await create({}, [TOPIC]);
    await expect(notify({ ...ACTUAL, ThresholdType: 'PERCENTAGE' }, [TOPIC])).rejects.toMatchObject({
      name: 'DuplicateRecordException',
    });
    await notify({ ...ACTUAL, NotificationType: 'FORECASTED' }, [email('one')]);
    expect((await notifications())?.map(({ NotificationType }) => NotificationType)).toEqual(['ACTUAL', 'FORECASTED']);
  });

  it('goes with its last subscriber', async () => {
    await create({}, [TOPIC]);
    const input = { AccountId, BudgetName, Notification: ACTUAL };
    await budgets.send(new CreateSubscriberCommand({ ...input, Subscriber: email('one') }));
    expect(await subscribers()).toEqual([TOPIC, email('one')]);
    await budgets.send(new DeleteSubscriberCommand({ ...input, Subscriber: TOPIC }));
    await budgets.send(new DeleteSubscriberCommand({ ...input, Subscriber: email('one') }));
    expect(await notifications()).toEqual([]);
  });

  it.each([
    {
      reason: 'two topics',
      code: 'CreationLimitExceededException',
      to: [TOPIC, { ...TOPIC, Address: `${TOPIC.Address}-2` }],
    },
    {
      reason: 'eleven addresses',
      code: 'CreationLimitExceededException',
      to: Array.from({ length: 11 }, (_, index) => email(`one-${index}`)),
    },
    { reason: 'one address twice', code: 'DuplicateRecordException', to: [email('one'), email('one')] },
    { reason: 'nobody to tell', code: 'InvalidParameterException', to: [] },
    { reason: 'an address that is none', code: 'InvalidParameterException', to: [{ ...TOPIC, Address: 'alerts' }] },
  ])('is refused with $reason, and its budget with it', async ({ code, to }) => {
    await expect(create({}, to)).rejects.toMatchObject({ name: code });
    await expect(described()).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});
