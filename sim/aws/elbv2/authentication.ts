import type {
  Action,
  AuthenticateCognitoActionConfig,
  AuthenticateOidcActionConfig,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { checkRange, validationError } from './validation-error.ts';

/*
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateOidcActionConfig.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateCognitoActionConfig.html
 */

const SEVEN_DAYS_SECONDS = 604_800;
const MOST_PARAMETERS = 10;
const USER_POOL = /^arn:aws[a-z-]*:cognito-idp:[a-z0-9-]+:\d{12}:userpool\/[\w-]+$/;

const DEFAULTS = {
  OnUnauthenticatedRequest: 'authenticate',
  Scope: 'openid',
  SessionCookieName: 'AWSELBAuthSessionCookie',
  SessionTimeout: SEVEN_DAYS_SECONDS,
} as const;

export const isAuthentication = ({ Type }: Action): boolean =>
  Type === 'authenticate-cognito' || Type === 'authenticate-oidc';

/**
 * The action with AWS's defaults written out. `before` are the actions it replaces: UseExistingClientSecret takes the
 * secret from there. Whether a user pool and its client are there is not looked up, for the local cloud has no Cognito.
 */
export function readAuthentication(action: Action, before: readonly Action[]): Action {
  const { Type, AuthenticateCognitoConfig: cognito, AuthenticateOidcConfig: oidc } = action;
  if (Type === 'authenticate-cognito') {
    return { Type, AuthenticateCognitoConfig: readCognito(cognito) };
  }
  return { Type: 'authenticate-oidc', AuthenticateOidcConfig: readOidc(oidc, before) };
}

function readCognito(config: AuthenticateCognitoActionConfig | undefined): AuthenticateCognitoActionConfig {
  if (!config) {
    throw validationError('An authenticate-cognito action must have an AuthenticateCognitoConfig');
  }
  if (!USER_POOL.test(config.UserPoolArn ?? '')) {
    throw validationError(`The user pool ARN '${config.UserPoolArn ?? ''}' is not valid`);
  }
  checkSession(config);
  return { ...DEFAULTS, ...config };
}

function readOidc(
  config: AuthenticateOidcActionConfig | undefined,
  before: readonly Action[],
): AuthenticateOidcActionConfig {
  if (!config) {
    throw validationError('An authenticate-oidc action must have an AuthenticateOidcConfig');
  }
  for (const name of ['Issuer', 'AuthorizationEndpoint', 'TokenEndpoint', 'UserInfoEndpoint'] as const) {
    checkUrl(name, config[name]);
  }
  checkSession(config);
  const { UseExistingClientSecret: useExisting = false, ...kept } = config;
  const held = before.find(({ Type }) => Type === 'authenticate-oidc')?.AuthenticateOidcConfig?.ClientSecret;
  const secret = config.ClientSecret ?? (useExisting ? held : undefined);
  if (secret === undefined) {
    throw validationError('A client secret must be specified for an authenticate-oidc action');
  }
  return { ...DEFAULTS, ...kept, ClientSecret: secret };
}

/** "A full URL, including the HTTPS protocol, the domain, and the path." */
function checkUrl(name: string, text = ''): void {
  if (!URL.canParse(text) || new URL(text).protocol !== 'https:') {
    throw validationError(`${name} '${text}' must be a full URL with the HTTPS protocol`);
  }
}

function checkSession({
  SessionTimeout,
  OnUnauthenticatedRequest: behaviour = 'authenticate',
  AuthenticationRequestExtraParams = {},
}: AuthenticateCognitoActionConfig | AuthenticateOidcActionConfig): void {
  checkRange('SessionTimeout', SessionTimeout, [1, SEVEN_DAYS_SECONDS]);
  if (!['deny', 'allow', 'authenticate'].includes(behaviour)) {
    throw validationError(`OnUnauthenticatedRequest '${behaviour}' must be one of 'deny, allow, authenticate'`);
  }
  if (Object.keys(AuthenticationRequestExtraParams).length > MOST_PARAMETERS) {
    throw validationError(`At most ${MOST_PARAMETERS} extra parameters may be given`);
  }
}

/** Actions as the service shows them: it never gives a client secret away. */
export function withoutSecrets(actions: readonly Action[]): Action[] {
  return actions.map((action) => {
    if (!action.AuthenticateOidcConfig) {
      return action;
    }
    const { ClientSecret: _, ...shown } = action.AuthenticateOidcConfig;
    return { ...action, AuthenticateOidcConfig: shown };
  });
}
