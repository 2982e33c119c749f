import type { Tag } from '@aws-sdk/client-elasticache';
import type { Tags } from '../tag-index.ts';
import { maximumTags, tagProblem } from '../tag-rules.ts';
import { Refusal } from '../wire/refusal.ts';
import { invalidValue } from './refusals.ts';

export function tagsIn(pairs: readonly Tag[] = []): Tags {
  return checkedTags(Object.fromEntries(pairs.map(({ Key = '', Value = '' }) => [Key, Value])));
}

export function checkedTags(tags: Tags): Tags {
  if (Object.keys(tags).length > maximumTags) {
    throw new Refusal('TagQuotaPerResourceExceeded', `A resource can have at most ${maximumTags} tags`);
  }
  const problem = tagProblem(tags);
  if (problem !== undefined) {
    throw invalidValue(problem);
  }
  return tags;
}

export function tagListOf(tags: Tags): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
