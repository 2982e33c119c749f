import * as sdk from '@aws-sdk/client-kms';
import type { ServiceDefinition } from '../wire/service.ts';
import type { World } from '../world.ts';
import { aliasHandlers } from './aliases.ts';
import { keyStateHandlers } from './key-states.ts';
import { keyHandlers } from './keys.ts';
import { policyHandlers } from './policies.ts';
import { rotationHandlers } from './rotation.ts';
import { tagHandlers } from './tags.ts';

/** Keys and what belongs to them. There is no key material, so that nothing can be encrypted or signed with one. */
export function kmsService(world: World): ServiceDefinition {
  return {
    signingName: 'kms',
    protocol: 'json',
    targetPrefix: 'TrentService',
    sdk,
    handlers: {
      ...keyHandlers(world),
      ...keyStateHandlers(world),
      ...policyHandlers(world),
      ...rotationHandlers(world),
      ...aliasHandlers(world),
      ...tagHandlers(world),
    },
  };
}
