import type {
  ChangeTagsForResourceRequest,
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  ListTagsForResourcesRequest,
  ListTagsForResourcesResponse,
  ResourceTagSet,
} from '@aws-sdk/client-route-53';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import type { HostedZone } from './state.ts';
import { zoneOf } from './zone-lookup.ts';

const MOST_ZONES = 10;

function taggedZone(world: World, type: string | undefined, id: string | undefined): HostedZone {
  if (type !== 'hostedzone') {
    throw new Refusal('InvalidInput', `The local cloud has no taggable resource of type '${type ?? ''}'`);
  }
  return zoneOf(world, id);
}

/** Of Route 53's resources only zones carry tags; the tagging API shows them in us-east-1 alone. */
export function changeTagsForResource(world: World, input: ChangeTagsForResourceRequest): void {
  const zone = taggedZone(world, input.ResourceType, input.ResourceId);
  const tags = { ...zone.tags };
  for (const key of input.RemoveTagKeys ?? []) {
    delete tags[key];
  }
  for (const { Key = '', Value = '' } of input.AddTags ?? []) {
    tags[Key] = Value;
  }
  zone.tags = tags;
  if (world.region === 'us-east-1') {
    world.tagIndex.put(zoneArn(zone), tags);
  }
}

export const zoneArn = ({ id }: HostedZone): string => `arn:aws:route53:::hostedzone/${id}`;

export function listTagsForResource(
  world: World,
  { ResourceType, ResourceId }: ListTagsForResourceRequest,
): ListTagsForResourceResponse {
  return { ResourceTagSet: describe(taggedZone(world, ResourceType, ResourceId)) };
}

export function listTagsForResources(
  world: World,
  { ResourceType, ResourceIds = [] }: ListTagsForResourcesRequest,
): ListTagsForResourcesResponse {
  if (ResourceIds.length > MOST_ZONES) {
    throw new Refusal('InvalidInput', `At most ${MOST_ZONES} resources may be named`);
  }
  return { ResourceTagSets: ResourceIds.map((id) => describe(taggedZone(world, ResourceType, id))) };
}

function describe(zone: HostedZone): ResourceTagSet {
  return {
    ResourceType: 'hostedzone',
    ResourceId: zone.id,
    Tags: Object.entries(zone.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}
