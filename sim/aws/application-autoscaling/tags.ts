import type {
  ListTagsForResourceRequest,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-application-auto-scaling';
import type { Tags } from '../tag-index.ts';
import { maximumTags, tagProblem } from '../tag-rules.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import type { ScalableTarget } from './state.ts';

export function tagsIn(tags: Tags = {}): Tags {
  const problem = tagProblem(tags);
  if (problem !== undefined) {
    throw new Refusal('ValidationException', problem);
  }
  return tags;
}

function taggedAs({ applicationAutoScaling }: World, arn = ''): ScalableTarget {
  const target = [...applicationAutoScaling.targets.values()].find((candidate) => candidate.arn === arn);
  if (!target) {
    throw new Refusal('ResourceNotFoundException', `There is no scalable target ${arn}`, {
      members: { ResourceName: arn },
    });
  }
  return target;
}

function setTags(world: World, target: ScalableTarget, tags: Tags): void {
  if (Object.keys(tags).length > maximumTags) {
    throw new Refusal('TooManyTagsException', `A scalable target can have at most ${maximumTags} tags`, {
      members: { ResourceName: target.arn },
    });
  }
  target.tags = tagsIn(tags);
  world.tagIndex.put(target.arn, target.tags);
}

export function tagHandlers(world: World): Record<string, Handler> {
  return {
    TagResource: ({ ResourceARN, Tags: added = {} }: TagResourceRequest) => {
      const target = taggedAs(world, ResourceARN);
      setTags(world, target, { ...target.tags, ...added });
    },
    UntagResource: ({ ResourceARN, TagKeys = [] }: UntagResourceRequest) => {
      const target = taggedAs(world, ResourceARN);
      const kept = Object.entries(target.tags).filter(([key]) => !TagKeys.includes(key));
      setTags(world, target, Object.fromEntries(kept));
    },
    ListTagsForResource: ({ ResourceARN }: ListTagsForResourceRequest) => ({ Tags: taggedAs(world, ResourceARN).tags }),
  };
}
