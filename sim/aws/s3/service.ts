import * as sdk from '@aws-sdk/client-s3';
import type { ServiceDefinition } from '../wire/service.ts';
import type { World } from '../world.ts';
import { bucketSettingHandlers } from './bucket-settings.ts';
import { bucketTagHandlers } from './bucket-tags.ts';
import { bucketHandlers } from './buckets.ts';
import { deleteObject, deleteObjects } from './delete-object.ts';
import { getObject, headObject } from './get-object.ts';
import { listObjects, listObjectsV2 } from './listing.ts';
import { listObjectVersions } from './listing-versions.ts';
import { objectTagHandlers } from './object-tags.ts';
import { copyObject, putObject } from './put-object.ts';

/** Buckets with their settings, and objects with their versions; nothing in parts. No setting does anything but versioning. */
export function s3Service(world: World): ServiceDefinition {
  return {
    signingName: 's3',
    protocol: 's3',
    sdk,
    missingMemberCode: 'MalformedXML',
    handlers: {
      ...bucketHandlers(world),
      ...bucketSettingHandlers(world),
      ...bucketTagHandlers(world),
      PutObject: (input) => putObject(world, input),
      CopyObject: (input) => copyObject(world, input),
      GetObject: (input) => getObject(world, input),
      HeadObject: (input) => headObject(world, input),
      DeleteObject: (input) => deleteObject(world, input),
      DeleteObjects: (input) => deleteObjects(world, input),
      ListObjects: (input) => listObjects(world, input),
      ListObjectsV2: (input) => listObjectsV2(world, input),
      ListObjectVersions: (input) => listObjectVersions(world, input),
      ...objectTagHandlers(world),
    },
  };
}
