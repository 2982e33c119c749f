import type {
  AddTagsToResourceRequest,
  ListTagsForResourceRequest,
  RemoveTagsFromResourceRequest,
  Tag,
} from '@aws-sdk/client-ssm';
import type { Tags } from '../tag-index.ts';
import { maximumTags, tagProblem } from '../tag-rules.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import type { Parameter } from './state.ts';

export function tagsOf(pairs: readonly Tag[] = []): Tags {
  const tags = Object.fromEntries(pairs.map(({ Key = '', Value = '' }) => [Key, Value]));
  const problem = tagProblem(tags);
  if (problem) {
    throw new Refusal('ValidationException', problem);
  }
  return tags;
}

function taggedParameter(world: World, type: string | undefined, id = ''): Parameter {
  if (type !== 'Parameter') {
    throw new Refusal('InvalidResourceType', `The resource type ${type} is not valid. Only Parameter is known here.`);
  }
  const parameter = world.ssm.parameters.get(id);
  if (!parameter) {
    throw new Refusal('InvalidResourceId', `The resource ID ${id} is not valid. Verify the ID and try again.`);
  }
  return parameter;
}

function setTags(world: World, parameter: Parameter, tags: Tags): void {
  parameter.tags = tags;
  world.tagIndex.put(parameter.arn, tags);
}

function addTags(world: World, { ResourceType, ResourceId, Tags: pairs }: AddTagsToResourceRequest): void {
  const parameter = taggedParameter(world, ResourceType, ResourceId);
  const tags = { ...parameter.tags, ...tagsOf(pairs) };
  if (Object.keys(tags).length > maximumTags) {
    throw new Refusal('TooManyTagsError', `A parameter can have at most ${maximumTags} tags.`);
  }
  setTags(world, parameter, tags);
}

function removeTags(world: World, { ResourceType, ResourceId, TagKeys = [] }: RemoveTagsFromResourceRequest): void {
  const parameter = taggedParameter(world, ResourceType, ResourceId);
  const kept = Object.entries(parameter.tags).filter(([key]) => !TagKeys.includes(key));
  setTags(world, parameter, Object.fromEntries(kept));
}

export function tagHandlers(world: World): Record<string, Handler> {
  return {
    AddTagsToResource: (input: AddTagsToResourceRequest) => addTags(world, input),
    RemoveTagsFromResource: (input: RemoveTagsFromResourceRequest) => removeTags(world, input),
    ListTagsForResource: ({ ResourceType, ResourceId }: ListTagsForResourceRequest) => ({
      TagList: Object.entries(taggedParameter(world, ResourceType, ResourceId).tags).map(([Key, Value]) => ({
        Key,
        Value,
      })),
    }),
  };
}
