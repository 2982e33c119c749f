import type {
  DeleteRolePolicyRequest,
  GetRolePolicyRequest,
  GetRolePolicyResponse,
  ListRolePoliciesRequest,
  ListRolePoliciesResponse,
  PutRolePolicyRequest,
} from '@aws-sdk/client-iam';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { checkName } from './identifiers.ts';
import { noSuchEntity, ownRoleNamed, roleNamed } from './lookup.ts';
import { itemsOf } from './paging.ts';
import { checkPermissionsPolicy, encodedDocument, sizeOf } from './policy-document.ts';

const LONGEST_NAME = 128;
/** Of all inline policies of a role together (IAM quotas, "IAM and STS character limits"). */
const LARGEST_TOTAL = 10_240;

/** Writes a new one, or over the one of that name. Throws MalformedPolicyDocument, LimitExceeded. */
export function putRolePolicy(world: World, input: PutRolePolicyRequest): void {
  const { RoleName = '', PolicyName = '', PolicyDocument = '' } = input;
  const role = ownRoleNamed(world, RoleName);
  checkName('policyName', PolicyName, LONGEST_NAME);
  checkPermissionsPolicy(PolicyDocument);
  const documents = [...new Map(role.inlinePolicies).set(PolicyName, PolicyDocument).values()];
  if (documents.reduce((total, document) => total + sizeOf(document), 0) > LARGEST_TOTAL) {
    throw new Refusal(
      'LimitExceededException',
      `Maximum policy size of ${LARGEST_TOTAL} bytes exceeded for role ${role.name}`,
    );
  }
  role.inlinePolicies.set(PolicyName, PolicyDocument);
}

export function getRolePolicy(
  world: World,
  { RoleName = '', PolicyName = '' }: GetRolePolicyRequest,
): GetRolePolicyResponse {
  const role = roleNamed(world, RoleName);
  const document = role.inlinePolicies.get(PolicyName);
  if (document === undefined) {
    throw noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`);
  }
  return { RoleName: role.name, PolicyName, PolicyDocument: encodedDocument(document) };
}

export function listRolePolicies(
  world: World,
  { RoleName = '', ...asked }: ListRolePoliciesRequest,
): ListRolePoliciesResponse {
  const { items, rest } = itemsOf([...roleNamed(world, RoleName).inlinePolicies.keys()], asked);
  return { PolicyNames: [...items], ...rest };
}

export function deleteRolePolicy(world: World, { RoleName = '', PolicyName = '' }: DeleteRolePolicyRequest): void {
  if (!ownRoleNamed(world, RoleName).inlinePolicies.delete(PolicyName)) {
    throw noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`);
  }
}
