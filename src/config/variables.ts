import type * as z from 'zod';
import type { ConfigProblem } from './config-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables whose values are repeated nowhere. */
const SECRETS: ReadonlySet<string> = new Set(['PRIVATE_KEY', 'WEBHOOK_SECRET', 'API_TOKEN', 'DATABASE_URL']);

/** Those of `names` that have a value. A variable that is empty counts as missing. */
export function givenVariables(env: Environment, names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = env[name]?.trim();
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
}

/** What is wrong with one variable. The value of a secret is not repeated. */
export function variableProblem(issue: z.core.$ZodIssue, given: Readonly<Record<string, string>>): ConfigProblem {
  const name = String(issue.path[0]);
  const value = given[name];
  const found = value !== undefined && !SECRETS.has(name) ? `, not \`${value.slice(0, 60)}\`` : '';
  return { name, problem: `${issue.message}${found}` };
}
