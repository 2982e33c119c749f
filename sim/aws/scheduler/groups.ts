import type {
  CreateScheduleGroupInput,
  CreateScheduleGroupOutput,
  DeleteScheduleGroupInput,
  GetScheduleGroupInput,
  GetScheduleGroupOutput,
  ListScheduleGroupsInput,
  ListScheduleGroupsOutput,
  ScheduleGroupSummary,
} from '@aws-sdk/client-scheduler';
import { pageOf } from '../paging.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { checkName, DEFAULT_GROUP, groupArn, groupNamed, invalid, schedulesOf } from './lookup.ts';
import { forget } from './schedules.ts';
import type { ScheduleGroup } from './state.ts';
import { keepTags, tagsIn } from './tags.ts';

const PAGE = 100;

function create(world: World, { Name: name = '', Tags }: CreateScheduleGroupInput): CreateScheduleGroupOutput {
  checkName(name);
  if (name === DEFAULT_GROUP || world.scheduler.groups.has(name)) {
    throw new Refusal('ConflictException', `Schedule group ${name} already exists.`);
  }
  const now = world.clock.now();
  const arn = groupArn(world, name);
  const group: ScheduleGroup = { name, arn, createdAt: now, modifiedAt: now, state: 'ACTIVE', tags: {} };
  keepTags(world, group, tagsIn(Tags));
  world.scheduler.groups.set(name, group);
  return { ScheduleGroupArn: arn };
}

/** Its schedules go with it, and it is DELETING meanwhile. */
function remove(world: World, { Name }: DeleteScheduleGroupInput): void {
  const group = groupNamed(world, Name);
  if (group.name === DEFAULT_GROUP) {
    throw invalid('The default schedule group cannot be deleted.');
  }
  group.state = 'DELETING';
  world.clock.after(world.durations.scheduleGroupDeleted, () => {
    for (const schedule of schedulesOf(world, group.name)) {
      forget(world, schedule);
    }
    world.scheduler.groups.delete(group.name);
    world.tagIndex.remove(group.arn);
  });
}

function list(world: World, input: ListScheduleGroupsInput): ListScheduleGroupsOutput {
  groupNamed(world);
  const found = [...world.scheduler.groups.values()].filter(({ name }) => name.startsWith(input.NamePrefix ?? ''));
  const refuseToken = (): never => {
    throw invalid('Invalid NextToken.');
  };
  const limit = Math.min(input.MaxResults ?? PAGE, PAGE);
  const { items, nextToken } = pageOf(found, { limit, token: input.NextToken, refuseToken });
  return { ScheduleGroups: items.map(shapeOf), ...(nextToken !== undefined && { NextToken: nextToken }) };
}

function shapeOf({ name, arn, state, createdAt, modifiedAt }: ScheduleGroup): ScheduleGroupSummary {
  return { Name: name, Arn: arn, State: state, CreationDate: createdAt, LastModificationDate: modifiedAt };
}

export function groupHandlers(world: World): Record<string, Handler> {
  return {
    CreateScheduleGroup: (input: CreateScheduleGroupInput) => create(world, input),
    GetScheduleGroup: ({ Name }: GetScheduleGroupInput): GetScheduleGroupOutput => shapeOf(groupNamed(world, Name)),
    DeleteScheduleGroup: (input: DeleteScheduleGroupInput) => remove(world, input),
    ListScheduleGroups: (input: ListScheduleGroupsInput) => list(world, input),
  };
}
