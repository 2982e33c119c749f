import type * as z from 'zod';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import { platformSchema } from './platform-schema.ts';

/** The shared infrastructure: ids and limits, no secrets. */
export type Platform = z.output<typeof platformSchema>;

/**
 * The one JSON document that Terraform writes. Throws one `ConfigError` with everything that is wrong with it. The caller
 * has still to compare `accountId` with the account it is in.
 */
export function parsePlatform(text: string): Platform {
  const parsed = platformSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new ConfigError('The platform document', parsed.error.issues.flatMap(problemsOf));
  }
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ConfigError('The platform document', [{ name: 'document', problem: 'is not JSON' }]);
  }
}

function problemsOf(issue: z.core.$ZodIssue): ConfigProblem[] {
  const name = issue.path.map(String).join('.') || 'document';
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      name: [...issue.path, key].map(String).join('.'),
      problem: 'is not a key of the document',
    }));
  }
  if (issue.code === 'invalid_key') {
    return [{ name, problem: issue.issues[0]?.message ?? issue.message }];
  }
  return [{ name, problem: issue.message.replace(/^Invalid input: /, '') }];
}
