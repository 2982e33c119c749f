import * as sdk from '@aws-sdk/client-elasticache';
import type { ServiceDefinition } from '../wire/service.ts';
import type { World } from '../world.ts';
import { parameterGroupHandlers } from './parameter-groups.ts';
import { replicationGroupHandlers } from './replication-groups.ts';
import { serverlessCacheHandlers } from './serverless-caches.ts';
import { subnetGroupHandlers } from './subnet-groups.ts';
import { tagHandlers } from './tagging.ts';

/** Replication groups and serverless caches of Redis OSS and Valkey, their groups and tags. */
export function elastiCacheService(world: World): ServiceDefinition {
  return {
    signingName: 'elasticache',
    protocol: 'query',
    sdk,
    xmlNamespace: 'http://elasticache.amazonaws.com/doc/2015-02-02/',
    handlers: {
      ...replicationGroupHandlers(world),
      ...serverlessCacheHandlers(world),
      ...subnetGroupHandlers(world),
      ...parameterGroupHandlers(world),
      ...tagHandlers(world),
    },
  };
}
