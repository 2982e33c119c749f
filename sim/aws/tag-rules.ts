import type { Tags } from './tag-index.ts';

export const maximumTags = 50;

const legal = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** What is wrong with tags that somebody wants to set, in words; undefined when nothing is (Tag, API references). */
export function tagProblem(tags: Tags): string | undefined {
  const entries = Object.entries(tags);
  if (entries.length > maximumTags) {
    return `The maximum number of tags per resource is ${maximumTags}.`;
  }
  for (const [key, value] of entries) {
    if (key.length < 1 || key.length > 128) {
      return `The tag key '${key}' must be 1 to 128 characters long.`;
    }
    if (value.length > 256) {
      return `The value of the tag '${key}' must be at most 256 characters long.`;
    }
    if (/^aws:/i.test(key)) {
      return `The tag key '${key}' is reserved: keys must not start with aws:.`;
    }
    if (!legal.test(key) || !legal.test(value)) {
      return `The tag '${key}' holds a character that is not allowed.`;
    }
  }
  return undefined;
}
