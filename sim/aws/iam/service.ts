import * as iam from '@aws-sdk/client-iam';
import type { ServiceDefinition } from '../wire/service.ts';
import type { World } from '../world.ts';
import {
  attachRolePolicy,
  detachRolePolicy,
  listAttachedRolePolicies,
  listEntitiesForPolicy,
  listInstanceProfiles,
} from './attachments.ts';
import { deleteBoundary, putBoundary } from './boundary.ts';
import { deleteRolePolicy, getRolePolicy, listRolePolicies, putRolePolicy } from './inline-policies.ts';
import { oidcProviderOf, ownPolicyOf, policyOf, roleNamed } from './lookup.ts';
import {
  addClientId,
  createOidcProvider,
  deleteOidcProvider,
  getOidcProvider,
  listOidcProviders,
  removeClientId,
  updateThumbprints,
} from './oidc-providers.ts';
import { createPolicy, deletePolicy, getPolicy, listPolicies } from './policies.ts';
import {
  createPolicyVersion,
  deletePolicyVersion,
  getPolicyVersion,
  listPolicyVersions,
  setDefaultPolicyVersion,
} from './policy-versions.ts';
import { updateRole, updateRoleDescription, updateTrustPolicy } from './role-settings.ts';
import { createRole, deleteRole, getRole, listRoles } from './roles.ts';
import { createServiceLinkedRole, deleteServiceLinkedRole, getDeletionStatus } from './service-linked-roles.ts';
import { listTags, tag, untag } from './tagging.ts';

/** Roles, managed and inline policies, OIDC providers. Nothing here is enforced on anybody. */
export function iamService(world: World): ServiceDefinition {
  return {
    signingName: 'iam',
    protocol: 'query',
    sdk: iam,
    xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    missingMemberCode: 'ValidationError',
    handlers: {
      CreateRole: (input) => createRole(world, input),
      GetRole: (input) => getRole(world, input),
      ListRoles: (input) => listRoles(world, input),
      DeleteRole: (input) => deleteRole(world, input),
      UpdateRole: (input) => updateRole(world, input),
      UpdateRoleDescription: (input) => updateRoleDescription(world, input),
      UpdateAssumeRolePolicy: (input) => updateTrustPolicy(world, input),
      PutRolePermissionsBoundary: (input) => putBoundary(world, input),
      DeleteRolePermissionsBoundary: (input) => deleteBoundary(world, input),
      TagRole: (input: iam.TagRoleRequest) => tag(roleNamed(world, input.RoleName ?? ''), input),
      UntagRole: (input: iam.UntagRoleRequest) => untag(roleNamed(world, input.RoleName ?? ''), input),
      ListRoleTags: (input: iam.ListRoleTagsRequest) => listTags(roleNamed(world, input.RoleName ?? ''), input),
      ListInstanceProfilesForRole: (input) => listInstanceProfiles(world, input),
      PutRolePolicy: (input) => putRolePolicy(world, input),
      GetRolePolicy: (input) => getRolePolicy(world, input),
      ListRolePolicies: (input) => listRolePolicies(world, input),
      DeleteRolePolicy: (input) => deleteRolePolicy(world, input),
      AttachRolePolicy: (input) => attachRolePolicy(world, input),
      DetachRolePolicy: (input) => detachRolePolicy(world, input),
      ListAttachedRolePolicies: (input) => listAttachedRolePolicies(world, input),
      ListEntitiesForPolicy: (input) => listEntitiesForPolicy(world, input),
      CreatePolicy: (input) => createPolicy(world, input),
      GetPolicy: (input) => getPolicy(world, input),
      ListPolicies: (input) => listPolicies(world, input),
      DeletePolicy: (input) => deletePolicy(world, input),
      CreatePolicyVersion: (input) => createPolicyVersion(world, input),
      GetPolicyVersion: (input) => getPolicyVersion(world, input),
      ListPolicyVersions: (input) => listPolicyVersions(world, input),
      SetDefaultPolicyVersion: (input) => setDefaultPolicyVersion(world, input),
      DeletePolicyVersion: (input) => deletePolicyVersion(world, input),
      TagPolicy: (input: iam.TagPolicyRequest) => tag(ownPolicyOf(world, input.PolicyArn ?? ''), input),
      UntagPolicy: (input: iam.UntagPolicyRequest) => untag(ownPolicyOf(world, input.PolicyArn ?? ''), input),
      ListPolicyTags: (input: iam.ListPolicyTagsRequest) => listTags(policyOf(world, input.PolicyArn ?? ''), input),
      CreateOpenIDConnectProvider: (input) => createOidcProvider(world, input),
      GetOpenIDConnectProvider: (input) => getOidcProvider(world, input),
      ListOpenIDConnectProviders: () => listOidcProviders(world),
      DeleteOpenIDConnectProvider: (input) => deleteOidcProvider(world, input),
      UpdateOpenIDConnectProviderThumbprint: (input) => updateThumbprints(world, input),
      AddClientIDToOpenIDConnectProvider: (input) => addClientId(world, input),
      RemoveClientIDFromOpenIDConnectProvider: (input) => removeClientId(world, input),
      TagOpenIDConnectProvider: (input: iam.TagOpenIDConnectProviderRequest) =>
        tag(oidcProviderOf(world, input.OpenIDConnectProviderArn ?? ''), input),
      UntagOpenIDConnectProvider: (input: iam.UntagOpenIDConnectProviderRequest) =>
        untag(oidcProviderOf(world, input.OpenIDConnectProviderArn ?? ''), input),
      ListOpenIDConnectProviderTags: (input: iam.ListOpenIDConnectProviderTagsRequest) =>
        listTags(oidcProviderOf(world, input.OpenIDConnectProviderArn ?? ''), input),
      CreateServiceLinkedRole: (input) => createServiceLinkedRole(world, input),
      DeleteServiceLinkedRole: (input) => deleteServiceLinkedRole(world, input),
      GetServiceLinkedRoleDeletionStatus: (input) => getDeletionStatus(world, input),
    },
  };
}
