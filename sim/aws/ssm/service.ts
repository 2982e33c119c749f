import * as sdk from '@aws-sdk/client-ssm';
import type { ServiceDefinition } from '../wire/service.ts';
import type { World } from '../world.ts';
import { gettingHandlers } from './getting.ts';
import { parameterHandlers } from './parameters.ts';
import { puttingHandlers } from './putting.ts';
import { tagHandlers } from './tags.ts';

/** The Parameter Store of Systems Manager. */
export function ssmService(world: World): ServiceDefinition {
  return {
    signingName: 'ssm',
    protocol: 'json',
    targetPrefix: 'AmazonSSM',
    sdk,
    handlers: {
      ...puttingHandlers(world),
      ...gettingHandlers(world),
      ...parameterHandlers(world),
      ...tagHandlers(world),
    },
  };
}
