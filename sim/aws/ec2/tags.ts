import type { CreateTagsRequest, DeleteTagsRequest, Tag, TagSpecification } from '@aws-sdk/client-ec2';
import type { Tags } from '../tag-index.ts';
import { tagProblem } from '../tag-rules.ts';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { ec2Arn } from './arn.ts';
import { resourceKinds } from './resource-kinds.ts';

interface Tagged {
  tags: Tags;
}

function find(world: World, id: string): { kind: string; resource: Tagged } {
  const known = resourceKinds.find(({ prefix }) => id.startsWith(prefix));
  if (!known) {
    throw new Refusal('InvalidID', `The ID '${id}' is not valid`);
  }
  const resource: Tagged | undefined = known.all(world).get(id);
  if (!resource) {
    throw new Refusal(known.missing[0], `The ID '${id}' does not exist`);
  }
  return { kind: known.kind, resource };
}

function checked(tags: Tags): Tags {
  const problem = tagProblem(tags);
  if (problem !== undefined) {
    throw new Refusal('InvalidParameterValue', problem);
  }
  return tags;
}

function tagsIn(tags: readonly Tag[] | undefined): Tags {
  return checked(Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])));
}

/** The tags a create call asks for its own kind of resource (`vpc`, `subnet`, `security-group`). */
export function tagsFor(kind: string, specifications: readonly TagSpecification[] | undefined): Tags {
  const own = (specifications ?? []).filter(({ ResourceType }) => ResourceType === kind);
  return tagsIn(own.flatMap(({ Tags: tags }) => tags ?? []));
}

export function tagList(tags: Tags): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** All resources or none: one unknown id refuses the call. */
export function createTags(world: World, { Resources = [], Tags: tags = [] }: CreateTagsRequest): void {
  const found = Resources.map((id) => ({ id, ...find(world, id) }));
  const added = tagsIn(tags);
  for (const { id, kind, resource } of found) {
    resource.tags = checked({ ...resource.tags, ...added });
    world.tagIndex.put(ec2Arn(world, kind, id), resource.tags);
  }
}

/** A tag given with a value goes only if it has that value; without any tags given, all go. */
export function deleteTags(world: World, { Resources = [], Tags: given }: DeleteTagsRequest): void {
  const found = Resources.map((id) => ({ id, ...find(world, id) }));
  const goes = ([key, value]: [string, string]): boolean =>
    given === undefined || given.some((tag) => tag.Key === key && (tag.Value ?? value) === value);
  for (const { id, kind, resource } of found) {
    resource.tags = Object.fromEntries(Object.entries(resource.tags).filter((tag) => !goes(tag)));
    world.tagIndex.put(ec2Arn(world, kind, id), resource.tags);
  }
}

/** Tells the tag index of a resource that was just made. */
export function indexTags(world: World, { kind, id, tags }: { kind: string; id: string; tags: Tags }): void {
  if (Object.keys(tags).length > 0) {
    world.tagIndex.put(ec2Arn(world, kind, id), tags);
  }
}
