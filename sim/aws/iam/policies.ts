import type {
  CreatePolicyRequest,
  CreatePolicyResponse,
  DeletePolicyRequest,
  GetPolicyRequest,
  GetPolicyResponse,
  ListPoliciesRequest,
  ListPoliciesResponse,
  Policy as PolicyShape,
} from '@aws-sdk/client-iam';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { checkName, iamArn, pathIn, uniqueId } from './identifiers.ts';
import { ownPolicyOf, policyOf } from './lookup.ts';
import { itemsOf } from './paging.ts';
import { policiesOfAws } from './policies-of-aws.ts';
import { addVersion, checkedManagedPolicy } from './policy-versions.ts';
import type { Policy } from './state.ts';
import { tagListOf, withTags } from './tag-rules.ts';

const LONGEST_NAME = 128;

/** Throws EntityAlreadyExists also for a name that differs by case alone or stands in another path. */
export function createPolicy(world: World, input: CreatePolicyRequest): CreatePolicyResponse {
  const { PolicyName: name = '', Path, PolicyDocument, Description } = input;
  checkName('policyName', name, LONGEST_NAME);
  const path = pathIn(Path);
  const document = checkedManagedPolicy(PolicyDocument);
  const tags = withTags({}, input.Tags);
  if ([...world.iam.policies.values()].some((other) => other.name.toLowerCase() === name.toLowerCase())) {
    throw new Refusal(
      'EntityAlreadyExistsException',
      `A policy called ${name} already exists. Duplicate names are not allowed.`,
    );
  }
  const now = world.clock.now();
  const policy: Policy = {
    id: uniqueId(world, 'ANPA'),
    arn: iamArn(world, 'policy', `${path}${name}`),
    name,
    path,
    description: Description,
    createdAt: now,
    updatedAt: now,
    versions: new Map(),
    defaultVersionId: 'v1',
    versionsMade: 0,
    tags,
  };
  addVersion(policy, document, now);
  world.iam.policies.set(policy.arn, policy);
  return { Policy: policyShape(world, policy) };
}

export function getPolicy(world: World, { PolicyArn = '' }: GetPolicyRequest): GetPolicyResponse {
  return { Policy: policyShape(world, policyOf(world, PolicyArn)) };
}

/** Of AWS's policies, those that can be read here. A list leaves out tags and descriptions (ListPolicies, API reference). */
export function listPolicies(
  world: World,
  { Scope = 'All', OnlyAttached = false, PathPrefix = '/', ...asked }: ListPoliciesRequest,
): ListPoliciesResponse {
  const found = [
    ...(Scope === 'AWS' ? [] : world.iam.policies.values()),
    ...(Scope === 'Local' ? [] : policiesOfAws()),
  ].filter(
    (policy) => policy.path.startsWith(PathPrefix) && (!OnlyAttached || usageOf(world, policy.arn).attached > 0),
  );
  const { items, rest } = itemsOf(found, asked);
  const Policies = items.map((policy) => ({ ...policyShape(world, policy), Tags: undefined, Description: undefined }));
  return { Policies, ...rest };
}

/** Throws DeleteConflict while a role holds the policy, or while it has more than its default version. */
export function deletePolicy(world: World, { PolicyArn = '' }: DeletePolicyRequest): void {
  const policy = ownPolicyOf(world, PolicyArn);
  const { attached, bounding } = usageOf(world, policy.arn);
  if (attached + bounding > 0) {
    throw new Refusal('DeleteConflictException', 'Cannot delete a policy attached to entities.');
  }
  if (policy.versions.size > 1) {
    throw new Refusal(
      'DeleteConflictException',
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
    );
  }
  world.iam.policies.delete(policy.arn);
}

function usageOf({ iam }: World, arn: string): { attached: number; bounding: number } {
  const roles = [...iam.roles.values()];
  return {
    attached: roles.filter(({ attachedPolicies }) => attachedPolicies.has(arn)).length,
    bounding: roles.filter(({ permissionsBoundary }) => permissionsBoundary === arn).length,
  };
}

function policyShape(world: World, policy: Policy): PolicyShape {
  const { attached, bounding } = usageOf(world, policy.arn);
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: attached,
    PermissionsBoundaryUsageCount: bounding,
    IsAttachable: true,
    Description: policy.description,
    CreateDate: policy.createdAt,
    UpdateDate: policy.updatedAt,
    Tags: tagListOf(policy.tags),
  };
}
