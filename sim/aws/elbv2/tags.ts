import type {
  AddTagsInput,
  DescribeTagsInput,
  DescribeTagsOutput,
  RemoveTagsInput,
  Tag,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Tags } from '../tag-index.ts';
import { maximumTags, tagProblem } from '../tag-rules.ts';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { validationError } from './validation-error.ts';

const MOST_ARNS = 20;

/** The tags of a create or AddTags call. */
export function readTags(given: readonly Tag[] = []): Tags {
  const tags: Record<string, string> = {};
  for (const { Key: key = '', Value: value = '' } of given) {
    if (key in tags) {
      throw new Refusal('DuplicateTagKeysException', `Tag key '${key}' was given more than once`);
    }
    tags[key] = value;
  }
  refuseIllegal(tags);
  return tags;
}

function refuseIllegal(tags: Tags): void {
  const problem = tagProblem(tags);
  if (problem !== undefined) {
    throw Object.keys(tags).length > maximumTags
      ? new Refusal('TooManyTagsException', problem)
      : validationError(problem);
  }
}

/** The tagging API never hears of a resource that has no tags and never had any. */
export function setTags(world: World, arn: string, tags: Tags): void {
  if (Object.keys(tags).length > 0 || world.elbv2.tags.has(arn)) {
    world.elbv2.tags.set(arn, tags);
    world.tagIndex.put(arn, tags);
  }
}

export function forgetTags(world: World, arn: string): void {
  world.elbv2.tags.delete(arn);
  world.tagIndex.remove(arn);
}

function refuseUnlessKnown(world: World, arn: string): void {
  const { loadBalancers, listeners, rules, targetGroups } = world.elbv2;
  const kinds = [
    ['targetgroup/', targetGroups, 'TargetGroupNotFoundException', 'target groups'],
    ['listener-rule/', rules, 'RuleNotFoundException', 'rules'],
    ['listener/', listeners, 'ListenerNotFoundException', 'listeners'],
    ['loadbalancer/', loadBalancers, 'LoadBalancerNotFoundException', 'load balancers'],
  ] as const;
  const kind = kinds.find(([prefix]) => arn.includes(`:${prefix}`));
  if (!kind) {
    throw validationError(`'${arn}' is not a valid ARN of a taggable resource`);
  }
  const [, held, code, name] = kind;
  if (!held.has(arn)) {
    throw new Refusal(code, `The following ${name} could not be found: ['${arn}']`);
  }
}

function refuseUnlessAllKnown(world: World, arns: readonly string[]): void {
  if (arns.length > MOST_ARNS) {
    throw validationError(`At most ${MOST_ARNS} resources may be named, not ${arns.length}`);
  }
  for (const arn of arns) {
    refuseUnlessKnown(world, arn);
  }
}

export function addTags(world: World, { ResourceArns = [], Tags = [] }: AddTagsInput): void {
  refuseUnlessAllKnown(world, ResourceArns);
  const added = readTags(Tags);
  const merged = ResourceArns.map((arn) => [arn, { ...world.elbv2.tags.get(arn), ...added }] as const);
  for (const [, tags] of merged) {
    refuseIllegal(tags);
  }
  for (const [arn, tags] of merged) {
    setTags(world, arn, tags);
  }
}

export function removeTags(world: World, { ResourceArns = [], TagKeys = [] }: RemoveTagsInput): void {
  refuseUnlessAllKnown(world, ResourceArns);
  for (const arn of ResourceArns) {
    const kept = Object.entries(world.elbv2.tags.get(arn) ?? {}).filter(([key]) => !TagKeys.includes(key));
    setTags(world, arn, Object.fromEntries(kept));
  }
}

export function describeTags(world: World, { ResourceArns = [] }: DescribeTagsInput): DescribeTagsOutput {
  refuseUnlessAllKnown(world, ResourceArns);
  return {
    TagDescriptions: ResourceArns.map((arn) => ({
      ResourceArn: arn,
      Tags: Object.entries(world.elbv2.tags.get(arn) ?? {}).map(([Key, Value]) => ({ Key, Value })),
    })),
  };
}
