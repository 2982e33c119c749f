import type {
  DeleteResourcePolicyRequest,
  DeleteResourcePolicyResponse,
  GetResourcePolicyRequest,
  GetResourcePolicyResponse,
  PutResourcePolicyRequest,
  PutResourcePolicyResponse,
} from '@aws-sdk/client-secrets-manager';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { livingSecret, secretOrRefuse } from './lookup.ts';

/** Kept and given back; it allows and denies nothing here. */
function putPolicy(world: World, input: PutResourcePolicyRequest): PutResourcePolicyResponse {
  const secret = livingSecret(world, input.SecretId);
  const policy = input.ResourcePolicy ?? '';
  if (!isJsonObject(policy)) {
    // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html#API_PutResourcePolicy_Errors
    throw new Refusal('MalformedPolicyDocumentException', 'This resource policy contains invalid Json.');
  }
  secret.policy = policy;
  return { ARN: secret.arn, Name: secret.name };
}

function isJsonObject(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false;
  }
}

/** Without a policy the answer has none: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetResourcePolicy.html */
function getPolicy(world: World, { SecretId }: GetResourcePolicyRequest): GetResourcePolicyResponse {
  const { arn, name, policy } = secretOrRefuse(world, SecretId);
  return { ARN: arn, Name: name, ...(policy !== undefined && { ResourcePolicy: policy }) };
}

function deletePolicy(world: World, { SecretId }: DeleteResourcePolicyRequest): DeleteResourcePolicyResponse {
  const secret = livingSecret(world, SecretId);
  secret.policy = undefined;
  return { ARN: secret.arn, Name: secret.name };
}

export function resourcePolicyHandlers(world: World): Record<string, Handler> {
  return {
    PutResourcePolicy: (input: PutResourcePolicyRequest) => putPolicy(world, input),
    GetResourcePolicy: (input: GetResourcePolicyRequest) => getPolicy(world, input),
    DeleteResourcePolicy: (input: DeleteResourcePolicyRequest) => deletePolicy(world, input),
  };
}
