import type {
  CreatePolicyVersionRequest,
  CreatePolicyVersionResponse,
  DeletePolicyVersionRequest,
  GetPolicyVersionRequest,
  GetPolicyVersionResponse,
  ListPolicyVersionsRequest,
  ListPolicyVersionsResponse,
  PolicyVersion as PolicyVersionShape,
  SetDefaultPolicyVersionRequest,
} from '@aws-sdk/client-iam';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { noSuchEntity, ownPolicyOf, policyOf } from './lookup.ts';
import { itemsOf } from './paging.ts';
import { checkPermissionsPolicy, encodedDocument, sizeOf } from './policy-document.ts';
import type { Policy, PolicyVersion } from './state.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MOST_VERSIONS = 5;
const LARGEST_POLICY = 6144;

/** Throws LimitExceeded with five versions there. */
export function createPolicyVersion(world: World, input: CreatePolicyVersionRequest): CreatePolicyVersionResponse {
  const { PolicyArn = '', PolicyDocument, SetAsDefault = false } = input;
  const policy = ownPolicyOf(world, PolicyArn);
  const document = checkedManagedPolicy(PolicyDocument);
  if (policy.versions.size >= MOST_VERSIONS) {
    throw new Refusal(
      'LimitExceededException',
      `A managed policy can have up to ${MOST_VERSIONS} versions. Before you create a new version, you must delete an existing version.`,
    );
  }
  const version = addVersion(policy, document, world.clock.now());
  if (SetAsDefault) {
    policy.defaultVersionId = version.id;
  }
  return { PolicyVersion: versionShape(policy, version) };
}

export function addVersion(policy: Policy, document: string, createdAt: Date): PolicyVersion {
  policy.versionsMade += 1;
  const version: PolicyVersion = { id: `v${policy.versionsMade}`, document, createdAt };
  policy.versions.set(version.id, version);
  policy.updatedAt = createdAt;
  return version;
}

/** Throws MalformedPolicyDocument, LimitExceeded. */
export function checkedManagedPolicy(document = ''): string {
  checkPermissionsPolicy(document);
  if (sizeOf(document) > LARGEST_POLICY) {
    throw new Refusal('LimitExceededException', `Cannot exceed quota for PolicySize: ${LARGEST_POLICY}`);
  }
  return document;
}

export function getPolicyVersion(
  world: World,
  { PolicyArn = '', VersionId = '' }: GetPolicyVersionRequest,
): GetPolicyVersionResponse {
  const policy = policyOf(world, PolicyArn);
  const version = versionOf(policy, VersionId);
  return { PolicyVersion: { ...versionShape(policy, version), Document: encodedDocument(version.document) } };
}

/** The newest first, without documents. */
export function listPolicyVersions(
  world: World,
  { PolicyArn = '', ...asked }: ListPolicyVersionsRequest,
): ListPolicyVersionsResponse {
  const policy = policyOf(world, PolicyArn);
  const { items, rest } = itemsOf([...policy.versions.values()].toReversed(), asked);
  return { Versions: items.map((version) => versionShape(policy, version)), ...rest };
}

export function setDefaultPolicyVersion(
  world: World,
  { PolicyArn = '', VersionId = '' }: SetDefaultPolicyVersionRequest,
): void {
  const policy = ownPolicyOf(world, PolicyArn);
  policy.defaultVersionId = versionOf(policy, VersionId).id;
  policy.updatedAt = world.clock.now();
}

/** Throws DeleteConflict for the default version. */
export function deletePolicyVersion(
  world: World,
  { PolicyArn = '', VersionId = '' }: DeletePolicyVersionRequest,
): void {
  const policy = ownPolicyOf(world, PolicyArn);
  const { id } = versionOf(policy, VersionId);
  if (id === policy.defaultVersionId) {
    throw new Refusal('DeleteConflictException', 'Cannot delete the default version of a policy.');
  }
  policy.versions.delete(id);
}

function versionOf(policy: Policy, id: string): PolicyVersion {
  const version = policy.versions.get(id);
  if (!version) {
    throw noSuchEntity(`Policy ${policy.arn} version ${id} does not exist or is not attachable.`);
  }
  return version;
}

function versionShape(policy: Policy, { id, createdAt }: PolicyVersion): PolicyVersionShape {
  return { VersionId: id, IsDefaultVersion: id === policy.defaultVersionId, CreateDate: createdAt };
}
