import type { Tag } from '@aws-sdk/client-ecs';
import type { Tags } from '../tag-index.ts';
import { tagProblem } from '../tag-rules.ts';
import { Refusal } from '../wire/refusal.ts';

export function readTags(pairs: readonly Tag[] = []): Tags {
  const tags = Object.fromEntries(pairs.map(({ key = '', value = '' }) => [key, value]));
  const problem = tagProblem(tags);
  if (problem) {
    throw new Refusal('InvalidParameterException', problem);
  }
  return tags;
}

export function tagList(tags: Tags): Tag[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}
