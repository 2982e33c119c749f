import type {
  FailureInfo,
  TagResourcesInput,
  TagResourcesOutput,
  UntagResourcesInput,
  UntagResourcesOutput,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { type Owner, owners, type TagCall } from './owners.ts';

const MOST_ARNS = 20;

type Failures = Record<string, FailureInfo>;

/** Tags what can be tagged; what cannot is named in the map with the owning service's reason. */
export async function tagResources(
  world: World,
  { ResourceARNList = [], Tags = {} }: TagResourcesInput,
): Promise<TagResourcesOutput> {
  return { FailedResourcesMap: await forEach(world, ResourceARNList, (owner, arn) => owner.tag(arn, Tags, world)) };
}

export async function untagResources(
  world: World,
  { ResourceARNList = [], TagKeys = [] }: UntagResourcesInput,
): Promise<UntagResourcesOutput> {
  return {
    FailedResourcesMap: await forEach(world, ResourceARNList, (owner, arn) => owner.untag(arn, TagKeys, world)),
  };
}

async function forEach(
  world: World,
  arns: readonly string[],
  callFor: (owner: Owner, arn: string) => TagCall,
): Promise<Failures> {
  if (arns.length === 0 || arns.length > MOST_ARNS) {
    throw new Refusal('InvalidParameterException', `Between 1 and ${MOST_ARNS} ARNs must be given`);
  }
  const failures: Failures = {};
  for (const arn of arns) {
    const problem = await attempt(world, arn, callFor);
    if (problem !== undefined) {
      failures[arn] = { StatusCode: 400, ErrorCode: 'InvalidParameterException', ErrorMessage: problem };
    }
  }
  return failures;
}

async function attempt(
  world: World,
  arn: string,
  callFor: (owner: Owner, arn: string) => TagCall,
): Promise<string | undefined> {
  const owner = owners.get(arn.split(':')[2] ?? '');
  const call = owner && callFor(owner, arn);
  const handler = call && owner.service(world).handlers[call.operation];
  if (!handler) {
    return 'The resource cannot be tagged';
  }
  try {
    await handler(call.input);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) {
      return error.message;
    }
    throw error;
  }
}
