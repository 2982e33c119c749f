import {
  type Action,
  type AuthenticateOidcActionConfig,
  CreateListenerCommand,
  DescribeListenersCommand,
  ModifyListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { issueCertificate } from '../acm/issued-certificate.ts';
import { HOST, type Preview, startPreview } from '../data-plane/preview.ts';
import { NOT_FOUND_ACTION, refusalOf } from './shared-load-balancer.ts';

const OIDC: AuthenticateOidcActionConfig = {
  Issuer: 'https://idp.example/',
  AuthorizationEndpoint: 'https://idp.example/authorize?tenant=1',
  TokenEndpoint: 'https://idp.example/token',
  UserInfoEndpoint: 'https://idp.example/userinfo',
  ClientId: 'a-client',
  ClientSecret: 'a-secret',
};

const COGNITO = {
  UserPoolArn: 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc',
  UserPoolClientId: 'a-client',
  UserPoolDomain: 'staff',
};

const oidc = (more: Partial<AuthenticateOidcActionConfig> = {}): Action[] => [
  { Type: 'authenticate-oidc', Order: 1, AuthenticateOidcConfig: { ...OIDC, ...more } },
  { ...NOT_FOUND_ACTION, Order: 2 },
];

const cognito: Action[] = [
  { Type: 'authenticate-cognito', Order: 1, AuthenticateCognitoConfig: COGNITO },
  { ...NOT_FOUND_ACTION, Order: 2 },
];

describe('a listener that authenticates users', () => {
  let preview: Preview;
  let certificate: string;

  beforeEach(async () => {
    preview = await startPreview();
    await preview.addAlias(HOST);
    certificate = await issueCertificate(preview, preview.zone, [HOST]);
  });

  async function listen(DefaultActions: Action[], protocol: 'HTTP' | 'HTTPS' = 'HTTPS') {
    const { Listeners } = await preview.elb.send(
      new CreateListenerCommand({
        LoadBalancerArn: preview.loadBalancerArn,
        Port: 443,
        Protocol: protocol,
        ...(protocol === 'HTTPS' && { Certificates: [{ CertificateArn: certificate }] }),
        DefaultActions,
      }),
    );
    return Listeners?.[0];
  }

  const open = async () => await preview.get({ listenerPort: 443, path: '/inbox' });

  it('is described with what AWS fills in, and without the client secret', async () => {
    const listener = await listen(oidc());
    const [authentication, ending] = listener?.DefaultActions ?? [];
    const { ClientSecret: _, ...shown } = OIDC;
    expect(authentication).toEqual({
      Type: 'authenticate-oidc',
      Order: 1,
      AuthenticateOidcConfig: {
        ...shown,
        OnUnauthenticatedRequest: 'authenticate',
        Scope: 'openid',
        SessionCookieName: 'AWSELBAuthSessionCookie',
        SessionTimeout: 604_800,
      },
    });
    expect(ending).toMatchObject({ Type: 'fixed-response', Order: 2 });
  });

  it('sends who is not signed in to the authorization endpoint, and back to itself', async () => {
    await listen(oidc({ AuthenticationRequestExtraParams: { prompt: 'login' } }));
    const { status, headers } = await open();
    const location = new URL(headers['location'] ?? '');
    expect([status, location.origin, location.pathname]).toEqual([302, 'https://idp.example', '/authorize']);
    expect(Object.fromEntries(location.searchParams)).toEqual({
      tenant: '1',
      client_id: 'a-client',
      redirect_uri: `https://${HOST}/oauth2/idpresponse`,
      response_type: 'code',
      scope: 'openid',
      state: expect.stringMatching(/.+/),
      prompt: 'login',
    });
  });

  it('sends them to the domain of a user pool', async () => {
    await listen(cognito);
    expect((await open()).headers['location']).toMatch(
      'https://staff.auth.eu-west-1.amazoncognito.com/oauth2/authorize?client_id=a-client&',
    );
  });

  it.each([
    { behaviour: 'deny' as const, status: 401 },
    { behaviour: 'allow' as const, status: 404 },
  ])('answers with $status when it is told to $behaviour', async ({ behaviour, status }) => {
    await listen(oidc({ OnUnauthenticatedRequest: behaviour }));
    expect((await open()).status).toBe(status);
  });

  it('keeps its secret when it is changed with UseExistingClientSecret', async () => {
    const listener = await listen(oidc());
    const { ClientSecret: _, ...rest } = OIDC;
    const changed = async (config: AuthenticateOidcActionConfig) => {
      const DefaultActions: Action[] = [
        { Type: 'authenticate-oidc', Order: 1, AuthenticateOidcConfig: config },
        { ...NOT_FOUND_ACTION, Order: 2 },
      ];
      const command = new ModifyListenerCommand({ ListenerArn: listener?.ListenerArn, DefaultActions });
      return await refusalOf(preview.elb.send(command));
    };
    expect(await changed({ ...rest, Scope: 'email' })).toBe('ValidationError');
    expect(await changed({ ...rest, Scope: 'email', UseExistingClientSecret: true })).toBeUndefined();
    const { Listeners } = await preview.elb.send(
      new DescribeListenersCommand({ ListenerArns: [listener?.ListenerArn ?? ''] }),
    );
    expect(Listeners?.[0]?.DefaultActions?.[0]?.AuthenticateOidcConfig?.Scope).toBe('email');
  });

  it.each([
    { reason: 'an endpoint over HTTP', actions: oidc({ TokenEndpoint: 'http://idp.example/token' }) },
    { reason: 'a session of more than seven days', actions: oidc({ SessionTimeout: 604_801 }) },
    { reason: 'nothing after the authentication', actions: oidc().slice(0, 1) },
    { reason: 'no order', actions: oidc().map((action) => ({ ...action, Order: undefined })) },
    { reason: 'the authentication last', actions: oidc().map((action, index) => ({ ...action, Order: 2 - index })) },
    {
      reason: 'two authentications',
      actions: [...oidc().slice(0, 1), ...cognito.map((one, at) => ({ ...one, Order: at + 2 }))],
    },
  ])('is refused with $reason', async ({ actions }) => {
    expect(await refusalOf(listen(actions))).toBe('ValidationError');
  });

  it('speaks HTTPS', async () => {
    expect(await refusalOf(listen(oidc(), 'HTTP'))).toBe('InvalidLoadBalancerActionException');
  });
});
