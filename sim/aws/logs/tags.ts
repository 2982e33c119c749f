import type {
  ListTagsForResourceRequest,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Tags } from '../tag-index.ts';
import { maximumTags, tagProblem } from '../tag-rules.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { groupNamed } from './lookup.ts';
import type { LogGroup } from './state.ts';

export function checkTags(tags: Tags): void {
  const problem = tagProblem(tags);
  if (problem) {
    throw new Refusal('InvalidParameterException', problem);
  }
}

/** The tagging operations want the ARN without the `:*` that DescribeLogGroups' `arn` member carries. */
function groupByTaggingArn(world: World, arn = ''): LogGroup {
  if (!arn.startsWith('arn:') || arn.endsWith(':*')) {
    throw new Refusal('InvalidParameterException', `The resource ARN ${arn} is not the ARN of a log group.`);
  }
  return groupNamed(world, arn);
}

function setTags(world: World, group: LogGroup, tags: Tags): void {
  group.tags = tags;
  world.tagIndex.put(group.arn, tags);
}

function tagResource(world: World, { resourceArn, tags = {} }: TagResourceRequest): void {
  const group = groupByTaggingArn(world, resourceArn);
  checkTags(tags);
  const merged = { ...group.tags, ...tags };
  if (Object.keys(merged).length > maximumTags) {
    throw new Refusal('TooManyTagsException', `A log group can have at most ${maximumTags} tags.`);
  }
  setTags(world, group, merged);
}

function untagResource(world: World, { resourceArn, tagKeys = [] }: UntagResourceRequest): void {
  const group = groupByTaggingArn(world, resourceArn);
  setTags(world, group, Object.fromEntries(Object.entries(group.tags).filter(([key]) => !tagKeys.includes(key))));
}

export function tagHandlers(world: World): Record<string, Handler> {
  return {
    TagResource: (input: TagResourceRequest) => tagResource(world, input),
    UntagResource: (input: UntagResourceRequest) => untagResource(world, input),
    ListTagsForResource: ({ resourceArn }: ListTagsForResourceRequest) => ({
      tags: { ...groupByTaggingArn(world, resourceArn).tags },
    }),
  };
}
