import { deliverToQueue } from '../sqs/sending.ts';
import type { World } from '../world.ts';
import { nextAfter } from './expression.ts';
import { expressionOf } from './schedule-rules.ts';
import type { Firing, Schedule } from './state.ts';
import { sendToTarget } from './target.ts';

const KEPT = 1000;
const USUAL_RETRIES = 185;
const USUAL_AGE_SECONDS = 86_400;
const LONGEST_BACKOFF_SECONDS = 3600;

/** Sets the clock for the next time a schedule is due, in place of what was set before. A disabled one is never due. */
export function planNext(world: World, schedule: Schedule): void {
  schedule.cancel();
  const due = nextDue(world, schedule);
  if (!due || schedule.settings.State === 'DISABLED') {
    return;
  }
  const seconds = (due.getTime() - world.clock.now().getTime()) / 1000;
  schedule.cancel = world.clock.after(seconds, () => {
    fire(world, schedule, due);
    planNext(world, schedule);
    completeIfLast(world, schedule);
  });
}

/** Within its dates; in a flexible window it is due at the beginning. */
function nextDue({ clock }: World, { settings, createdAt }: Schedule): Date | undefined {
  const { StartDate, EndDate, ScheduleExpressionTimezone: zone = 'UTC' } = settings;
  const expression = expressionOf(settings);
  const now = clock.now();
  const isEarly = StartDate !== undefined && StartDate > now && expression.kind !== 'at';
  // A moment before the start, so that what is due at the start itself counts.
  const from = isEarly ? new Date(StartDate.getTime() - 1) : now;
  const due = nextAfter(expression, from, { zone, anchor: StartDate ?? createdAt });
  return due && EndDate && due > EndDate && expression.kind !== 'at' ? undefined : due;
}

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-delete.html#managing-schedule-delete-auto */
function completeIfLast(world: World, schedule: Schedule): void {
  const isDone = nextDue(world, schedule) === undefined;
  if (isDone && schedule.settings.ActionAfterCompletion === 'DELETE') {
    world.scheduler.schedules.delete(schedule.arn);
  }
}

function fire(world: World, schedule: Schedule, scheduledFor: Date): void {
  const executionId = world.uniqueHex(32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const firing: Firing = { executionId, scheduledFor, attempts: 0, outcome: 'under way' };
  schedule.firings = [...schedule.firings, firing].slice(-KEPT);
  attempt(world, schedule, firing);
}

/** Tries again, later each time, until the retries or the time are used up; then it is a dead letter. */
function attempt(world: World, schedule: Schedule, firing: Firing): void {
  const { Target } = schedule.settings;
  if (!Target) {
    return;
  }
  firing.attempts += 1;
  const { scheduledFor, executionId, attempts } = firing;
  const problem = sendToTarget(world, { schedule, target: Target, scheduledFor, executionId, attempt: attempts });
  if (problem === undefined) {
    firing.outcome = 'delivered';
    return;
  }
  const { MaximumRetryAttempts = USUAL_RETRIES, MaximumEventAgeInSeconds = USUAL_AGE_SECONDS } =
    Target.RetryPolicy ?? {};
  // That retries back off is documented (retry policy, Scheduler user guide); from a minute on is assumed.
  const backoff = Math.min(60 * 2 ** (attempts - 1), LONGEST_BACKOFF_SECONDS);
  const age = (world.clock.now().getTime() - scheduledFor.getTime()) / 1000;
  const exhausted = attempts > MaximumRetryAttempts ? 'MaximumRetryAttempts' : 'MaximumEventAgeInSeconds';
  if (attempts <= MaximumRetryAttempts && age + backoff <= MaximumEventAgeInSeconds) {
    world.clock.after(backoff, () => attempt(world, schedule, firing));
    return;
  }
  firing.outcome = 'dead';
  deadLetter(world, schedule, { firing, problem, exhausted });
}

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html */
function deadLetter(
  world: World,
  { arn, settings }: Schedule,
  { firing, problem, exhausted }: { firing: Firing; problem: string; exhausted: string },
): void {
  const queue = settings.Target?.DeadLetterConfig?.Arn;
  if (queue === undefined) {
    return;
  }
  const texts = {
    ERROR_CODE: 'AWS.Scheduler.InternalServerError',
    ERROR_MESSAGE: problem,
    EXECUTION_ID: firing.executionId,
    EXHAUSTED_RETRY_CONDITION: exhausted,
    IS_PAYLOAD_TRUNCATED: 'false',
    RETRY_ATTEMPTS: String(firing.attempts - 1),
    SCHEDULED_TIME: firing.scheduledFor.toISOString(),
    SCHEDULE_ARN: arn,
    TARGET_ARN: settings.Target?.Arn ?? '',
  };
  const attributes = Object.fromEntries(
    Object.entries(texts).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  );
  deliverToQueue(world, queue, { body: settings.Target?.Input ?? '{}', attributes });
}
