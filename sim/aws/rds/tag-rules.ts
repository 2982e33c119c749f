import type { Tag } from '@aws-sdk/client-rds';
import type { Tags } from '../tag-index.ts';
import { tagProblem } from '../tag-rules.ts';
import { Refusal } from '../wire/refusal.ts';

/** The tags a call asks for. Throws InvalidParameterValue for what RDS does not take, `rds:` keys among it. */
export function tagsIn(asked: readonly Tag[] | undefined): Tags {
  const tags = asked ?? [];
  const keys = tags.map(({ Key = '' }) => Key);
  if (new Set(keys).size < keys.length) {
    throw new Refusal('InvalidParameterValue', 'Tag keys must be unique.');
  }
  return checkedTags(Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value])));
}

export function checkedTags(tags: Tags): Tags {
  const reserved = Object.keys(tags).find((key) => /^rds:/i.test(key));
  const problem =
    reserved === undefined ? tagProblem(tags) : `The tag key '${reserved}' is reserved: keys must not start with rds:.`;
  if (problem !== undefined) {
    throw new Refusal('InvalidParameterValue', problem);
  }
  return tags;
}

export function tagListOf(tags: Tags): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
