import {
  IAMClient,
  ListOpenIDConnectProvidersCommand,
  ListPoliciesCommand,
  ListRolesCommand,
} from '@aws-sdk/client-iam';
import type { Endpoint, Listings } from './listing.ts';

export function accessListings(endpoint: Endpoint): Listings {
  const iam = new IAMClient(endpoint);
  return {
    // A service makes its own role at its first use, and the account keeps it.
    role: async () =>
      (await iam.send(new ListRolesCommand({}))).Roles?.filter(
        ({ Path }) => !Path?.startsWith('/aws-service-role/'),
      ).map(({ RoleName }) => RoleName),
    policy: async () => (await iam.send(new ListPoliciesCommand({ Scope: 'Local' }))).Policies?.map(({ Arn }) => Arn),
    'identity provider': async () =>
      (await iam.send(new ListOpenIDConnectProvidersCommand({}))).OpenIDConnectProviderList?.map(({ Arn }) => Arn),
  };
}
