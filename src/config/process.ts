import * as z from 'zod';
import type { RateLimit } from '../domain/rate-limit.ts';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import { AWS_SHAPE, httpUrl, PLATFORM_SHAPE, type PlatformPlace } from './platform-variables.ts';
import { privateKey } from './private-key.ts';
import { databaseProblems, STORE_SHAPE, type StoreConfig, storeOf } from './store-variables.ts';
import { type Environment, givenVariables, variableProblem } from './variables.ts';

/** What the process is told by its environment. Frozen. `.env.example` names every variable. */
export interface Config {
  readonly github: {
    readonly appId: number;
    /** PEM. */
    readonly privateKey: string;
    readonly webhookSecret: string;
    /** Undefined: github.com. */
    readonly apiUrl: string | undefined;
  };
  readonly server: { readonly host: string; readonly port: number };
  /** Whoever sends it may read the environments over HTTP. Undefined: nobody may. */
  readonly apiToken: string | undefined;
  readonly store: StoreConfig;
  readonly aws: {
    readonly region: string;
    /** Undefined: AWS itself. */
    readonly endpointUrl: string | undefined;
  };
  readonly platform: PlatformPlace;
  /** The certificates, in PEM, that those of clones have to be of. Undefined: clones are spoken to without TLS. */
  readonly cloneCaFile: string | undefined;
  readonly triggerLabel: string;
  /** What somebody must be allowed on the repository to make an environment by labelling. */
  readonly labelPermission: 'triage' | 'write';
  readonly blueprintPath: string;
  /** Where the blueprint's JSON Schema can be read, for whoever wrote a wrong blueprint. */
  readonly schemaUrl: string | undefined;
  /** Logins that may trigger although they are bots, such as `renovate[bot]`. */
  readonly allowedBots: readonly string[];
  /** How much people may ask for in ten minutes: one of them, and all of them in one repository. */
  readonly askLimits: AskLimits;
  readonly role: 'all' | 'web' | 'worker';
  readonly workers: number;
  /** Whether what nothing keeps is deleted, only told of, or not looked for; and how long after it was first seen. */
  readonly sweep: { readonly mode: 'on' | 'dry-run' | 'off'; readonly graceSeconds: number };
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

interface AskLimits {
  readonly perUser: RateLimit;
  readonly perRepository: RateLimit;
}

const ASKS_SECONDS = 600;

/** Probot's own default, known to everybody. */
const KNOWN_SECRETS: ReadonlySet<string> = new Set(['development']);

/**
 * GitHub asks for "a random string of text with high entropy" ("Validating webhook deliveries") and names no length. Whoever
 * sees one signed delivery can try secrets against it for as long as they like; 16 random characters are out of reach.
 */
const SHORTEST_SECRET = 16;

/** Everything is shown to whoever guesses it, so it is to be a key and no word: 32 letters or more. */
const SHORTEST_TOKEN = 32;

const schema = z.object({
  APP_ID: wholeNumber({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  PRIVATE_KEY: z.string({ error: 'is missing: the PEM of the app, as it is or in base64' }).transform(privateKey),
  WEBHOOK_SECRET: z
    .string({ error: 'is missing: without it anybody could send webhooks' })
    .refine((secret) => !KNOWN_SECRETS.has(secret.toLowerCase()), {
      error: 'is a secret that everybody knows: make one up',
      abort: true,
    })
    .min(SHORTEST_SECRET, `is shorter than ${SHORTEST_SECRET} characters: make up a long random one`),
  GITHUB_API_URL: httpUrl.optional(),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]+$/, 'must be a host name or an address')
    .default('127.0.0.1'),
  PORT: wholeNumber({ min: 0, max: 65_535 }).default(3000),
  API_TOKEN: z
    .string()
    // What may follow `Bearer` (RFC 6750, section 2.1).
    .regex(/^[A-Za-z0-9._~+/-]+=*$/, {
      error: 'holds what no bearer token may: letters, digits and ._~+/- alone',
      abort: true,
    })
    .min(SHORTEST_TOKEN, `is shorter than ${SHORTEST_TOKEN} characters: make up a long random one`)
    .optional(),
  ...STORE_SHAPE,
  ...AWS_SHAPE,
  ...PLATFORM_SHAPE,
  CLONE_CA_FILE: z.string().optional(),
  // GitHub lists pull requests by labels with commas between them.
  TRIGGER_LABEL: z
    .string()
    .max(50, 'is longer than the 50 characters of a label')
    .regex(/^[^,]*$/, 'must not hold a comma')
    .default('ephemeral'),
  LABEL_PERMISSION: z.enum(['triage', 'write'], { error: 'must be triage or write' }).default('write'),
  BLUEPRINT_PATH: z
    .string()
    .regex(/^[\w.-][\w./-]*\.ya?ml$/, 'must be the path of a YAML file in a repository')
    .default('.github/ephemeral.yml'),
  BLUEPRINT_SCHEMA_URL: httpUrl.optional(),
  ALLOWED_BOTS: z
    .string()
    .default('')
    .transform((logins) =>
      logins
        .split(',')
        .map((login) => login.trim())
        .filter((login) => login !== ''),
    ),
  ASKS_PER_USER: wholeNumber({ min: 1, max: 1_000_000 }).default(20),
  ASKS_PER_REPOSITORY: wholeNumber({ min: 1, max: 1_000_000 }).default(100),
  ROLE: z.enum(['all', 'web', 'worker'], { error: 'must be all, web or worker' }).default('all'),
  WORKERS: wholeNumber({ min: 1, max: 100 }).default(4),
  SWEEP: z.enum(['on', 'dry-run', 'off'], { error: 'must be on, dry-run or off' }).default('on'),
  SWEEP_GRACE_MINUTES: wholeNumber({ min: 1, max: 10_080 }).default(30),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
      error: 'must be trace, debug, info, warn, error or silent',
    })
    .default('info'),
});

type Variables = z.output<typeof schema>;

/** Every variable that is read, in the order `.env.example` lists them. */
export const CONFIG_VARIABLES: readonly string[] = Object.keys(schema.shape);

/**
 * The process's configuration. A variable that is empty counts as missing. Throws one `ConfigError` with everything that
 * is wrong; no message holds the value of a secret.
 */
export function parseConfig(env: Environment): Config {
  const given = givenVariables(env, CONFIG_VARIABLES);
  const parsed = schema.safeParse(given);
  const problems = [
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => variableProblem(issue, given))),
    ...platformProblems(given),
    ...roleProblems(given),
    ...databaseProblems(given),
  ];
  if (!parsed.success || problems.length > 0) {
    throw new ConfigError('The process environment', problems);
  }
  return deepFreeze(configOf(parsed.data));
}

function platformProblems(given: Readonly<Record<string, string>>): ConfigProblem[] {
  const sources = ['PLATFORM_PARAMETER', 'PLATFORM_FILE'].filter((name) => given[name] !== undefined);
  return sources.length === 1
    ? []
    : [
        {
          name: 'PLATFORM_PARAMETER',
          problem: `set this or PLATFORM_FILE, and ${sources.length === 0 ? 'neither is' : 'not both'}`,
        },
      ];
}

/** Processes of two roles share one database; the one inside a process is that process's alone. */
function roleProblems(given: Readonly<Record<string, string>>): ConfigProblem[] {
  const role = given['ROLE'];
  return (role === 'web' || role === 'worker') && given['DATABASE_URL'] === undefined
    ? [
        {
          name: 'DATABASE_URL',
          problem: `is missing: with ROLE \`${role}\` the other role's process must share a database`,
        },
      ]
    : [];
}

function configOf(variables: Variables): Config {
  return {
    github: {
      appId: variables.APP_ID,
      privateKey: variables.PRIVATE_KEY,
      webhookSecret: variables.WEBHOOK_SECRET,
      apiUrl: variables.GITHUB_API_URL,
    },
    server: { host: variables.HOST, port: variables.PORT },
    apiToken: variables.API_TOKEN,
    store: storeOf(variables),
    aws: { region: variables.AWS_REGION, endpointUrl: variables.AWS_ENDPOINT_URL },
    platform:
      variables.PLATFORM_FILE === undefined
        ? { parameter: variables.PLATFORM_PARAMETER ?? '' }
        : { file: variables.PLATFORM_FILE },
    cloneCaFile: variables.CLONE_CA_FILE,
    triggerLabel: variables.TRIGGER_LABEL,
    labelPermission: variables.LABEL_PERMISSION,
    blueprintPath: variables.BLUEPRINT_PATH,
    schemaUrl: variables.BLUEPRINT_SCHEMA_URL,
    allowedBots: variables.ALLOWED_BOTS,
    askLimits: {
      perUser: { asks: variables.ASKS_PER_USER, seconds: ASKS_SECONDS },
      perRepository: { asks: variables.ASKS_PER_REPOSITORY, seconds: ASKS_SECONDS },
    },
    role: variables.ROLE,
    workers: variables.WORKERS,
    sweep: { mode: variables.SWEEP, graceSeconds: variables.SWEEP_GRACE_MINUTES * 60 },
    logLevel: variables.LOG_LEVEL,
  };
}

function wholeNumber({ min, max }: { min: number; max: number }) {
  return z
    .string({ error: 'is missing' })
    .transform((text) => (/^\d+$/.test(text) ? Number(text) : Number.NaN))
    .refine((number) => number >= min && number <= max, `must be a whole number from ${min} to ${max}`);
}

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) {
    if (typeof part === 'object' && part !== null) {
      deepFreeze(part);
    }
  }
  return Object.freeze(value);
}
