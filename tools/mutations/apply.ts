import type { Mutation } from './mutations.ts';

/** The text with the mutation in it. Throws unless what it changes stands there exactly once. */
export function applied({ file, text, becomes }: Pick<Mutation, 'file' | 'text' | 'becomes'>, source: string): string {
  const times = source.split(text).length - 1;
  if (times !== 1) {
    throw new Error(
      `${file} holds ${times === 0 ? 'no' : times} ${JSON.stringify(text)}, and it has to be there exactly once: correct tools/mutations/mutations.ts`,
    );
  }
  // A function, because a replacement would read `$1`.
  return source.replace(text, () => becomes);
}
