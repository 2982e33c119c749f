import type { TagResourcesInput } from '@aws-sdk/client-resource-groups-tagging-api';
import { owners } from '../tagging/owners.ts';
import type { World } from '../world.ts';
import { arnIn, type Need, type NeedsTable } from './need.ts';
import { ecsNeeds } from './requests/ecs.ts';
import { elbv2Needs } from './requests/elbv2.ts';
import { logsNeeds } from './requests/logs.ts';
import { acmNeeds, route53Needs } from './requests/names.ts';
import { rdsNeeds } from './requests/rds.ts';
import { secretsManagerNeeds, ssmNeeds } from './requests/stores.ts';
import { factsOf } from './service-reference.ts';

/** By signing name. Operations that are judged on `*` alone need no line of their own. */
const tables: Readonly<Record<string, NeedsTable>> = {
  acm: acmNeeds,
  ecr: {
    DescribeImages: (world, { repositoryName }) => [
      { action: 'ecr:DescribeImages', resources: [arnIn(world, 'ecr', `repository/${repositoryName}`)] },
    ],
  },
  ecs: ecsNeeds,
  elasticloadbalancing: elbv2Needs,
  logs: logsNeeds,
  rds: rdsNeeds,
  route53: route53Needs,
  secretsmanager: secretsManagerNeeds,
  ssm: ssmNeeds,
  // "No permissions are required" (API reference, GetCallerIdentity).
  sts: { GetCallerIdentity: () => [] },
  tagging: { TagResources: tagResources },
};

/** Where the prefix of an action is not the signing name. */
const prefixes: Readonly<Record<string, string>> = { monitoring: 'cloudwatch', tagging: 'tag' };

interface Asked {
  /** A signing name. */
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * Every action that a call needs. Rejects for an operation whose resources are not known here: nothing is to be judged by
 * a guess.
 */
export async function needsOf(world: World, { service, operation, input }: Asked): Promise<readonly Need[]> {
  const needs = tables[service]?.[operation];
  if (needs) {
    return needs(world, input);
  }
  const action = `${prefixes[service] ?? service}:${operation}`;
  const { resourceTypes } = await factsOf(action);
  if (resourceTypes.length > 0) {
    throw new Error(`the local cloud does not know which resources ${action} is judged on`);
  }
  return [{ action, resources: ['*'] }];
}

/** "you must have … permission for the service's own tagging operation" too (API reference, TagResources). */
function tagResources(world: World, { ResourceARNList = [], Tags = {} }: TagResourcesInput): Need[] {
  return [
    { action: 'tag:TagResources', resources: ['*'] },
    ...ResourceARNList.flatMap((arn) => {
      const owner = owners.get(arn.split(':')[2] ?? '');
      const call = owner?.tag(arn, Tags, world);
      const service = owner?.service(world).signingName ?? '';
      return call ? (tables[service]?.[call.operation]?.(world, call.input) ?? []) : [];
    }),
  ];
}
