import type {
  AddTagsToResourceMessage,
  ListTagsForResourceMessage,
  RemoveTagsFromResourceMessage,
  TagListMessage,
} from '@aws-sdk/client-rds';
import type { Tags } from '../tag-index.ts';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { instanceParameterGroupNamed } from './instance-parameter-groups.ts';
import { anyInstanceNamed, clusterNamed } from './lookup.ts';
import { subnetGroupNamed } from './network.ts';
import { parameterGroupNamed } from './parameter-groups.ts';
import { ownSnapshotNamed } from './snapshot-lookup.ts';
import { checkedTags, tagListOf, tagsIn } from './tag-rules.ts';

interface Tagged {
  readonly arn: string;
  tags: Tags;
}

/** Kind in an ARN -> how to find such a thing; each throws its own not-found. */
const finders: Readonly<Record<string, (world: World, name: string) => Tagged>> = {
  cluster: clusterNamed,
  db: anyInstanceNamed,
  subgrp: subnetGroupNamed,
  'cluster-pg': parameterGroupNamed,
  pg: instanceParameterGroupNamed,
  'cluster-snapshot': ownSnapshotNamed,
};

function resourceOf(world: World, arn: string): Tagged {
  const [, , , , , kind = '', ...rest] = arn.split(':');
  const name = rest.join(':');
  const find = finders[kind];
  if (!find) {
    throw new Refusal('InvalidParameterValue', `Invalid resource name: ${arn}`);
  }
  return find(world, name);
}

export function addTags(world: World, { ResourceName = '', Tags: asked }: AddTagsToResourceMessage): void {
  const resource = resourceOf(world, ResourceName);
  resource.tags = checkedTags({ ...resource.tags, ...tagsIn(asked) });
  world.tagIndex.put(resource.arn, resource.tags);
}

/** Keys that are not there are ignored. */
export function removeTags(world: World, { ResourceName = '', TagKeys = [] }: RemoveTagsFromResourceMessage): void {
  const resource = resourceOf(world, ResourceName);
  resource.tags = Object.fromEntries(Object.entries(resource.tags).filter(([key]) => !TagKeys.includes(key)));
  world.tagIndex.put(resource.arn, resource.tags);
}

export function listTags(world: World, { ResourceName = '' }: ListTagsForResourceMessage): TagListMessage {
  return { TagList: tagListOf(resourceOf(world, ResourceName).tags) };
}
