import type {
  Action,
  AuthenticateCognitoActionConfig,
  AuthenticateOidcActionConfig,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { World } from '../world.ts';
import { hostNameOf } from './condition-match.ts';
import type { DataPlaneRequest, DataPlaneResponse } from './exchange.ts';
import { standardPage } from './standard-pages.ts';

/**
 * What a rule that authenticates users answers before its last action; undefined lets the request pass. No identity
 * provider is asked here, so nobody ever has a session: every request is an unauthenticated one.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html#authentication-flow
 */
export function authenticate(
  world: World,
  actions: readonly Action[],
  request: DataPlaneRequest,
): DataPlaneResponse | undefined {
  const provider = actions.map((action) => providerOf(world, action)).find((found) => found !== undefined);
  if (!provider || provider.behaviour === 'allow') {
    return undefined;
  }
  return provider.behaviour === 'deny'
    ? standardPage(401)
    : standardPage(302, { location: authorizationUrl(world, provider, request) });
}

interface Provider {
  readonly behaviour: string;
  readonly endpoint: string;
  readonly clientId: string;
  readonly scope: string;
  readonly extra: Readonly<Record<string, string>>;
}

function providerOf(world: World, action: Action): Provider | undefined {
  const { AuthenticateOidcConfig: oidc, AuthenticateCognitoConfig: cognito } = action;
  if (oidc) {
    const { AuthorizationEndpoint: endpoint = '', ClientId: clientId = '' } = oidc;
    return { endpoint, clientId, ...sessionOf(oidc) };
  }
  if (cognito) {
    const { UserPoolDomain = '', UserPoolClientId: clientId = '' } = cognito;
    return { endpoint: cognitoEndpoint(world, UserPoolDomain), clientId, ...sessionOf(cognito) };
  }
  return undefined;
}

function sessionOf({
  OnUnauthenticatedRequest: behaviour = 'authenticate',
  Scope: scope = 'openid',
  AuthenticationRequestExtraParams: extra = {},
}: AuthenticateOidcActionConfig | AuthenticateCognitoActionConfig): Pick<Provider, 'behaviour' | 'scope' | 'extra'> {
  return { behaviour, scope, extra };
}

/** The domain of a user pool is a prefix of Cognito's own or a whole name. */
function cognitoEndpoint({ region }: World, domain: string): string {
  const host = domain.includes('.') ? domain : `${domain}.auth.${region}.amazoncognito.com`;
  return `https://${host}/oauth2/authorize`;
}

function authorizationUrl(
  world: World,
  { endpoint, clientId, scope, extra }: Provider,
  { host }: DataPlaneRequest,
): string {
  const url = new URL(endpoint);
  const parameters = {
    client_id: clientId,
    redirect_uri: `https://${hostNameOf(host)}/oauth2/idpresponse`,
    response_type: 'code',
    scope,
    state: world.uniqueHex(32),
    ...extra,
  };
  for (const [name, value] of Object.entries(parameters)) {
    url.searchParams.set(name, value);
  }
  return url.href;
}
