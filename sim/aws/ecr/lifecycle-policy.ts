import type {
  DeleteLifecyclePolicyRequest,
  DeleteLifecyclePolicyResponse,
  GetLifecyclePolicyRequest,
  GetLifecyclePolicyResponse,
  PutLifecyclePolicyRequest,
  PutLifecyclePolicyResponse,
} from '@aws-sdk/client-ecr';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { repositoryNamed } from './lookup.ts';
import type { Repository } from './state.ts';

/** Kept and given back; it expires nothing here. */
function putPolicy(world: World, input: PutLifecyclePolicyRequest): PutLifecyclePolicyResponse {
  const repository = repositoryNamed(world, input.repositoryName, input.registryId);
  repository.lifecyclePolicy = checked(input.lifecyclePolicyText ?? '');
  return { ...names(world, repository), lifecyclePolicyText: repository.lifecyclePolicy };
}

/** `rules` at the top, each with its priority once: https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html */
function checked(text: string): string {
  const problem = problemOf(text);
  if (problem !== undefined) {
    throw new Refusal(
      'InvalidParameterException',
      `Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: ${problem}'`,
    );
  }
  return text;
}

function problemOf(text: string): string | undefined {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    return 'the policy is no JSON';
  }
  const rules = (policy as { rules?: unknown } | null)?.rules;
  if (!Array.isArray(rules) || rules.length === 0) {
    return 'the policy has no rules';
  }
  const priorities = new Set(rules.map((rule: { rulePriority?: unknown } | null) => rule?.rulePriority));
  return priorities.size < rules.length ? 'rulePriority must be unique' : undefined;
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetLifecyclePolicy.html#API_GetLifecyclePolicy_Errors */
function policyOf(world: World, repository: Repository): string {
  if (repository.lifecyclePolicy === undefined) {
    throw new Refusal(
      'LifecyclePolicyNotFoundException',
      `Lifecycle policy does not exist for the repository with name '${repository.name}' in the registry with id '${world.accountId}'`,
    );
  }
  return repository.lifecyclePolicy;
}

function getPolicy(world: World, input: GetLifecyclePolicyRequest): GetLifecyclePolicyResponse {
  const repository = repositoryNamed(world, input.repositoryName, input.registryId);
  return { ...names(world, repository), lifecyclePolicyText: policyOf(world, repository) };
}

function deletePolicy(world: World, input: DeleteLifecyclePolicyRequest): DeleteLifecyclePolicyResponse {
  const repository = repositoryNamed(world, input.repositoryName, input.registryId);
  const lifecyclePolicyText = policyOf(world, repository);
  repository.lifecyclePolicy = undefined;
  return { ...names(world, repository), lifecyclePolicyText };
}

const names = (world: World, { name }: Repository) => ({ registryId: world.accountId, repositoryName: name });

export function lifecyclePolicyHandlers(world: World): Record<string, Handler> {
  return {
    PutLifecyclePolicy: (input: PutLifecyclePolicyRequest) => putPolicy(world, input),
    GetLifecyclePolicy: (input: GetLifecyclePolicyRequest) => getPolicy(world, input),
    DeleteLifecyclePolicy: (input: DeleteLifecyclePolicyRequest) => deletePolicy(world, input),
  };
}
