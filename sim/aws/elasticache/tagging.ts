import type {
  AddTagsToResourceMessage,
  ListTagsForResourceMessage,
  RemoveTagsFromResourceMessage,
  TagListMessage,
} from '@aws-sdk/client-elasticache';
import type { Tags } from '../tag-index.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { parameterGroupNamed } from './parameter-groups.ts';
import { groupOfCluster, replicationGroupNamed } from './replication-group-lookup.ts';
import { serverlessCacheNamed } from './serverless-caches.ts';
import { subnetGroupNamed } from './subnet-groups.ts';
import { checkedTags, tagListOf, tagsIn } from './tag-rules.ts';

interface Tagged {
  readonly arn: string;
  tags: Tags;
}

/** Kind in an ARN -> how to find such a thing; each throws its own not-found. A node has the tags of its group. */
const finders: Readonly<Record<string, (world: World, name: string) => Tagged>> = {
  replicationgroup: replicationGroupNamed,
  serverlesscache: serverlessCacheNamed,
  subnetgroup: subnetGroupNamed,
  parametergroup: parameterGroupNamed,
  cluster: (world, name) => groupOfCluster(world, name),
};

function resourceOf(world: World, arn = ''): Tagged {
  const [, , service, , , kind = '', ...name] = arn.split(':');
  const find = finders[kind];
  if (service !== 'elasticache' || !find) {
    throw new Refusal('InvalidARNFault', `${arn} is not the ARN of a resource of ElastiCache`);
  }
  return find(world, name.join(':'));
}

function setTags(world: World, resource: Tagged, tags: Tags): TagListMessage {
  resource.tags = tags;
  world.tagIndex.put(resource.arn, tags);
  return { TagList: tagListOf(tags) };
}

export function tagHandlers(world: World): Record<string, Handler> {
  return {
    AddTagsToResource: ({ ResourceName, Tags: added }: AddTagsToResourceMessage) => {
      const resource = resourceOf(world, ResourceName);
      return setTags(world, resource, checkedTags({ ...resource.tags, ...tagsIn(added) }));
    },
    RemoveTagsFromResource: ({ ResourceName, TagKeys = [] }: RemoveTagsFromResourceMessage) => {
      const resource = resourceOf(world, ResourceName);
      const kept = Object.entries(resource.tags).filter(([key]) => !TagKeys.includes(key));
      return setTags(world, resource, Object.fromEntries(kept));
    },
    ListTagsForResource: ({ ResourceName }: ListTagsForResourceMessage): TagListMessage => ({
      TagList: tagListOf(resourceOf(world, ResourceName).tags),
    }),
  };
}
