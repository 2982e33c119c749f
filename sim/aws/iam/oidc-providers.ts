import type {
  AddClientIDToOpenIDConnectProviderRequest,
  CreateOpenIDConnectProviderRequest,
  CreateOpenIDConnectProviderResponse,
  DeleteOpenIDConnectProviderRequest,
  GetOpenIDConnectProviderRequest,
  GetOpenIDConnectProviderResponse,
  ListOpenIDConnectProvidersResponse,
  RemoveClientIDFromOpenIDConnectProviderRequest,
  UpdateOpenIDConnectProviderThumbprintRequest,
} from '@aws-sdk/client-iam';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { iamArn, invalid } from './identifiers.ts';
import { oidcProviderOf } from './lookup.ts';
import type { OidcProvider } from './state.ts';
import { tagListOf, withTags } from './tag-rules.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html */
const MOST_THUMBPRINTS = 5;
const MOST_CLIENT_IDS = 100;
const THUMBPRINT_LENGTH = 40;

/** Without thumbprints IAM fetches one from the provider; nobody is asked here, and it is made up. */
export function createOidcProvider(
  world: World,
  input: CreateOpenIDConnectProviderRequest,
): CreateOpenIDConnectProviderResponse {
  const url = hostAndPath(input.Url ?? '');
  const arn = iamArn(world, 'oidc-provider/', url);
  const asked = input.ThumbprintList ?? [];
  const thumbprints = checkedThumbprints(asked.length > 0 ? asked : [world.uniqueHex(THUMBPRINT_LENGTH)]);
  const clientIds = checkedClientIds(new Set(input.ClientIDList));
  const tags = withTags({}, input.Tags);
  if (world.iam.oidcProviders.has(arn)) {
    throw new Refusal('EntityAlreadyExistsException', `Provider with url ${input.Url} already exists.`);
  }
  world.iam.oidcProviders.set(arn, { arn, url, createdAt: world.clock.now(), clientIds, thumbprints, tags });
  return { OpenIDConnectProviderArn: arn, Tags: tagListOf(tags) };
}

/** The address without its scheme, as it stands in ARNs and is returned. Throws ValidationError. */
function hostAndPath(url: string): string {
  const { protocol = '', host = '', pathname = '', search = '' } = URL.canParse(url) ? new URL(url) : {};
  if (protocol !== 'https:' || host.includes(':') || search !== '') {
    throw new Refusal('ValidationError', 'Invalid Open ID Connect Provider URL');
  }
  return `${host}${pathname === '/' ? '' : pathname}`;
}

export function getOidcProvider(
  world: World,
  { OpenIDConnectProviderArn = '' }: GetOpenIDConnectProviderRequest,
): GetOpenIDConnectProviderResponse {
  const provider = oidcProviderOf(world, OpenIDConnectProviderArn);
  return {
    Url: provider.url,
    ClientIDList: [...provider.clientIds],
    ThumbprintList: [...provider.thumbprints],
    CreateDate: provider.createdAt,
    Tags: tagListOf(provider.tags),
  };
}

export function listOidcProviders({ iam }: World): ListOpenIDConnectProvidersResponse {
  return { OpenIDConnectProviderList: [...iam.oidcProviders.keys()].map((Arn) => ({ Arn })) };
}

export function deleteOidcProvider(
  world: World,
  { OpenIDConnectProviderArn = '' }: DeleteOpenIDConnectProviderRequest,
): void {
  world.iam.oidcProviders.delete(oidcProviderOf(world, OpenIDConnectProviderArn).arn);
}

/** The list given takes the place of the whole list there was. */
export function updateThumbprints(world: World, input: UpdateOpenIDConnectProviderThumbprintRequest): void {
  const provider = oidcProviderOf(world, input.OpenIDConnectProviderArn ?? '');
  provider.thumbprints = checkedThumbprints(input.ThumbprintList ?? []);
}

/** One that is there already is no error. */
export function addClientId(world: World, input: AddClientIDToOpenIDConnectProviderRequest): void {
  const { clientIds } = oidcProviderOf(world, input.OpenIDConnectProviderArn ?? '');
  const { ClientID = '' } = input;
  checkedClientIds(new Set([...clientIds, ClientID]));
  clientIds.add(ClientID);
}

/** One that is not there is no error. */
export function removeClientId(world: World, input: RemoveClientIDFromOpenIDConnectProviderRequest): void {
  oidcProviderOf(world, input.OpenIDConnectProviderArn ?? '').clientIds.delete(input.ClientID ?? '');
}

function checkedThumbprints(thumbprints: readonly string[]): OidcProvider['thumbprints'] {
  if (thumbprints.length > MOST_THUMBPRINTS) {
    throw new Refusal('InvalidInputException', 'Thumbprint list must contain fewer than 5 entries.');
  }
  const wrong = thumbprints.find((thumbprint) => thumbprint.length !== THUMBPRINT_LENGTH);
  if (wrong !== undefined) {
    throw invalid(wrong, 'thumbprintList', `Member must have length ${THUMBPRINT_LENGTH}`);
  }
  return thumbprints;
}

function checkedClientIds(clientIds: Set<string>): Set<string> {
  if (clientIds.size > MOST_CLIENT_IDS) {
    throw new Refusal(
      'LimitExceededException',
      `Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: ${MOST_CLIENT_IDS}`,
    );
  }
  return clientIds;
}
