import * as sts from '@aws-sdk/client-sts';
import type { ServiceDefinition } from '../wire/service.ts';
import type { World } from '../world.ts';

const USER_ID = 'AIDALOCALCLOUDLOCAL00';

/** STS as far as it says whose account this is. */
export function stsService(world: World): ServiceDefinition {
  return {
    signingName: 'sts',
    protocol: 'query',
    sdk: sts,
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    handlers: {
      GetCallerIdentity: (): sts.GetCallerIdentityResponse => ({
        UserId: USER_ID,
        Account: world.accountId,
        Arn: `arn:aws:iam::${world.accountId}:user/local-cloud`,
      }),
    },
  };
}
