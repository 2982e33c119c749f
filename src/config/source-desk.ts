import * as z from 'zod';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import { AWS_SHAPE, PLATFORM_SHAPE, type PlatformPlace } from './platform-variables.ts';
import { databaseProblems, STORE_SHAPE, type StoreConfig, storeOf } from './store-variables.ts';
import { type Environment, givenVariables, variableProblem } from './variables.ts';

/** What a command has to know to speak with Mayfly's database: of the server's variables those few. */
export interface SourceDeskConfig {
  readonly store: StoreConfig;
  /** Undefined where nothing asks for AWS. */
  readonly region: string | undefined;
  readonly endpointUrl: string | undefined;
  /** Undefined where nobody said. */
  readonly platform: PlatformPlace | undefined;
}

const schema = z.object({
  ...STORE_SHAPE,
  AWS_REGION: AWS_SHAPE.AWS_REGION.optional(),
  AWS_ENDPOINT_URL: AWS_SHAPE.AWS_ENDPOINT_URL,
  ...PLATFORM_SHAPE,
});

/** Reads them as the server does, and none of its others. Throws one `ConfigError` with everything that is wrong. */
export function parseSourceDeskConfig(env: Environment): SourceDeskConfig {
  const given = givenVariables(env, Object.keys(schema.shape));
  const parsed = schema.safeParse(given);
  const problems = [
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => variableProblem(issue, given))),
    ...databaseProblems(given),
    ...besideProblems(given),
  ];
  if (!parsed.success || problems.length > 0) {
    throw new ConfigError('The process environment', problems);
  }
  const { AWS_REGION: region, AWS_ENDPOINT_URL: endpointUrl, PLATFORM_FILE: file, PLATFORM_PARAMETER } = parsed.data;
  const parameter = PLATFORM_PARAMETER === undefined ? undefined : { parameter: PLATFORM_PARAMETER };
  return { store: storeOf(parsed.data), region, endpointUrl, platform: file === undefined ? parameter : { file } };
}

function besideProblems(given: Readonly<Record<string, string>>): ConfigProblem[] {
  const { PLATFORM_PARAMETER, PLATFORM_FILE, AWS_REGION } = given;
  const ofAws = ['DATABASE_SECRET', 'PLATFORM_PARAMETER'].find((name) => given[name] !== undefined);
  return [
    ...(PLATFORM_PARAMETER !== undefined && PLATFORM_FILE !== undefined
      ? [{ name: 'PLATFORM_PARAMETER', problem: 'set this or PLATFORM_FILE, and not both' }]
      : []),
    ...(ofAws !== undefined && AWS_REGION === undefined
      ? [{ name: 'AWS_REGION', problem: `is missing: ${ofAws} is read from AWS` }]
      : []),
  ];
}
