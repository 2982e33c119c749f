import type { DeleteRolePermissionsBoundaryRequest, PutRolePermissionsBoundaryRequest } from '@aws-sdk/client-iam';
import type { World } from '../world.ts';
import { noSuchEntity, ownRoleNamed } from './lookup.ts';
import { isOfAws } from './policies-of-aws.ts';

/** A boundary is a managed policy that is there. Throws NoSuchEntity. */
export function checkBoundary({ iam }: World, arn: string): void {
  if (!iam.policies.has(arn) && !isOfAws(arn)) {
    throw noSuchEntity(`Scope ARN: ${arn} does not exist or is not attachable.`);
  }
}

export function putBoundary(world: World, input: PutRolePermissionsBoundaryRequest): void {
  const { RoleName = '', PermissionsBoundary = '' } = input;
  const role = ownRoleNamed(world, RoleName);
  checkBoundary(world, PermissionsBoundary);
  role.permissionsBoundary = PermissionsBoundary;
}

export function deleteBoundary(world: World, { RoleName = '' }: DeleteRolePermissionsBoundaryRequest): void {
  const role = ownRoleNamed(world, RoleName);
  if (role.permissionsBoundary === undefined) {
    throw noSuchEntity(`Permissions boundary for role ${role.name} cannot be found.`);
  }
  role.permissionsBoundary = undefined;
}
