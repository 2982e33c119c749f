import * as z from 'zod';
import { ConfigError } from './config-error.ts';

/** What the reaper's function is told. */
export interface ReaperConfig {
  readonly region: string;
  readonly endpointUrl: string | undefined;
  readonly platformParameter: string;
  readonly reportTopicArn: string | undefined;
  readonly slackWebhookSecretArn: string | undefined;
  readonly dryRun: boolean;
  readonly graceSeconds: number;
}

const schema = z.object({
  AWS_REGION: z.string({ error: 'is missing' }),
  AWS_ENDPOINT_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).optional(),
  PLATFORM_PARAMETER: z
    .string({ error: 'is missing' })
    .startsWith('/', 'must be the name of a parameter, and begin with `/`'),
  REPORT_TOPIC_ARN: z
    .string()
    .regex(/^arn:aws[\w-]*:sns:/, 'must be the ARN of a topic')
    .optional(),
  SLACK_WEBHOOK_SECRET_ARN: z
    .string()
    .regex(/^arn:aws[\w-]*:secretsmanager:/, 'must be the ARN of a secret')
    .optional(),
  // Never taken for off by a mistake in spelling.
  DRY_RUN: z.enum(['true', 'false'], { error: 'must be true or false' }).default('true'),
  GRACE_MINUTES: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a whole number of minutes')
    .default('120'),
});

/** An empty variable counts as missing. Throws one `ConfigError` with everything that is wrong. */
export function parseReaperConfig(env: Readonly<Record<string, string | undefined>>): ReaperConfig {
  const given = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => {
      const value = env[name]?.trim();
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({ name: String(path[0]), problem: message }));
    throw new ConfigError('The environment of the reaper', problems);
  }
  const variables = parsed.data;
  return {
    region: variables.AWS_REGION,
    endpointUrl: variables.AWS_ENDPOINT_URL,
    platformParameter: variables.PLATFORM_PARAMETER,
    reportTopicArn: variables.REPORT_TOPIC_ARN,
    slackWebhookSecretArn: variables.SLACK_WEBHOOK_SECRET_ARN,
    dryRun: variables.DRY_RUN === 'true',
    graceSeconds: Number(variables.GRACE_MINUTES) * 60,
  };
}
