import * as sdk from '@aws-sdk/client-ecr';
import type { ServiceDefinition } from '../wire/service.ts';
import type { World } from '../world.ts';
import { imageHandlers } from './images.ts';
import { lifecyclePolicyHandlers } from './lifecycle-policy.ts';
import { pushingHandlers } from './pushing.ts';
import { repositoryHandlers } from './repositories.ts';
import { settingHandlers } from './repository-settings.ts';
import { tagHandlers } from './tags.ts';

/** Elastic Container Registry: repositories and what can be known of the images in them. */
export function ecrService(world: World): ServiceDefinition {
  return {
    signingName: 'ecr',
    protocol: 'json',
    targetPrefix: 'AmazonEC2ContainerRegistry_V20150921',
    sdk,
    handlers: {
      ...repositoryHandlers(world),
      ...pushingHandlers(world),
      ...imageHandlers(world),
      ...settingHandlers(world),
      ...lifecyclePolicyHandlers(world),
      ...tagHandlers(world),
    },
  };
}
