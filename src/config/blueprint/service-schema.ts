import * as z from 'zod';
import { parseImageName } from '../../domain/image-reference.ts';
import { matcherProblem } from '../../domain/matcher.ts';
import { text } from '../document/checked-text.ts';
import { duration, environment, name, port, repositoryPath, template } from './scalars.ts';

const NOT_AN_IMAGE =
  'an image is a name in the registry, with or without a tag (`api`, `api:1.2`), or a full reference with a tag or digest (`public.ecr.aws/docker/library/redis:7`)';

const image = template
  .transform((given, context) => {
    const parsed = parseImageName(given);
    if (parsed === undefined) {
      context.issues.push({ code: 'custom', message: NOT_AN_IMAGE, input: given });
      return z.NEVER;
    }
    return parsed;
  })
  .describe('A name in the registry (`api`, `api:1.2`) or a full reference (`public.ecr.aws/docker/library/redis:7`).');

const container = {
  image,
  command: z.array(template).min(1).describe("Replaces the image's own command.").optional(),
  environment: environment.describe('Variables of the container; values may hold `${references}`.').optional(),
  secrets: environment
    .describe('Variables read from a secret (`name:key::`) or a parameter (`/path/name`) when the container starts.')
    .optional(),
};

const size = {
  cpu: z.int().describe('CPU units, 1024 to the core; default 256.').optional(),
  memory: z.int().describe('MiB; default 512.').optional(),
  architecture: z.enum(['X86_64', 'ARM64']).describe('Default X86_64.').optional(),
};

const paths = z
  .array(repositoryPath)
  .describe('Folders and files that its image is built from; when none of them changed, the fallback image is used.')
  .default([]);

/** The limits of `CreateTargetGroup` (Elastic Load Balancing API reference). */
const healthCheck = z.strictObject({
  path: text((path) => (/^\/[!-~]{0,1023}$/.test(path) ? undefined : 'a path begins with `/` and has no spaces'))
    .describe('Default `/`.')
    .optional(),
  matcher: text(matcherProblem)
    .describe('Answers that count as healthy: `200`, `200,302`, `200-499`; default `200-399`.')
    .optional(),
  interval: duration({ min: 5, max: 300 }).describe('Default 15s.').optional(),
  timeout: duration({ min: 2, max: 120 }).describe('Default 5s; less than the interval.').optional(),
  healthyThreshold: z.int().min(2).max(10).describe('Default 2.').optional(),
  unhealthyThreshold: z.int().min(2).max(10).describe('Default 3.').optional(),
  grace: duration({ max: 7200 }).describe('How long a new task may fail its checks; default 2m.').optional(),
});

const hostPrefix = text((prefix) =>
  /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(prefix) && prefix.length <= 63
    ? undefined
    : "a host is the first label of a host name (`api`): lower case letters, digits and inner hyphens; the rest is the platform's",
);

const cidr = z.union([z.cidrv4(), z.cidrv6()]);

/** What a service may say, and what `defaults` may say for all. */
const shared = {
  ...size,
  port: z
    .union([port, z.literal(false)])
    .describe('The port it listens on, or false when it listens on none.')
    .optional(),
  listeners: z.array(port).min(1).describe('Ports of the load balancer; default its HTTPS listeners.').optional(),
  sourceCidrs: z.array(cidr).min(1).describe('Only requests from these networks reach it.').optional(),
  count: z.int().min(0).max(10).describe('Tasks; default 1.').optional(),
  healthCheck: healthCheck.describe("The load balancer's check of its tasks.").optional(),
};

export const defaultsSchema = z.strictObject({
  ...shared,
  environment: container.environment.describe('Variables of every service, sidecar excepted, and of every task.'),
  secrets: container.secrets,
});

const sidecarSchema = z.strictObject({
  ...container,
  port: port.describe('The port it listens on, within its task.').optional(),
  essential: z.boolean().describe('Whether the task ends with it.').default(true),
});

export const serviceSchema = z.strictObject({
  ...container,
  ...shared,
  host: hostPrefix.describe('The first label of its host name: `api`.').optional(),
  hosts: z.array(hostPrefix).min(1).describe('Several first labels, in place of `host`.').optional(),
  apex: z.boolean().describe("Whether it answers at the environment's own domain as well.").default(false),
  expose: z
    .enum(['public', 'internal', 'none'])
    .describe('`public` through the load balancer, `internal` to other services, `none`; default from host and port.')
    .optional(),
  sidecars: z.record(name, sidecarSchema).describe('Containers that run beside it in every task.').default({}),
  paths,
  dependsOn: z
    .array(z.string())
    .describe('Services, tasks before deployment, or `database`, that must be ready first.')
    .default([]),
});

export const taskSchema = z.strictObject({
  ...container,
  ...size,
  phase: z
    .enum(['pre-deploy', 'post-deploy', 'on-demand'])
    .describe('Before all services (migrations), after all, or only when asked for.'),
  timeout: duration({ min: 10, max: 86_400 }).describe('Default 10m.').optional(),
  paths,
});

export type DefaultsInput = z.output<typeof defaultsSchema>;
export type ServiceInput = z.output<typeof serviceSchema>;
export type TaskInput = z.output<typeof taskSchema>;
