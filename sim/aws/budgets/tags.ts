import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  ResourceTag,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-budgets';
import type { Tags } from '../tag-index.ts';
import { maximumTags, tagProblem } from '../tag-rules.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { invalid, notFound } from './refusals.ts';
import type { Budget } from './state.ts';

export function tagsIn(pairs: readonly ResourceTag[] = []): Tags {
  return checked(Object.fromEntries(pairs.map(({ Key = '', Value = '' }) => [Key, Value])));
}

function checked(tags: Tags): Tags {
  if (Object.keys(tags).length > maximumTags) {
    throw new Refusal('ServiceQuotaExceededException', `A budget can have at most ${maximumTags} tags`);
  }
  const problem = tagProblem(tags);
  if (problem !== undefined) {
    throw invalid(problem);
  }
  return tags;
}

function taggedAs({ budgets }: World, arn = ''): Budget {
  const budget = [...budgets.budgets.values()].find((candidate) => candidate.arn === arn);
  if (!budget) {
    throw notFound(`There is no budget ${arn}`);
  }
  return budget;
}

function setTags(world: World, budget: Budget, tags: Tags): void {
  budget.tags = checked(tags);
  world.tagIndex.put(budget.arn, budget.tags);
}

function list(world: World, { ResourceARN }: ListTagsForResourceRequest): ListTagsForResourceResponse {
  return { ResourceTags: Object.entries(taggedAs(world, ResourceARN).tags).map(([Key, Value]) => ({ Key, Value })) };
}

export function tagHandlers(world: World): Record<string, Handler> {
  return {
    TagResource: ({ ResourceARN, ResourceTags }: TagResourceRequest) => {
      const budget = taggedAs(world, ResourceARN);
      setTags(world, budget, { ...budget.tags, ...tagsIn(ResourceTags) });
    },
    UntagResource: ({ ResourceARN, ResourceTagKeys = [] }: UntagResourceRequest) => {
      const budget = taggedAs(world, ResourceARN);
      const kept = Object.entries(budget.tags).filter(([key]) => !ResourceTagKeys.includes(key));
      setTags(world, budget, Object.fromEntries(kept));
    },
    ListTagsForResource: (input: ListTagsForResourceRequest) => list(world, input),
  };
}
