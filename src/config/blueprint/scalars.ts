import * as z from 'zod';
import { parseDuration } from '../../domain/duration.ts';
import { parseTemplate } from '../../domain/template.ts';
import { text } from '../document/checked-text.ts';

/** A name of the file's own: a service, a task, a sidecar, a ref, a suite. It ends up in host names, so it is a DNS label. */
export const name = text((value) =>
  /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(value) && value.length <= 30
    ? undefined
    : 'a name is lower case letters, digits and single hyphens, begins with a letter, and is at most 30 long',
);

/** A text in which `${references}` are allowed; whether they are known is a matter of the whole file. */
export const template = text((value) => {
  const parsed = parseTemplate(value);
  return parsed.ok ? undefined : parsed.problems[0]?.message;
});

/** A template for a value that YAML may have read as a number or a boolean. */
export const value = z.union([template, z.number(), z.boolean()]).transform(String);

export const environment = z.record(
  text((variable) =>
    /^[A-Za-z_][A-Za-z0-9_]*$/.test(variable)
      ? undefined
      : 'a variable is letters, digits and `_`, and begins with no digit',
  ),
  value,
);

/** `15m`, or a number of seconds; seconds once read. */
export function duration({ min = 0, max }: { min?: number; max: number }) {
  return z.union([z.string(), z.number()]).transform((given, context) => {
    const parsed = typeof given === 'number' ? secondsOf(given) : parseDuration(given);
    if (!parsed.ok) {
      context.issues.push({ code: 'custom', message: parsed.problem, input: given });
      return z.NEVER;
    }
    if (parsed.seconds < min || parsed.seconds > max) {
      context.issues.push({ code: 'custom', message: `must be between ${min} and ${max} seconds`, input: given });
      return z.NEVER;
    }
    return parsed.seconds;
  });
}

export const port = z.int().min(1).max(65_535);

/** A path in the repository; whole segments, no patterns. */
export const repositoryPath = text((path) =>
  /[*?[\]{}\\]|(^|\/)\.\.(\/|$)/.test(path) || path === ''
    ? 'a path is a folder or a file of the repository, without `*` and without `..`'
    : undefined,
);

function secondsOf(seconds: number): ReturnType<typeof parseDuration> {
  return Number.isSafeInteger(seconds)
    ? { ok: true, seconds }
    : { ok: false, problem: 'a number is whole seconds; otherwise write a duration such as 15m' };
}
