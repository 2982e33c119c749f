import type {
  CreateNotificationRequest,
  CreateSubscriberRequest,
  DeleteNotificationRequest,
  DeleteSubscriberRequest,
  DescribeNotificationsForBudgetRequest,
  DescribeNotificationsForBudgetResponse,
  DescribeSubscribersForNotificationRequest,
  DescribeSubscribersForNotificationResponse,
  Notification,
  NotificationWithSubscribers,
  Subscriber,
  UpdateNotificationRequest,
} from '@aws-sdk/client-budgets';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { pageIn } from './paging.ts';
import { budgetNamed, invalid, notFound } from './refusals.ts';
import type { Budget, BudgetNotification } from './state.ts';

/*
 * "A budget can have up to five notifications, and each notification can have one SNS subscriber and up to 10 email
 * subscribers" (API reference, CreateBudget); the model takes ten notifications, and so does this.
 */
const MOST_NOTIFICATIONS = 10;
const MOST_EMAILS = 10;
const LARGEST_PERCENTAGE = 1_000_000;

const duplicate = (message: string): Refusal => new Refusal('DuplicateRecordException', message);

/** What a notification is known by; its state is not. */
const keyOf = ({
  NotificationType,
  ComparisonOperator,
  Threshold,
  ThresholdType = 'PERCENTAGE',
}: Notification): string => JSON.stringify([NotificationType, ComparisonOperator, Threshold, ThresholdType]);

/** Checked and with AWS's defaults, ready to be kept with a new budget. */
export function readNotifications(given: readonly NotificationWithSubscribers[] = []): BudgetNotification[] {
  return given.reduce<BudgetNotification[]>((kept, one) => [...kept, readNotification(kept, one)], []);
}

function readNotification(
  others: readonly BudgetNotification[],
  { Notification: given, Subscribers = [] }: NotificationWithSubscribers,
): BudgetNotification {
  const notification = checkedNotification(given);
  if (others.some((other) => keyOf(other.notification) === keyOf(notification))) {
    throw duplicate('The notification already exists.');
  }
  if (others.length >= MOST_NOTIFICATIONS) {
    throw new Refusal(
      'CreationLimitExceededException',
      `A budget can have at most ${MOST_NOTIFICATIONS} notifications`,
    );
  }
  return { notification, subscribers: checkedSubscribers(Subscribers) };
}

const KINDS = {
  NotificationType: ['ACTUAL', 'FORECASTED'],
  ComparisonOperator: ['GREATER_THAN', 'LESS_THAN', 'EQUAL_TO'],
  ThresholdType: ['PERCENTAGE', 'ABSOLUTE_VALUE'],
} as const;

function checkedNotification(given: Notification | undefined): Notification {
  const notification = { ThresholdType: 'PERCENTAGE', ...given, NotificationState: 'OK' } as Notification;
  for (const [name, known] of Object.entries(KINDS)) {
    const value = notification[name as keyof typeof KINDS] ?? '';
    if (!(known as readonly string[]).includes(value)) {
      throw invalid(`The ${name} '${value}' of a notification is not one of ${known.join(', ')}`);
    }
  }
  const { Threshold = 0, ThresholdType } = notification;
  if (Threshold <= 0 || (ThresholdType === 'PERCENTAGE' && Threshold > LARGEST_PERCENTAGE)) {
    throw invalid(`The threshold ${Threshold} must be above 0, and at most ${LARGEST_PERCENTAGE} percent`);
  }
  return notification;
}

function checkedSubscribers(subscribers: readonly Subscriber[]): readonly Subscriber[] {
  const topics = subscribers.filter(({ SubscriptionType }) => SubscriptionType === 'SNS');
  const emails = subscribers.filter(({ SubscriptionType }) => SubscriptionType === 'EMAIL');
  if (subscribers.length === 0 || topics.length + emails.length < subscribers.length) {
    throw invalid('A notification needs subscribers, each of type SNS or EMAIL');
  }
  if (topics.length > 1 || emails.length > MOST_EMAILS) {
    throw new Refusal(
      'CreationLimitExceededException',
      `A notification can have one SNS subscriber and ${MOST_EMAILS} email subscribers`,
    );
  }
  const wrong = [
    ...topics.filter(({ Address = '' }) => !/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:.+$/.test(Address)),
    ...emails.filter(({ Address = '' }) => !/^[^@\s]+@[^@\s]+$/.test(Address)),
  ];
  if (wrong.length > 0) {
    throw invalid(`The address of a subscriber of type ${wrong[0]?.SubscriptionType ?? ''} is not valid`);
  }
  const addresses = subscribers.map(({ Address }) => Address);
  if (new Set(addresses).size < addresses.length) {
    throw duplicate('A subscriber already exists.');
  }
  return subscribers;
}

function notificationIn(budget: Budget, given: Notification | undefined): BudgetNotification {
  const found = budget.notifications.find(({ notification }) => given && keyOf(notification) === keyOf(given));
  if (!found) {
    throw notFound(`Unable to get the notification of budget ${budget.name} - it doesn't exist.`);
  }
  return found;
}

function add(world: World, input: CreateNotificationRequest): void {
  const budget = budgetNamed(world, input);
  budget.notifications = [...budget.notifications, readNotification(budget.notifications, input)];
}

function remove(world: World, input: DeleteNotificationRequest): void {
  const budget = budgetNamed(world, input);
  const gone = notificationIn(budget, input.Notification);
  budget.notifications = budget.notifications.filter((one) => one !== gone);
}

function update(world: World, input: UpdateNotificationRequest): void {
  const budget = budgetNamed(world, input);
  const held = notificationIn(budget, input.OldNotification);
  const next = checkedNotification(input.NewNotification);
  if (budget.notifications.some((one) => one !== held && keyOf(one.notification) === keyOf(next))) {
    throw duplicate('The notification already exists.');
  }
  held.notification = next;
}

function addSubscriber(world: World, input: CreateSubscriberRequest): void {
  const held = notificationIn(budgetNamed(world, input), input.Notification);
  held.subscribers = checkedSubscribers([...held.subscribers, ...(input.Subscriber ? [input.Subscriber] : [])]);
}

/** A notification without subscribers is no more. */
function removeSubscriber(world: World, input: DeleteSubscriberRequest): void {
  const budget = budgetNamed(world, input);
  const held = notificationIn(budget, input.Notification);
  const kept = held.subscribers.filter(
    ({ Address, SubscriptionType }) =>
      Address !== input.Subscriber?.Address || SubscriptionType !== input.Subscriber?.SubscriptionType,
  );
  if (kept.length === held.subscribers.length) {
    throw notFound("Unable to delete the subscriber - it doesn't exist.");
  }
  held.subscribers = kept;
  budget.notifications = budget.notifications.filter(({ subscribers }) => subscribers.length > 0);
}

function describe(world: World, input: DescribeNotificationsForBudgetRequest): DescribeNotificationsForBudgetResponse {
  const { notifications } = budgetNamed(world, input);
  const { items, NextToken } = pageIn(notifications, input);
  return { Notifications: items.map(({ notification }) => notification), NextToken };
}

function describeSubscribers(
  world: World,
  input: DescribeSubscribersForNotificationRequest,
): DescribeSubscribersForNotificationResponse {
  const { subscribers } = notificationIn(budgetNamed(world, input), input.Notification);
  const { items, NextToken } = pageIn(subscribers, input);
  return { Subscribers: [...items], NextToken };
}

export function notificationHandlers(world: World): Record<string, Handler> {
  return {
    CreateNotification: (input: CreateNotificationRequest) => add(world, input),
    UpdateNotification: (input: UpdateNotificationRequest) => update(world, input),
    DeleteNotification: (input: DeleteNotificationRequest) => remove(world, input),
    DescribeNotificationsForBudget: (input: DescribeNotificationsForBudgetRequest) => describe(world, input),
    CreateSubscriber: (input: CreateSubscriberRequest) => addSubscriber(world, input),
    DeleteSubscriber: (input: DeleteSubscriberRequest) => removeSubscriber(world, input),
    DescribeSubscribersForNotification: (input: DescribeSubscribersForNotificationRequest) =>
      describeSubscribers(world, input),
  };
}
