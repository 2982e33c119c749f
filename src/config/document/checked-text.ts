import * as z from 'zod';

/** A string that `problemOf` has nothing against. */
export function text(problemOf: (value: string) => string | undefined): z.ZodString {
  return z.string().check((context) => {
    const problem = problemOf(context.value);
    if (problem !== undefined) {
      context.issues.push({ code: 'custom', message: problem, input: context.value });
    }
  });
}
