import type {
  CreateServiceLinkedRoleRequest,
  CreateServiceLinkedRoleResponse,
  DeleteServiceLinkedRoleRequest,
  DeleteServiceLinkedRoleResponse,
  GetServiceLinkedRoleDeletionStatusRequest,
  GetServiceLinkedRoleDeletionStatusResponse,
} from '@aws-sdk/client-iam';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { noSuchEntity, roleNamed } from './lookup.ts';
import { keepRole, roleShape } from './roles.ts';

/** Service principal -> what the service calls its role. */
const names: ReadonlyMap<string, string> = new Map([
  ['ecs.amazonaws.com', 'AWSServiceRoleForECS'],
  ['ecs.application-autoscaling.amazonaws.com', 'AWSServiceRoleForApplicationAutoScaling_ECSService'],
  ['elasticache.amazonaws.com', 'AWSServiceRoleForElastiCache'],
  ['elasticloadbalancing.amazonaws.com', 'AWSServiceRoleForElasticLoadBalancing'],
  ['rds.amazonaws.com', 'AWSServiceRoleForRDS'],
]);

const SESSION_SECONDS = 3600;

/** Of the services in `names`; none of them takes a suffix. Throws InvalidInput for another, and for a role there is already. */
export function createServiceLinkedRole(
  world: World,
  { AWSServiceName = '', CustomSuffix, Description }: CreateServiceLinkedRoleRequest,
): CreateServiceLinkedRoleResponse {
  const name = names.get(AWSServiceName);
  if (name === undefined) {
    throw new Refusal(
      'InvalidInputException',
      `${AWSServiceName} is not a service that this account can link a role to.`,
    );
  }
  if (CustomSuffix !== undefined) {
    throw new Refusal('InvalidInputException', `Custom suffix is not allowed for ${AWSServiceName}`);
  }
  if (world.iam.roles.has(name.toLowerCase())) {
    throw new Refusal(
      'InvalidInputException',
      `Service role name ${name} has been taken in this account, please try a different suffix.`,
    );
  }
  const statement = { Effect: 'Allow', Principal: { Service: AWSServiceName }, Action: 'sts:AssumeRole' };
  const role = keepRole(world, {
    name,
    path: `/aws-service-role/${AWSServiceName}/`,
    trustPolicy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    description: Description,
    maxSessionSeconds: SESSION_SECONDS,
    permissionsBoundary: undefined,
    tags: {},
  });
  return { Role: roleShape(role) };
}

/** Goes at once: no service here is asked whether it still needs the role. */
export function deleteServiceLinkedRole(
  world: World,
  { RoleName = '' }: DeleteServiceLinkedRoleRequest,
): DeleteServiceLinkedRoleResponse {
  const role = roleNamed(world, RoleName);
  if (!role.path.startsWith('/aws-service-role/')) {
    throw noSuchEntity(`The service-linked role with name ${RoleName} cannot be found.`);
  }
  const DeletionTaskId = `task${role.path}${role.name}/${world.uniqueHex(32)}`;
  world.iam.deletionTasks.add(DeletionTaskId);
  world.iam.roles.delete(role.name.toLowerCase());
  return { DeletionTaskId };
}

export function getDeletionStatus(
  { iam }: World,
  { DeletionTaskId = '' }: GetServiceLinkedRoleDeletionStatusRequest,
): GetServiceLinkedRoleDeletionStatusResponse {
  if (!iam.deletionTasks.has(DeletionTaskId)) {
    throw noSuchEntity(`The deletion task ${DeletionTaskId} cannot be found.`);
  }
  return { Status: 'SUCCEEDED' };
}
