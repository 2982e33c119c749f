import * as sdk from '@aws-sdk/client-resource-groups-tagging-api';
import type { ServiceDefinition } from '../wire/service.ts';
import type { World } from '../world.ts';
import { tagResources, untagResources } from './changes.ts';
import { getResources, getTagKeys, getTagValues } from './resources.ts';

export function taggingService(world: World): ServiceDefinition {
  return {
    signingName: 'tagging',
    protocol: 'json',
    targetPrefix: 'ResourceGroupsTaggingAPI_20170126',
    sdk,
    handlers: {
      GetResources: (input) => getResources(world, input),
      GetTagKeys: (input) => getTagKeys(world, input),
      GetTagValues: (input) => getTagValues(world, input),
      TagResources: async (input) => await tagResources(world, input),
      UntagResources: async (input) => await untagResources(world, input),
    },
  };
}
