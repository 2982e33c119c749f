import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import type { Schedule, ScheduleGroup } from './state.ts';

export const DEFAULT_GROUP = 'default';

// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
const LEGAL_NAME = /^[\w.-]{1,64}$/;

export const invalid = (message: string): Refusal => new Refusal('ValidationException', message);

export function checkName(name: string): void {
  if (!LEGAL_NAME.test(name)) {
    throw invalid(
      `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[0-9a-zA-Z-_.]+$`,
    );
  }
}

export const groupArn = ({ region, accountId }: World, name: string): string =>
  `arn:aws:scheduler:${region}:${accountId}:schedule-group/${name}`;

export const scheduleArn = ({ region, accountId }: World, group: string, name: string): string =>
  `arn:aws:scheduler:${region}:${accountId}:schedule/${group}/${name}`;

/** The group that every account has is made when it is first asked for. Throws ResourceNotFoundException. */
export function groupNamed(world: World, name: string = DEFAULT_GROUP): ScheduleGroup {
  const { groups } = world.scheduler;
  const group = groups.get(name);
  if (group) {
    return group;
  }
  if (name !== DEFAULT_GROUP) {
    throw new Refusal('ResourceNotFoundException', `Schedule group ${name} does not exist.`);
  }
  const now = world.clock.now();
  const arn = groupArn(world, name);
  const made: ScheduleGroup = { name, arn, createdAt: now, modifiedAt: now, state: 'ACTIVE', tags: {} };
  groups.set(name, made);
  return made;
}

export interface ScheduleAsked {
  readonly Name?: string | undefined;
  readonly GroupName?: string | undefined;
}

/** Throws ResourceNotFoundException. */
export function scheduleAsked(world: World, { Name = '', GroupName = DEFAULT_GROUP }: ScheduleAsked): Schedule {
  const schedule = world.scheduler.schedules.get(scheduleArn(world, GroupName, Name));
  if (!schedule) {
    throw new Refusal('ResourceNotFoundException', `Schedule ${Name} does not exist.`);
  }
  return schedule;
}

export const schedulesOf = ({ scheduler }: World, group: string): Schedule[] =>
  [...scheduler.schedules.values()].filter((schedule) => schedule.group === group);
