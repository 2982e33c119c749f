import type { ListTagsForResourceRequest, TagResourceRequest, UntagResourceRequest } from '@aws-sdk/client-ecr';
import type { Tags } from '../tag-index.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { repositoryNamed } from './lookup.ts';
import { tagsOf } from './repositories.ts';
import type { Repository } from './state.ts';

function repositoryByArn(world: World, arn = ''): Repository {
  const [, name] = /^arn:aws:ecr:[^:]+:\d{12}:repository\/(.+)$/.exec(arn) ?? [];
  if (name === undefined) {
    throw new Refusal('InvalidParameterException', `Invalid parameter at 'resourceArn': ${arn} is not a repository`);
  }
  return repositoryNamed(world, name);
}

function setTags(world: World, repository: Repository, tags: Tags): void {
  repository.tags = tags;
  world.tagIndex.put(repository.arn, tags);
}

export function tagHandlers(world: World): Record<string, Handler> {
  return {
    TagResource: ({ resourceArn, tags }: TagResourceRequest) => {
      const repository = repositoryByArn(world, resourceArn);
      setTags(world, repository, { ...repository.tags, ...tagsOf(tags) });
    },
    UntagResource: ({ resourceArn, tagKeys = [] }: UntagResourceRequest) => {
      const repository = repositoryByArn(world, resourceArn);
      const kept = Object.entries(repository.tags).filter(([key]) => !tagKeys.includes(key));
      setTags(world, repository, Object.fromEntries(kept));
    },
    ListTagsForResource: ({ resourceArn }: ListTagsForResourceRequest) => ({
      tags: Object.entries(repositoryByArn(world, resourceArn).tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  };
}
