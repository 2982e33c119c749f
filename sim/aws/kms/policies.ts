import type {
  GetKeyPolicyRequest,
  GetKeyPolicyResponse,
  ListKeyPoliciesRequest,
  ListKeyPoliciesResponse,
  PutKeyPolicyRequest,
} from '@aws-sdk/client-kms';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { checkKeyPolicy } from './key-policy.ts';
import { keyNamed, ownKeyNamed } from './lookup.ts';
import { pageIn } from './paging.ts';
import { notFound } from './refusals.ts';

/** "The only valid name is default" (GetKeyPolicy, API reference). */
const POLICY_NAME = 'default';

function getKeyPolicy(world: World, { KeyId, PolicyName = POLICY_NAME }: GetKeyPolicyRequest): GetKeyPolicyResponse {
  const { policy } = keyNamed(world, KeyId);
  checkName(PolicyName);
  return { Policy: policy, PolicyName };
}

/** Also of a key that is disabled or pending deletion. */
function putKeyPolicy(world: World, input: PutKeyPolicyRequest): void {
  const { KeyId, PolicyName = POLICY_NAME, Policy = '', BypassPolicyLockoutSafetyCheck } = input;
  const key = ownKeyNamed(world, KeyId);
  checkName(PolicyName);
  checkKeyPolicy(world, Policy, { mayLockOut: BypassPolicyLockoutSafetyCheck ?? false });
  key.policy = Policy;
}

function listKeyPolicies(world: World, { KeyId, ...asked }: ListKeyPoliciesRequest): ListKeyPoliciesResponse {
  keyNamed(world, KeyId);
  const { items, rest } = pageIn([POLICY_NAME], asked, { standard: 100, most: 1000 });
  return { PolicyNames: [...items], ...rest };
}

function checkName(name: string): void {
  if (name !== POLICY_NAME) {
    throw notFound(`There is no key policy ${name}: the only one is ${POLICY_NAME}.`);
  }
}

export function policyHandlers(world: World): Record<string, Handler> {
  return {
    GetKeyPolicy: (input: GetKeyPolicyRequest) => getKeyPolicy(world, input),
    PutKeyPolicy: (input: PutKeyPolicyRequest) => putKeyPolicy(world, input),
    ListKeyPolicies: (input: ListKeyPoliciesRequest) => listKeyPolicies(world, input),
  };
}
