import type { GetDNSSECRequest, GetDNSSECResponse } from '@aws-sdk/client-route-53';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { zoneOf } from './zone-lookup.ts';

/**
 * No zone is signed here. Terraform asks before it deletes a zone by force. Of a private zone AWS refuses to tell:
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetDNSSEC.html#API_GetDNSSEC_Errors
 */
export function getDnssec(world: World, { HostedZoneId }: GetDNSSECRequest): GetDNSSECResponse {
  if (zoneOf(world, HostedZoneId).isPrivate) {
    throw new Refusal('InvalidArgument', 'DNSSEC is not supported for private hosted zones.');
  }
  return { Status: { ServeSignature: 'NOT_SIGNING' }, KeySigningKeys: [] };
}
