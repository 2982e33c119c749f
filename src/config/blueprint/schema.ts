import * as z from 'zod';
import { matcherProblem } from '../../domain/matcher.ts';
import { TAG_KEYS } from '../../domain/tags.ts';
import { text } from '../document/checked-text.ts';
import { databaseSchema } from './database-schema.ts';
import { imagesSchema, refSchema, workflowSchema } from './image-schema.ts';
import { duration, name, value } from './scalars.ts';
import { defaultsSchema, serviceSchema, taskSchema } from './service-schema.ts';
import { aliasesSchema, parametersSchema, secretsSchema } from './settings-schema.ts';

const DAY_SECONDS = 86_400;
const ttl = duration({ min: 3600, max: 90 * DAY_SECONDS });

const limitsSchema = z.strictObject({
  environments: z
    .int()
    .min(1)
    .max(1000)
    .describe("At most this many at a time; never more than the platform's.")
    .optional(),
  maxTtl: ttl
    .describe("How long an environment may be kept by extending; never longer than the platform's.")
    .optional(),
});

const owner = text((given) =>
  /^@?[A-Za-z0-9-]+(\/[\w.-]+)?$/.test(given) ? undefined : 'an owner is a login (`octocat`) or a team (`owner/team`)',
).transform((given) => given.replace(/^@/, ''));

const smokeSchema = z.strictObject({
  service: z.string().describe('A service with a host.'),
  path: text((path) =>
    /^\/[!-~]{0,1023}$/.test(path) ? undefined : 'a path begins with `/` and has no spaces',
  ).default('/'),
  expect: text(matcherProblem).describe('Answers that pass, as a health check writes them.').default('200-399'),
});

const OWN_TAGS = new Set<string>(Object.values(TAG_KEYS).map((key) => key.toLowerCase()));

const tagKey = text((key) => {
  if (!/^[A-Za-z0-9 _.:/=+@-]{1,128}$/.test(key) || /^(aws|rds):/i.test(key)) {
    return 'a tag is letters, digits, spaces and `_ . : / = + - @`, at most 128, and does not begin with `aws:` or `rds:`';
  }
  return OWN_TAGS.has(key.toLowerCase()) ? 'is a tag that Mayfly writes itself' : undefined;
});

const tagValue = value.check((context) => {
  if (!/^[A-Za-z0-9 _.:/=+@-]{0,256}$/.test(context.value)) {
    context.issues.push({
      code: 'custom',
      message: "a tag's value is letters, digits, spaces and `_ . : / = + - @`, at most 256",
      input: context.value,
    });
  }
});

const MAX_TAGS = 30;

/** The whole file, as it may be written. Unknown keys are refused at every level. */
export const blueprintSchema = z
  .strictObject({
    version: z.literal(1).describe('The version of this format.'),
    ttl: ttl.describe("How long an environment lives unless it is extended; default the platform's.").optional(),
    limits: limitsSchema.describe('Stricter limits than the platform sets.').default({}),
    owners: z.array(owner).describe('Logins and teams to tell of an expiry when it was a bot that asked.').default([]),
    images: imagesSchema.describe('Where images are, and under which tags.').default({}),
    database: databaseSchema.describe('The clone of the source database; false for none.').default({}),
    parameters: parametersSchema.describe('Paths of the parameter store to copy and override.').default([]),
    secrets: secretsSchema.describe('Secrets to copy and override.').default([]),
    aliases: aliasesSchema.describe("Names below the environment's domain for hosts elsewhere.").default({}),
    defaults: defaultsSchema.describe('What every service says unless it says otherwise.').default({}),
    services: z
      .record(name, serviceSchema)
      .refine((services) => Object.keys(services).length > 0, 'at least one service is needed')
      .describe('What runs.'),
    tasks: z.record(name, taskSchema).describe('What runs once and ends.').default({}),
    refs: z.record(name, refSchema).describe('Versions of other repositories, for `${ref.<name>}`.').default({}),
    smoke: z
      .array(smokeSchema)
      .max(50)
      .describe('Requests that must be answered before it is called ready.')
      .default([]),
    suites: z.record(name, workflowSchema).describe('Suites of tests that can be asked for.').default({}),
    tags: z
      .record(tagKey, tagValue)
      .refine(
        (tags) => Object.keys(tags).length <= MAX_TAGS,
        `at most ${MAX_TAGS} tags: AWS takes 50, Mayfly's own included`,
      )
      .describe('Further tags of every resource.')
      .default({}),
    notifications: z
      .strictObject({ slack: z.strictObject({ channel: z.string().regex(/^#?[a-z0-9_-]{1,80}$/) }).optional() })
      .describe('Where else to tell.')
      .default({}),
  })
  .meta({
    title: 'Mayfly blueprint',
    description: 'What an ephemeral environment is made of: `.github/ephemeral.yml`.',
  });

export type BlueprintInput = z.output<typeof blueprintSchema>;
