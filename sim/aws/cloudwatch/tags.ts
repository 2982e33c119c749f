import type {
  ListTagsForResourceInput,
  ListTagsForResourceOutput,
  Tag,
  TagResourceInput,
  UntagResourceInput,
} from '@aws-sdk/client-cloudwatch';
import type { Tags } from '../tag-index.ts';
import { tagProblem } from '../tag-rules.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { findAlarm } from './alarm-store.ts';
import { validationError } from './validation-error.ts';

export function tagsIn(pairs: readonly Tag[] = []): Tags {
  return checked(Object.fromEntries(pairs.map(({ Key = '', Value = '' }) => [Key, Value])));
}

function checked(tags: Tags): Tags {
  const problem = tagProblem(tags);
  if (problem !== undefined) {
    throw validationError(problem);
  }
  return tags;
}

function taggedAs({ cloudwatch, ...world }: World, arn = ''): { readonly arn: string; tags: Tags } {
  const dashboard = [...cloudwatch.dashboards.values()].find((candidate) => candidate.arn === arn);
  const found = dashboard ?? (arn.includes(':alarm:') ? findAlarm({ cloudwatch, ...world }, arn) : undefined);
  if (!found) {
    throw new Refusal('ResourceNotFoundException', `${arn} does not exist`);
  }
  return found;
}

function setTags(world: World, resource: { readonly arn: string; tags: Tags }, tags: Tags): void {
  resource.tags = checked(tags);
  world.tagIndex.put(resource.arn, resource.tags);
}

function listTags(world: World, { ResourceARN }: ListTagsForResourceInput): ListTagsForResourceOutput {
  const { tags } = taggedAs(world, ResourceARN);
  return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
}

/** Alarms and dashboards. */
export function tagHandlers(world: World): Record<string, Handler> {
  return {
    TagResource: ({ ResourceARN, Tags: added }: TagResourceInput) => {
      const resource = taggedAs(world, ResourceARN);
      setTags(world, resource, { ...resource.tags, ...tagsIn(added) });
    },
    UntagResource: ({ ResourceARN, TagKeys = [] }: UntagResourceInput) => {
      const resource = taggedAs(world, ResourceARN);
      const kept = Object.entries(resource.tags).filter(([key]) => !TagKeys.includes(key));
      setTags(world, resource, Object.fromEntries(kept));
    },
    ListTagsForResource: (input: ListTagsForResourceInput) => listTags(world, input),
  };
}
