import type { World } from '../world.ts';
import { type Expression, expressionIn } from './expression.ts';
import { invalid } from './lookup.ts';
import type { ScheduleSettings } from './state.ts';
import { isTimeZone } from './wall-clock.ts';

const LARGEST_INPUT = 256 * 1024;
const TARGET = /^arn:aws:(lambda|sqs|sns):[a-z0-9-]+:\d{12}:\S+$/;

/** Throws ValidationException. https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html */
export function checkSchedule(world: World, settings: ScheduleSettings): void {
  expressionOf(settings);
  checkWindow(settings);
  checkTarget(world, settings.Target);
  checkRetries(settings.Target?.RetryPolicy ?? {});
  if (!isTimeZone(settings.ScheduleExpressionTimezone ?? 'UTC')) {
    throw invalid(`Invalid Schedule Expression Timezone ${settings.ScheduleExpressionTimezone}.`);
  }
  const { StartDate, EndDate } = settings;
  if (StartDate && EndDate && EndDate <= StartDate) {
    throw invalid('The EndDate must come after the StartDate.');
  }
}

export function expressionOf({ ScheduleExpression = '' }: ScheduleSettings): Expression {
  const expression = expressionIn(ScheduleExpression);
  if (!expression) {
    throw invalid(`Invalid Schedule Expression ${ScheduleExpression}.`);
  }
  return expression;
}

function checkWindow({ FlexibleTimeWindow }: ScheduleSettings): void {
  const { Mode, MaximumWindowInMinutes: minutes } = FlexibleTimeWindow ?? {};
  const isRight = Mode === 'FLEXIBLE' ? within(minutes ?? 0, [1, 1440]) : Mode === 'OFF' && minutes === undefined;
  if (!isRight) {
    throw invalid('A flexible time window has a MaximumWindowInMinutes of 1 to 1440, and one that is OFF has none.');
  }
}

function checkRetries({ MaximumEventAgeInSeconds: age, MaximumRetryAttempts: attempts }: RetryPolicy): void {
  if (age !== undefined && !within(age, [60, 86_400])) {
    throw invalid('MaximumEventAgeInSeconds must be between 60 and 86400.');
  }
  if (attempts !== undefined && !within(attempts, [0, 185])) {
    throw invalid('MaximumRetryAttempts must be between 0 and 185.');
  }
}

type Target = ScheduleSettings['Target'];
type RetryPolicy = NonNullable<NonNullable<Target>['RetryPolicy']>;

/** The role must be there and trust Scheduler. The local cloud sends to functions, queues and topics alone. */
function checkTarget({ iam }: World, target: Target): void {
  const { Arn = '', RoleArn, DeadLetterConfig, Input = '' } = target ?? {};
  if (!TARGET.test(Arn)) {
    throw invalid(`Provided Arn is not in correct format, or no target of the local cloud: ${Arn}`);
  }
  const role = [...iam.roles.values()].find((one) => one.arn === RoleArn);
  if (!role?.trustPolicy.includes('scheduler.amazonaws.com')) {
    throw invalid('The execution role you provide must allow AWS EventBridge Scheduler to assume the role.');
  }
  if (DeadLetterConfig?.Arn?.startsWith('arn:aws:sqs:') === false) {
    throw invalid(`A dead-letter queue is a queue of SQS, not ${DeadLetterConfig.Arn ?? ''}.`);
  }
  if (Buffer.byteLength(Input) > LARGEST_INPUT) {
    throw invalid('The input is larger than 256 KB.');
  }
}

const within = (value: number, [least, most]: readonly [number, number]): boolean => value >= least && value <= most;
