import type {
  CreateScheduleInput,
  CreateScheduleOutput,
  GetScheduleOutput,
  ListSchedulesInput,
  ListSchedulesOutput,
  UpdateScheduleInput,
} from '@aws-sdk/client-scheduler';
import { pageOf } from '../paging.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { planNext } from './firing.ts';
import { checkName, groupNamed, invalid, type ScheduleAsked, scheduleArn, scheduleAsked } from './lookup.ts';
import { checkSchedule } from './schedule-rules.ts';
import type { Schedule, ScheduleSettings } from './state.ts';

const PAGE = 100;

function settingsIn(input: CreateScheduleInput | UpdateScheduleInput): ScheduleSettings {
  const { Name: _, GroupName: __, ClientToken: ___, ...settings } = input;
  return settings;
}

function create(world: World, input: CreateScheduleInput): CreateScheduleOutput {
  const { Name: name = '' } = input;
  checkName(name);
  const group = groupNamed(world, input.GroupName);
  if (group.state === 'DELETING') {
    throw new Refusal('ConflictException', `Schedule group ${group.name} is being deleted.`);
  }
  const arn = scheduleArn(world, group.name, name);
  if (world.scheduler.schedules.has(arn)) {
    throw new Refusal('ConflictException', `Schedule ${name} already exists.`);
  }
  const settings = settingsIn(input);
  checkSchedule(world, settings);
  const now = world.clock.now();
  const schedule: Schedule = {
    name,
    group: group.name,
    arn,
    createdAt: now,
    modifiedAt: now,
    settings,
    firings: [],
    cancel: () => undefined,
  };
  world.scheduler.schedules.set(arn, schedule);
  planNext(world, schedule);
  return { ScheduleArn: arn };
}

/** What is left out is set back to its default: https://docs.aws.amazon.com/scheduler/latest/APIReference/API_UpdateSchedule.html */
function update(world: World, input: UpdateScheduleInput): CreateScheduleOutput {
  const schedule = scheduleAsked(world, input);
  const settings = settingsIn(input);
  checkSchedule(world, settings);
  schedule.settings = settings;
  schedule.modifiedAt = world.clock.now();
  planNext(world, schedule);
  return { ScheduleArn: schedule.arn };
}

export function forget({ scheduler }: World, schedule: Schedule): void {
  schedule.cancel();
  scheduler.schedules.delete(schedule.arn);
}

function get(world: World, input: ScheduleAsked): GetScheduleOutput {
  const { name, group, arn, createdAt, modifiedAt, settings } = scheduleAsked(world, input);
  const { Target } = settings;
  return {
    Name: name,
    GroupName: group,
    Arn: arn,
    CreationDate: createdAt,
    LastModificationDate: modifiedAt,
    ActionAfterCompletion: 'NONE',
    ScheduleExpressionTimezone: 'UTC',
    State: 'ENABLED',
    ...settings,
    ...(Target && {
      Target: {
        ...Target,
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185, ...Target.RetryPolicy },
      },
    }),
  };
}

function list(world: World, input: ListSchedulesInput): ListSchedulesOutput {
  const { GroupName, NamePrefix = '', State } = input;
  const found = [...world.scheduler.schedules.values()].filter(
    ({ name, group, settings }) =>
      name.startsWith(NamePrefix) &&
      (GroupName === undefined || GroupName === group) &&
      (State === undefined || State === (settings.State ?? 'ENABLED')),
  );
  const refuseToken = (): never => {
    throw invalid('Invalid NextToken.');
  };
  const limit = Math.min(input.MaxResults ?? PAGE, PAGE);
  const { items, nextToken } = pageOf(found, { limit, token: input.NextToken, refuseToken });
  return {
    Schedules: items.map(({ name, group, arn, createdAt, modifiedAt, settings }) => ({
      Name: name,
      GroupName: group,
      Arn: arn,
      State: settings.State ?? 'ENABLED',
      CreationDate: createdAt,
      LastModificationDate: modifiedAt,
      Target: { Arn: settings.Target?.Arn },
    })),
    ...(nextToken !== undefined && { NextToken: nextToken }),
  };
}

export function scheduleHandlers(world: World): Record<string, Handler> {
  return {
    CreateSchedule: (input: CreateScheduleInput) => create(world, input),
    UpdateSchedule: (input: UpdateScheduleInput) => update(world, input),
    GetSchedule: (input: ScheduleAsked) => get(world, input),
    DeleteSchedule: (input: ScheduleAsked) => forget(world, scheduleAsked(world, input)),
    ListSchedules: (input: ListSchedulesInput) => list(world, input),
  };
}
