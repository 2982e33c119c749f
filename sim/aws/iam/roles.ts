import type {
  CreateRoleRequest,
  CreateRoleResponse,
  DeleteRoleRequest,
  GetRoleRequest,
  GetRoleResponse,
  ListRolesRequest,
  ListRolesResponse,
  Role as RoleShape,
} from '@aws-sdk/client-iam';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { checkBoundary } from './boundary.ts';
import { checkName, iamArn, pathIn, uniqueId } from './identifiers.ts';
import { ownRoleNamed, roleNamed } from './lookup.ts';
import { itemsOf } from './paging.ts';
import { encodedDocument } from './policy-document.ts';
import { checkedSessionSeconds, checkedTrustPolicy } from './role-rules.ts';
import type { Role } from './state.ts';
import { tagListOf, withTags } from './tag-rules.ts';

const LONGEST_NAME = 64;
const DEFAULT_SESSION_SECONDS = 3600;

/** Throws EntityAlreadyExists also for a name that differs by case alone. */
export function createRole(world: World, input: CreateRoleRequest): CreateRoleResponse {
  const { RoleName: name = '', Path, AssumeRolePolicyDocument, Description, PermissionsBoundary } = input;
  checkName('roleName', name, LONGEST_NAME);
  const path = pathIn(Path);
  if (path.startsWith('/aws-service-role/')) {
    throw new Refusal('InvalidInputException', 'The path /aws-service-role/ is reserved for service-linked roles.');
  }
  if (PermissionsBoundary !== undefined) {
    checkBoundary(world, PermissionsBoundary);
  }
  const role = keepRole(world, {
    name,
    path,
    trustPolicy: checkedTrustPolicy(AssumeRolePolicyDocument),
    description: Description,
    maxSessionSeconds: checkedSessionSeconds(input.MaxSessionDuration ?? DEFAULT_SESSION_SECONDS),
    permissionsBoundary: PermissionsBoundary,
    tags: withTags({}, input.Tags),
  });
  return { Role: roleShape(role) };
}

type NewRole = Omit<Role, 'id' | 'arn' | 'createdAt' | 'inlinePolicies' | 'attachedPolicies'>;

/** Throws EntityAlreadyExists. */
export function keepRole(world: World, wanted: NewRole): Role {
  const { roles } = world.iam;
  const key = wanted.name.toLowerCase();
  if (roles.has(key)) {
    throw new Refusal('EntityAlreadyExistsException', `Role with name ${wanted.name} already exists.`);
  }
  const role: Role = {
    ...wanted,
    id: uniqueId(world, 'AROA'),
    arn: iamArn(world, 'role', `${wanted.path}${wanted.name}`),
    createdAt: world.clock.now(),
    inlinePolicies: new Map(),
    attachedPolicies: new Set(),
  };
  roles.set(key, role);
  return role;
}

export function getRole(world: World, { RoleName = '' }: GetRoleRequest): GetRoleResponse {
  return { Role: roleShape(roleNamed(world, RoleName)) };
}

/** A list leaves out tags, boundary and last use (ListRoles, API reference). */
export function listRoles({ iam }: World, { PathPrefix = '/', ...asked }: ListRolesRequest): ListRolesResponse {
  const found = [...iam.roles.values()].filter(({ path }) => path.startsWith(PathPrefix));
  const { items, rest } = itemsOf(found, asked);
  const Roles = items.map((role) => ({
    ...roleShape(role),
    Tags: undefined,
    PermissionsBoundary: undefined,
    RoleLastUsed: undefined,
  }));
  return { Roles, ...rest };
}

/** Throws DeleteConflict while the role has policies of either kind. */
export function deleteRole(world: World, { RoleName = '' }: DeleteRoleRequest): void {
  const role = ownRoleNamed(world, RoleName);
  if (role.attachedPolicies.size > 0) {
    throw new Refusal('DeleteConflictException', 'Cannot delete entity, must detach all policies first.');
  }
  if (role.inlinePolicies.size > 0) {
    throw new Refusal('DeleteConflictException', 'Cannot delete entity, must delete policies first.');
  }
  world.iam.roles.delete(role.name.toLowerCase());
}

export function roleShape(role: Role): RoleShape {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: role.createdAt,
    AssumeRolePolicyDocument: encodedDocument(role.trustPolicy),
    Description: role.description,
    MaxSessionDuration: role.maxSessionSeconds,
    PermissionsBoundary:
      role.permissionsBoundary === undefined
        ? undefined
        : { PermissionsBoundaryType: 'PermissionsBoundaryPolicy', PermissionsBoundaryArn: role.permissionsBoundary },
    Tags: tagListOf(role.tags),
    RoleLastUsed: {},
  };
}
