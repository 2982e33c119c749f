import * as sdk from '@aws-sdk/client-route-53';
import type { ServiceDefinition } from '../wire/service.ts';
import type { World } from '../world.ts';
import { changeResourceRecordSets } from './change-batch.ts';
import { getChange } from './changes.ts';
import { getDnssec } from './dnssec.ts';
import {
  createHostedZone,
  deleteHostedZone,
  getHostedZone,
  listHostedZones,
  listHostedZonesByName,
  updateHostedZoneComment,
} from './hosted-zones.ts';
import { listResourceRecordSets } from './records.ts';
import { changeTagsForResource, listTagsForResource, listTagsForResources } from './tags.ts';

export function route53Service(world: World): ServiceDefinition {
  return {
    signingName: 'route53',
    protocol: 'rest-xml',
    sdk,
    handlers: {
      CreateHostedZone: (input) => createHostedZone(world, input),
      GetHostedZone: (input) => getHostedZone(world, input),
      DeleteHostedZone: (input) => deleteHostedZone(world, input),
      UpdateHostedZoneComment: (input) => updateHostedZoneComment(world, input),
      GetDNSSEC: (input) => getDnssec(world, input),
      ListHostedZones: (input) => listHostedZones(world, input),
      ListHostedZonesByName: (input) => listHostedZonesByName(world, input),
      ChangeResourceRecordSets: (input) => changeResourceRecordSets(world, input),
      ListResourceRecordSets: (input) => listResourceRecordSets(world, input),
      GetChange: (input) => getChange(world, input),
      ChangeTagsForResource: (input) => changeTagsForResource(world, input),
      ListTagsForResource: (input) => listTagsForResource(world, input),
      ListTagsForResources: (input) => listTagsForResources(world, input),
    },
  };
}
