import type {
  AttachRolePolicyRequest,
  DetachRolePolicyRequest,
  ListAttachedRolePoliciesRequest,
  ListAttachedRolePoliciesResponse,
  ListEntitiesForPolicyRequest,
  ListEntitiesForPolicyResponse,
  ListInstanceProfilesForRoleRequest,
  ListInstanceProfilesForRoleResponse,
} from '@aws-sdk/client-iam';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { noSuchEntity, ownRoleNamed, policyOf, roleNamed } from './lookup.ts';
import { itemsOf } from './paging.ts';
import { isOfAws } from './policies-of-aws.ts';

/** Quota "Managed policies per role" (IAM quotas). */
const MOST_ATTACHED = 10;

/** One that is attached already stays attached. Throws NoSuchEntity, LimitExceeded. */
export function attachRolePolicy(world: World, { RoleName = '', PolicyArn = '' }: AttachRolePolicyRequest): void {
  const { attachedPolicies } = ownRoleNamed(world, RoleName);
  if (!world.iam.policies.has(PolicyArn) && !isOfAws(PolicyArn)) {
    throw noSuchEntity(`Policy ${PolicyArn} does not exist or is not attachable.`);
  }
  if (!attachedPolicies.has(PolicyArn) && attachedPolicies.size >= MOST_ATTACHED) {
    throw new Refusal('LimitExceededException', `Cannot exceed quota for PoliciesPerRole: ${MOST_ATTACHED}`);
  }
  attachedPolicies.add(PolicyArn);
}

export function detachRolePolicy(world: World, { RoleName = '', PolicyArn = '' }: DetachRolePolicyRequest): void {
  if (!ownRoleNamed(world, RoleName).attachedPolicies.delete(PolicyArn)) {
    throw noSuchEntity(`Policy ${PolicyArn} was not found.`);
  }
}

export function listAttachedRolePolicies(
  world: World,
  { RoleName = '', PathPrefix = '/', ...asked }: ListAttachedRolePoliciesRequest,
): ListAttachedRolePoliciesResponse {
  const attached = [...roleNamed(world, RoleName).attachedPolicies].filter((arn) =>
    pathAndName(arn).startsWith(PathPrefix),
  );
  const { items, rest } = itemsOf(attached, asked);
  return { AttachedPolicies: items.map((PolicyArn) => ({ PolicyName: nameIn(PolicyArn), PolicyArn })), ...rest };
}

/** Only roles hold policies here: there are no users and groups. */
export function listEntitiesForPolicy(
  world: World,
  { PolicyArn = '', EntityFilter, PolicyUsageFilter, ...asked }: ListEntitiesForPolicyRequest,
): ListEntitiesForPolicyResponse {
  const { arn } = policyOf(world, PolicyArn);
  const isRoleAsked = EntityFilter === undefined || EntityFilter === 'Role';
  const holders = [...world.iam.roles.values()].filter(({ attachedPolicies, permissionsBoundary }) => {
    const isPermissions = PolicyUsageFilter !== 'PermissionsBoundary' && attachedPolicies.has(arn);
    const isBoundary = PolicyUsageFilter !== 'PermissionsPolicy' && permissionsBoundary === arn;
    return isRoleAsked && (isPermissions || isBoundary);
  });
  const { items, rest } = itemsOf(holders, asked);
  return {
    PolicyRoles: items.map(({ name, id }) => ({ RoleName: name, RoleId: id })),
    PolicyUsers: [],
    PolicyGroups: [],
    ...rest,
  };
}

/** There are none: nothing here runs on EC2. */
export function listInstanceProfiles(
  world: World,
  { RoleName = '' }: ListInstanceProfilesForRoleRequest,
): ListInstanceProfilesForRoleResponse {
  roleNamed(world, RoleName);
  return { InstanceProfiles: [], IsTruncated: false };
}

const pathAndName = (arn: string): string => arn.slice(arn.indexOf(':policy/') + ':policy'.length);
const nameIn = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);
