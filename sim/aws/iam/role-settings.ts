import type {
  UpdateAssumeRolePolicyRequest,
  UpdateRoleDescriptionRequest,
  UpdateRoleDescriptionResponse,
  UpdateRoleRequest,
} from '@aws-sdk/client-iam';
import type { World } from '../world.ts';
import { ownRoleNamed, roleNamed } from './lookup.ts';
import { checkedSessionSeconds, checkedTrustPolicy } from './role-rules.ts';
import { roleShape } from './roles.ts';

/** What is not given stays as it is. Of a service-linked role only the description can change. */
export function updateRole(world: World, { RoleName = '', Description, MaxSessionDuration }: UpdateRoleRequest): void {
  const role = MaxSessionDuration === undefined ? roleNamed(world, RoleName) : ownRoleNamed(world, RoleName);
  role.maxSessionSeconds = checkedSessionSeconds(MaxSessionDuration ?? role.maxSessionSeconds);
  role.description = Description ?? role.description;
}

export function updateRoleDescription(
  world: World,
  { RoleName = '', Description }: UpdateRoleDescriptionRequest,
): UpdateRoleDescriptionResponse {
  const role = roleNamed(world, RoleName);
  role.description = Description;
  return { Role: roleShape(role) };
}

export function updateTrustPolicy(
  world: World,
  { RoleName = '', PolicyDocument }: UpdateAssumeRolePolicyRequest,
): void {
  const role = ownRoleNamed(world, RoleName);
  role.trustPolicy = checkedTrustPolicy(PolicyDocument);
}
