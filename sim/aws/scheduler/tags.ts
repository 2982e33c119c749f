import type {
  ListTagsForResourceInput,
  ListTagsForResourceOutput,
  Tag,
  TagResourceInput,
  UntagResourceInput,
} from '@aws-sdk/client-scheduler';
import type { Tags } from '../tag-index.ts';
import { tagProblem } from '../tag-rules.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { groupNamed, invalid } from './lookup.ts';
import type { ScheduleGroup } from './state.ts';

export function tagsIn(pairs: readonly Tag[] | undefined): Tags {
  const tags = Object.fromEntries((pairs ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
  const problem = tagProblem(tags);
  if (problem !== undefined) {
    throw invalid(problem);
  }
  return tags;
}

export function keepTags(world: World, group: ScheduleGroup, tags: Tags): void {
  group.tags = tags;
  world.tagIndex.put(group.arn, tags);
}

/** Groups have tags, schedules have none. */
function tagged(world: World, arn = ''): ScheduleGroup {
  const [, name] = /:schedule-group\/([\w.-]+)$/.exec(arn) ?? [];
  if (name === undefined) {
    throw invalid(`Only schedule groups have tags, not ${arn}.`);
  }
  return groupNamed(world, name);
}

function tag(world: World, { ResourceArn, Tags: pairs }: TagResourceInput): void {
  const group = tagged(world, ResourceArn);
  const all = Object.entries({ ...group.tags, ...tagsIn(pairs) });
  keepTags(world, group, tagsIn(all.map(([Key, Value]) => ({ Key, Value }))));
}

function untag(world: World, { ResourceArn, TagKeys = [] }: UntagResourceInput): void {
  const group = tagged(world, ResourceArn);
  keepTags(world, group, Object.fromEntries(Object.entries(group.tags).filter(([key]) => !TagKeys.includes(key))));
}

function list(world: World, { ResourceArn }: ListTagsForResourceInput): ListTagsForResourceOutput {
  return { Tags: Object.entries(tagged(world, ResourceArn).tags).map(([Key, Value]) => ({ Key, Value })) };
}

export function tagHandlers(world: World): Record<string, Handler> {
  return {
    TagResource: (input: TagResourceInput) => tag(world, input),
    UntagResource: (input: UntagResourceInput) => untag(world, input),
    ListTagsForResource: (input: ListTagsForResourceInput) => list(world, input),
  };
}
