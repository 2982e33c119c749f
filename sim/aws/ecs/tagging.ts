import type { ListTagsForResourceRequest, TagResourceRequest, UntagResourceRequest } from '@aws-sdk/client-ecs';
import type { Tags } from '../tag-index.ts';
import { maximumTags } from '../tag-rules.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { findTaskDefinition } from './lookup.ts';
import { readTags, tagList } from './tags.ts';

interface Tagged {
  readonly arn: string;
  tags: Tags;
}

function taggedResource(world: World, arn = ''): Tagged {
  const { clusters, services, tasks } = world.ecs;
  const found =
    [...clusters.values()].find((cluster) => cluster.arn === arn) ??
    services.get(arn) ??
    tasks.get(arn) ??
    (arn.includes(':task-definition/') ? findTaskDefinition(world, arn) : undefined);
  if (!/^arn:aws:ecs:[^:]+:\d{12}:(cluster|service|task|task-definition)\/./.test(arn)) {
    throw new Refusal('InvalidParameterException', 'Resource ARN is not valid.');
  }
  if (!found) {
    throw new Refusal('ResourceNotFoundException', 'The specified resource could not be found.');
  }
  return found;
}

function setTags(world: World, resource: Tagged, tags: Tags): void {
  if (Object.keys(tags).length > maximumTags) {
    throw new Refusal('InvalidParameterException', `A resource can have at most ${maximumTags} tags.`);
  }
  resource.tags = tags;
  world.tagIndex.put(resource.arn, tags);
}

export function taggingHandlers(world: World): Record<string, Handler> {
  return {
    TagResource: ({ resourceArn, tags }: TagResourceRequest) => {
      const resource = taggedResource(world, resourceArn);
      setTags(world, resource, { ...resource.tags, ...readTags(tags) });
    },
    UntagResource: ({ resourceArn, tagKeys = [] }: UntagResourceRequest) => {
      const resource = taggedResource(world, resourceArn);
      const kept = Object.entries(resource.tags).filter(([key]) => !tagKeys.includes(key));
      setTags(world, resource, Object.fromEntries(kept));
    },
    ListTagsForResource: ({ resourceArn }: ListTagsForResourceRequest) => ({
      tags: tagList(taggedResource(world, resourceArn).tags),
    }),
  };
}
