import type { Tag } from '@aws-sdk/client-iam';
import type { Tags } from '../tag-index.ts';
import { maximumTags, tagProblem } from '../tag-rules.ts';
import { Refusal } from '../wire/refusal.ts';

/**
 * `held` with the tags that a call asks for. Keys differ by more than their case, and a tag whose key is there already
 * replaces it. Throws InvalidInput, LimitExceeded.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules
 */
export function withTags(held: Tags, asked: readonly Tag[] | undefined): Tags {
  const added = (asked ?? []).map(({ Key = '', Value = '' }) => [Key, Value] as const);
  const keys = added.map(([key]) => key.toLowerCase());
  if (new Set(keys).size < keys.length) {
    throw new Refusal(
      'InvalidInputException',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    );
  }
  const tags = Object.fromEntries([
    ...Object.entries(held).filter(([key]) => !keys.includes(key.toLowerCase())),
    ...added,
  ]);
  if (Object.keys(tags).length > maximumTags) {
    throw new Refusal('LimitExceededException', 'The number of tags has reached the maximum limit.');
  }
  const problem = tagProblem(tags);
  if (problem !== undefined) {
    throw new Refusal('InvalidInputException', problem);
  }
  return tags;
}

/** Keys that are not there are ignored. */
export function withoutTags(held: Tags, keys: readonly string[] | undefined): Tags {
  const gone = (keys ?? []).map((key) => key.toLowerCase());
  return Object.fromEntries(Object.entries(held).filter(([key]) => !gone.includes(key.toLowerCase())));
}

export function tagListOf(tags: Tags): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
