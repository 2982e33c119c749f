import * as z from 'zod';
import { DEFAULT_HOST_TEMPLATE, hostProblem, hostTemplateProblem } from '../domain/hosts.ts';
import { prefixProblem } from '../domain/naming.ts';
import type { PriceItem } from '../domain/prices.ts';
import { refreshSchema } from './refresh-schema.ts';

const DAY_SECONDS = 86_400;

function id(prefix: string): z.ZodString {
  return z.string().regex(new RegExp(`^${prefix}-[0-9a-z]+$`), `must be an id such as ${prefix}-0abc`);
}

function arn(service: string): z.ZodString {
  return z.string().regex(new RegExp(`^arn:aws[\\w-]*:${service}:`), `must be an ARN of ${service}`);
}

/** An alias may be moved to another key unseen, and CloudWatch Logs takes none. */
const keyArn = z
  .string()
  .regex(
    /^arn:aws[\w-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/,
    'must be the ARN of a key of KMS, and not of an alias',
  );

function checked(problemOf: (value: string) => string | undefined): z.ZodString {
  return z.string().check((context) => {
    const message = problemOf(context.value);
    if (message !== undefined) {
      context.issues.push({ code: 'custom', message, input: context.value });
    }
  });
}

/** It stands in front of every physical name: see `resourceName`, whose names are unambiguous because each word here begins with a letter. */
const platformName = z
  .string()
  .max(16, 'must be at most 16 characters long')
  .regex(
    /^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/,
    'must be lower case words joined by hyphens, each beginning with a letter',
  )
  .refine((name) => !/^(internal|aws|rds|ssm)(-|$)/.test(name), 'begins with a word that AWS keeps for itself');

const zone = checked(hostProblem);
const securityGroupIds = z.array(id('sg')).min(1);

const cidr = z.union([z.cidrv4(), z.cidrv6()], 'must be a network such as 10.0.0.0/16');

/** Cognito only: a rule for an OIDC provider takes its client secret, and this document holds none. */
const authenticationSchema = z.strictObject({
  cognito: z.strictObject({
    userPoolArn: arn('cognito-idp'),
    userPoolClientId: z.string().min(1),
    userPoolDomain: z
      .string()
      .regex(
        /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/,
        'must be the domain of a user pool: its prefix, or a whole domain name',
      ),
  }),
  trustedCidrs: z
    .array(cidr.refine((network) => !network.endsWith('/0'), 'is everybody, and everybody need not sign in then'))
    .default([])
    .describe('Networks of machines: a service whose sourceCidrs are all within them is reached without signing in.'),
});

const listenerSchema = z.strictObject({
  port: z.int().min(1).max(65_535),
  protocol: z.enum(['HTTP', 'HTTPS']),
  arn: arn('elasticloadbalancing'),
  certificateNames: z
    .array(z.string())
    .default([])
    .describe('Names on the certificates that the listener has for good; hosts they cover need no other.'),
});

const usd = z.number().min(0).max(1000).optional();

/** In figures of its own a platform is priced by these alone, whatever Mayfly knows of its region. */
const pricesSchema = z.strictObject({
  figures: z
    .strictObject({
      asOf: z.iso.date().describe('The day on which the figures held.'),
      source: z.string().min(1).max(200).describe('Where they are from, for people.'),
      usd: z
        .strictObject({
          fargateX86VcpuHour: usd,
          fargateX86GbHour: usd,
          fargateArmVcpuHour: usd,
          fargateArmGbHour: usd,
          acuHour: usd,
          loadBalancerHour: usd,
          secretMonth: usd,
          storageGbMonth: usd,
        } satisfies Record<PriceItem, z.ZodType>)
        .describe('Dollars, as AWS bills them. What is left out is not counted.'),
    })
    .optional(),
  currency: z
    .strictObject({
      code: z.string().regex(/^[A-Z]{3}$/, 'must be the code of a currency, such as GBP'),
      perUsd: z.number().min(0.0001).max(100_000).describe('What one dollar comes to.'),
      asOf: z.iso.date().describe('The day of that rate.'),
    })
    .optional()
    .describe('What sums are told in; dollars unless given.'),
});

const databaseSchema = z
  .strictObject({
    sourceIdentifier: z.string().min(1).describe('The source while Mayfly has made none itself.'),
    subnetGroup: z.string().min(1),
    securityGroupIds,
    parameterGroup: z.string().min(1).optional(),
    sourceVersion: z.string().optional().describe('What the source holds, for people: the day it was made.'),
    passportPublicKey: z
      .string()
      .regex(/^-----BEGIN PUBLIC KEY-----\s/, 'must be a public key in PEM')
      .optional()
      .describe('PEM of an Ed25519 key. With it, nothing is cloned of a source without a passport that it signed.'),
    refresh: refreshSchema.optional(),
  })
  .refine(({ refresh, passportPublicKey }) => !refresh || passportPublicKey !== undefined, {
    path: ['passportPublicKey'],
    message: 'is needed where sources are made: it says whose passports are good',
  });

export const platformSchema = z
  .strictObject({
    version: z.literal(1),
    name: platformName.describe("The platform's name, in front of every name in AWS."),
    accountId: z
      .string()
      .regex(/^\d{12}$/, 'must be twelve digits')
      .describe('Mayfly refuses to run in any other.'),
    region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region such as eu-west-1'),
    network: z.strictObject({
      vpcId: id('vpc'),
      subnetIds: z.array(id('subnet')).min(1),
      serviceSecurityGroupIds: securityGroupIds,
    }),
    cluster: z.strictObject({
      name: z.string().min(1),
      arn: arn('ecs'),
      executionRoleArn: arn('iam'),
      taskRoleArn: arn('iam').optional(),
    }),
    loadBalancer: z.strictObject({
      arn: arn('elasticloadbalancing'),
      dnsName: z.string().min(1),
      zoneId: z.string().min(1),
      listeners: z
        .array(listenerSchema)
        .min(1)
        .refine(
          (listeners) => new Set(listeners.map(({ port }) => port)).size === listeners.length,
          'has two listeners on one port',
        ),
      authentication: authenticationSchema
        .optional()
        .describe('Where people sign in before they see an environment. Without, everybody sees it.'),
    }),
    dns: z.strictObject({ zoneId: z.string().min(1), zone }),
    database: databaseSchema,
    registry: z.strictObject({ host: z.string().regex(/^[a-z0-9.-]+(:\d+)?$/, 'must be a host, without a path') }),
    logs: z.strictObject({
      retentionDays: z.literal([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365]),
      kmsKeyArn: keyArn
        .optional()
        .describe("What environments' logs are encrypted with. Without, CloudWatch Logs has a key of its own."),
    }),
    prices: pricesSchema
      .optional()
      .describe(
        'What things cost here. Without, what Mayfly knows of the region counts, and of most it knows nothing.',
      ),
    hostTemplate: checked(hostTemplateProblem).default(DEFAULT_HOST_TEMPLATE),
    environmentPrefixes: z
      .record(z.string().regex(/^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/, 'must be `owner/name`'), checked(prefixProblem))
      .refine(
        (prefixes) => new Set(Object.values(prefixes)).size === Object.keys(prefixes).length,
        'gives one prefix to two repositories: their environments would share names',
      )
      .default({})
      .describe("What a repository's environments begin with: `vol` makes `vol-1721`."),
    limits: z
      .strictObject({
        environments: z.int().min(1).max(1000).default(10),
        ttlSeconds: z
          .int()
          .min(60)
          .default(7 * DAY_SECONDS),
        maxTtlSeconds: z
          .int()
          .min(60)
          .default(28 * DAY_SECONDS),
        listenerRules: z
          .int()
          .min(1)
          .default(100)
          .describe(
            'What the load balancer takes, everybody\'s together: the quota "Rules per Application Load Balancer".',
          ),
        listenerCertificates: z
          .int()
          .min(1)
          .default(25)
          .describe('The quota "Certificates per Application Load Balancer", which does not count default ones.'),
      })
      .refine(
        ({ ttlSeconds, maxTtlSeconds }) => ttlSeconds <= maxTtlSeconds,
        'has a ttlSeconds above its maxTtlSeconds',
      )
      .prefault({}),
  })
  .meta({
    title: 'Mayfly platform',
    description: 'The shared infrastructure that environments are made in, as Terraform writes it.',
  });
