import * as z from 'zod';
import type { ConfigProblem } from './config-error.ts';
import { addressProblems } from './database-url.ts';

/** Where Mayfly's own database is. */
export interface StoreConfig {
  /** Undefined: a Postgres inside the process, kept in `dataDir`. */
  readonly databaseUrl: string | undefined;
  /** The secret of Secrets Manager that holds the password, where the URL does not. */
  readonly passwordSecret: string | undefined;
  /** The certificates, in PEM, that the server's has to be of. Undefined: as the URL says. */
  readonly caFile: string | undefined;
  readonly dataDir: string;
}

export const STORE_SHAPE = {
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres URL' }).optional(),
  DATABASE_SECRET: z.string().optional(),
  DATABASE_CA_FILE: z.string().optional(),
  DATA_DIR: z.string().default('.mayfly'),
};

/** Where a database URL leads, what goes with it, and what it must then leave out. */
export function databaseProblems(given: Readonly<Record<string, string>>): ConfigProblem[] {
  const besides = ['DATABASE_SECRET', 'DATABASE_CA_FILE'].filter((name) => given[name] !== undefined);
  const text = given['DATABASE_URL'];
  if (text === undefined) {
    return besides.map((name) => ({ name, problem: 'is of no use without DATABASE_URL' }));
  }
  const url = URL.parse(text);
  if (!url) {
    return [];
  }
  const problems = addressProblems(url);
  if (besides.length > 0 && url.search !== '') {
    problems.push(`must have nothing after a \`?\` beside ${besides.join(' and ')}`);
  }
  if (besides.includes('DATABASE_SECRET')) {
    problems.push(
      ...(url.username === '' ? ['must name the user whose password DATABASE_SECRET holds'] : []),
      ...(url.password === '' ? [] : ['must hold no password beside DATABASE_SECRET']),
    );
  }
  return problems.map((problem) => ({ name: 'DATABASE_URL', problem }));
}

export function storeOf(variables: z.output<z.ZodObject<typeof STORE_SHAPE>>): StoreConfig {
  return {
    databaseUrl: variables.DATABASE_URL,
    passwordSecret: variables.DATABASE_SECRET,
    caFile: variables.DATABASE_CA_FILE,
    dataDir: variables.DATA_DIR,
  };
}
